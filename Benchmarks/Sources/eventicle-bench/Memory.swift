import EventicleCore
import EventicleSamples
import EventicleWorkbench

/// Bytes that events take, and the way in from a file.
enum Memory {
  static let all = [
    Bench("memory_per_event", [10_000, 100_000, 1_000_000], runs: 3, run: memory),
    Bench("import", [1_000, 10_000, 100_000], run: take),
  ]

  /// Some padding, so that an event is 304 bytes of JSON with all its members.
  private static func line(_ number: Int) -> String {
    let order = number / 3
    return
      #"{"id":"0194\#(padded(number, 4))-7a3b-7c4d-8e5f-\#(padded(number, 12))","#
      + #""type":"OrderPriced","source":"shop","stream":"orders","#
      + #""domainId":"order-\#(padded(order, 7))","createdAt":\#(1_767_258_000_000 + number * 40),"#
      + #""data":{"customer":"customer-\#(padded(order % 5_000, 5))","total":\#(number % 997),"#
      + #""currency":"GBP","lines":[{"sku":"sku-\#(padded(number % 400, 4))","quantity":2}],"#
      + #""note":"leave with the porter, \#(padded(number &* 7_919 % 1_000_000, 6))."}}"#
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let text = String(number)
    if text.utf8.count >= width { return String(text.suffix(width)) }
    return String(repeating: "0", count: width - text.utf8.count) + text
  }

  /// The events of one stretch of lines.
  private static func events(_ range: Range<Int>) throws -> [Event] {
    var bytes: [UInt8] = []
    for number in range { bytes += Array(line(number).utf8) + [0x0A] }
    return try EventFile.read(bytes)
  }

  @Sendable private static func memory(_ count: Int) throws -> Sample {
    var recorder = try Recorder(Domain("bench"))
    // What reading needs anyway is held before anything is counted.
    _ = try events(0..<2_000).count
    let before = Clock.anonymousBytes()
    var jsonBytes = 0
    let sample = try measure(count) {
      for start in stride(from: 0, to: count, by: 1_000) {
        for event in try events(start..<min(start + 1_000, count)) {
          jsonBytes += event.json.count
          recorder.perform(.take(event, reaction: .viewsOnly))
        }
      }
      return recorder.world.log.count
    }
    let bytes = Clock.anonymousBytes() - before
    try recorder.proveJournal(events: count)
    let last = try events((count - 1)..<count).first
    try prove(recorder.world.log.event(at: Position(count)), last, "the last event")
    var result = sample
    result.more = [
      ("bytes_per_event", Double(bytes) / Double(count)),
      ("json_bytes", Double(jsonBytes) / Double(count)),
    ]
    return result
  }

  /// A file of the shop's orders, folded by all its views.
  @Sendable private static func take(_ count: Int) throws -> Sample {
    var bytes: [UInt8] = []
    for number in 0..<count {
      let order = number / 2 + 1
      let type = number % 2 == 1 ? "OrderPriced" : "OrderCreated"
      bytes += Array(
        (#"{"id":"e-\#(number)","type":"\#(type)","source":"shop","stream":"orders","#
          + #""domainId":"order-\#(order)","createdAt":\#(1_767_258_000_000 + number * 40),"#
          + #""data":{"customer":"c-1","total":59,"currency":"GBP"}}"# + "\n").utf8)
    }
    var session = try Session(.shop)
    let sample = try measure(count) { try session.importEvents(bytes) }
    try prove(sample.check, count, "events taken")
    try prove(session.head.log.count, count, "events in the log")
    let last = session.head.log.event(at: Position(count))?.id
    try prove(last, EventID("e-\(count - 1)"), "the last event")
    return sample
  }
}
