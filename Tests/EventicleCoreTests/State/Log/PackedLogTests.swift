import TestSupport
import Testing

@testable import EventicleCore

@Suite struct PackedLogTests {
  private static let texts: [String] = [
    "", "e\u{301}", "é", "e1", "e2", "cause", "8B9D2434-E465-4150-AD9C-66B3AD3C2D6D",
    "8b9d2434-e465-4150-ad9c-66b3ad3c2d6d", "8b9d2434-e465-4150-ad9c-66b3ad3c2d6e",
    "8b9d2434-e465-4150-ad9c-66b3ad3c2d6g", "8b9d2434xe465-4150-ad9c-66b3ad3c2d6d",
    String(repeating: "漢", count: 12), "a name of more than fifteen bytes", "\u{0}\n\"",
  ]

  /// Events whose ids, causes, names and data are hard to store correctly.
  static func hostileEvent(_ random: inout SeededRandom) -> Event {
    let text = Gen<String>.one(of: [.element(of: texts), .text(in: 0...8)])
    let cause = text.optional(nilOneIn: 3).next(&random)
    let type = text.optional(nilOneIn: 2).next(&random)
    let size = Int.random(in: 0..<20, using: &random) == 0 ? 90_000 : 3
    return Event(
      id: EventID(text.next(&random)), type: EventType(text.next(&random)),
      source: text.next(&random), causedByID: cause.map { EventID($0) },
      causedByType: type.map { EventType($0) }, stream: StreamName(text.next(&random)),
      domainID: text.optional(nilOneIn: 3).next(&random).map { DomainID($0) },
      createdAt: Instant(milliseconds: Int64.random(in: .min ... .max, using: &random)),
      data: JSONBytes(["x": .string(String(repeating: "y", count: size))]),
      apmTrace: text.optional(nilOneIn: 2).next(&random))
  }

  static func isSame(_ left: Event?, _ right: Event) -> Bool {
    guard let left else { return false }
    return left == right && isSameText(left.source, right.source)
      && isSameText(left.id.text, right.id.text)
  }

  static func check(_ log: EventLog, _ expected: [Event]) {
    #expect(log.count == expected.count)
    for (offset, event) in expected.enumerated() {
      let position = Position(offset + 1)
      #expect(isSame(log.event(at: position), event))
      #expect(log.id(at: position) == event.id)
      #expect(log.type(at: position) == event.type)
      #expect(log.stream(at: position) == event.stream)
      #expect(log.domainID(at: position) == event.domainID)
      #expect(log.createdAt(at: position) == event.createdAt)
      #expect(log.data(at: position) == event.data)
      #expect(log.causeID(at: position) == event.causedByID)
      if let cause = log.causePosition(at: position) {
        #expect(cause < position && log.id(at: cause) == event.causedByID)
      }
      let last = expected.lastIndex { $0.id == event.id }.map { Position($0 + 1) }
      #expect(log.position(of: event.id) == last)
      let place = expected[...offset].count { $0.stream == event.stream }
      #expect(log.streamPosition(of: position) == StreamPosition(place))
      #expect(log.position(of: event.stream, at: StreamPosition(place)) == position)
    }
    var streams: [StreamName] = []
    for event in expected where !streams.contains(event.stream) { streams.append(event.stream) }
    #expect(log.streamNames == streams)
    for stream in streams {
      let own = expected.filter { $0.stream == stream }
      #expect(log.count(of: stream) == own.count)
      var found: [Event] = []
      log.forEach(in: stream) { event, position in
        #expect(log.event(at: position) == event)
        found.append(event)
      }
      #expect(found == own)
    }
    var all: [Event] = []
    log.forEach(from: Position(1), to: log.last) { all.append($0) }
    #expect(all == expected)
  }

  @Test(arguments: seeds(60))
  func `copies, prefixes and forks of a log equal plain lists`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    var logs: [(EventLog, [Event])] = [(EventLog(), [])]
    for _ in 0..<120 {
      let index = Int.random(in: 0..<logs.count, using: &random)
      switch Int.random(in: 0..<10, using: &random) {
      case 0: logs.append(logs[index])
      case 1:
        let count = Int.random(in: 0...logs[index].1.count, using: &random)
        logs.append((logs[index].0.prefix(count), Array(logs[index].1.prefix(count))))
      case 2:
        logs[index].0.removeLast()
        _ = logs[index].1.popLast()
      default:
        let event = Self.hostileEvent(&random)
        logs[index].0.append(event)
        logs[index].1.append(event)
      }
      if logs.count > 6 { logs.removeFirst() }
    }
    for (log, expected) in logs { Self.check(log, expected) }
  }

  @Test func `two threads append to copies of a log independently`() async {
    var log = EventLog()
    for number in 0..<100 { log.append(EventLogTests.event(number, in: "s")) }
    let shared = log
    let results = await withTaskGroup(of: (Int, EventLog).self) { group in
      for part in 1...2 {
        group.addTask {
          var own = shared
          for number in 0..<5_000 {
            own.append(EventLogTests.event(part * 10_000 + number, in: StreamName("s\(part)")))
          }
          return (part, own)
        }
      }
      var found: [(Int, EventLog)] = []
      for await result in group { found.append(result) }
      return found
    }
    for (part, own) in results {
      let wrong = (0..<5_000).filter { number in
        let event = EventLogTests.event(part * 10_000 + number, in: StreamName("s\(part)"))
        return own.event(at: Position(101 + number)) != event
          || own.position(of: event.id) != Position(101 + number)
      }
      #expect(wrong.isEmpty)
    }
    #expect(shared.count == 100 && shared.streamNames == ["s"])
  }

  @Test func `an event of the shop takes less than 160 bytes in the log`() {
    var log = EventLog()
    var ids = IDSource(seed: 1)
    let data = JSONBytes(["orderId": "order-96710", "carrier": "DPD", "tracking": "T902675884"])
    let count = 50_000
    for number in 0..<count {
      let (high, low) = ids.nextUUIDWords(at: .standardStart)
      log.append(
        Event(
          id: EventID(uuidHigh: high, low: low), type: "ShipmentDispatched", source: "shop",
          stream: "shipping", domainID: DomainID("ship-\(number)"), createdAt: .standardStart,
          data: data))
    }
    #expect(log.bytesHeld < 160 * count)
    #expect(log.bytesHeld > (56 + data.utf8.count) * count)
  }

  @Test func `repeated removals leave no memory behind`() {
    var log = EventLog()
    for number in 0..<1_000 { log.append(EventLogTests.event(number, in: "s")) }
    let before = log.bytesHeld
    for number in 0..<20_000 {
      log.append(EventLogTests.event(1_000 + number, in: StreamName("t\(number)")))
      log.removeLast()
    }
    #expect(log.bytesHeld < before * 2)
  }
}
