import EventicleCore

/// Replays, views, and pages.
enum Reading {
  static let all = [
    Bench("cold_replay", [1_000, 10_000, 50_000, 1_000_000], run: replay),
    Bench("view_live", [1_000, 10_000, 50_000, 1_000_000], run: live),
    Bench("view_catch_up", [1_000, 10_000, 50_000], run: catchUp),
    Bench("view_rebuild_cold", [1_000, 10_000, 50_000, 1_000_000], run: rebuild),
    Bench("page", [10_000, 100_000, 1_000_000], unit: "page of 50", run: page),
  ]

  /// A handler that reads one member of every event.
  @Sendable private static func replay(_ count: Int) throws -> Sample {
    let app = try Eventicle(source: "bench")
    try app.eventClient.emit((0..<count).map { Payments.event($0) }, to: "payments")
    var sum = 0
    var ends = 0
    var sample = try measure(count) {
      try app.eventClient.coldStream(
        "payments", { sum += $0.data["amount"].integer ?? 0 }, onDone: { ends += 1 })
    }
    try prove(sum, Payments.sum(count), "sum of the amounts")
    try prove(ends, 1, "ends of the replay")
    try prove(sample.check, count, "events of the replay")
    sample.more = [("floor_ms", Floors.fold(count) * 1_000)]
    return sample
  }

  /// Rows of a thousand customers: how many payments, and how much.
  static let view = EventView(
    "Customers", streams: ["payments"],
    on: [
      "PaymentCaptured": { event, transaction in
        let id = event.domainID?.text ?? ""
        let amount = event.data["amount"].integer ?? 0
        var content = transaction.record("Customers", id)?.content ?? ["count": 0, "sum": 0]
        content["count"] = .int((content["count"].integer ?? 0) + 1)
        content["sum"] = .int((content["sum"].integer ?? 0) + amount)
        try transaction.put("Customers", id, content)
      }
    ])

  static func rows(_ world: World) throws -> (count: Int, sum: Int) {
    let records = try world.records(of: "Customers")
    return records.reduce((0, 0)) {
      ($0.0 + ($1.content["count"].integer ?? 0), $0.1 + ($1.content["sum"].integer ?? 0))
    }
  }

  private static func proveRows(_ world: World, count: Int) throws {
    let found = try rows(world)
    try prove(found.count, count, "payments in the rows")
    try prove(found.sum, Payments.sum(count), "sum of the rows")
  }

  @Sendable private static func live(_ count: Int) throws -> Sample {
    var recorder = try Recorder(Domain("bench", views: [view]))
    let sample = measure(count) {
      for number in 0..<count { recorder.emit(Payments.event(number), to: "payments") }
      return recorder.world.log.count
    }
    try proveRows(recorder.world, count: count)
    try recorder.proveJournal(events: count)
    return sample
  }

  /// A view that has seen nothing takes all history.
  @Sendable private static func catchUp(_ count: Int) throws -> Sample {
    var recorder = try Recorder(Domain("bench", views: [view]))
    recorder.perform(.pause(view.group))
    recorder.perform(.emit((0..<count).map { Payments.event($0) }, to: "payments"))
    try prove(try rows(recorder.world).count, 0, "rows before")
    var sample = measure(count) {
      recorder.perform(.resume(view.group))
      recorder.settle()
      return recorder.timeline.count
    }
    try proveRows(recorder.world, count: count)
    sample.more = [("floor_ms", Floors.fold(count) * 1_000)]
    return sample
  }

  /// All rows folded anew beside the live ones, and compared with them.
  @Sendable private static func rebuild(_ count: Int) throws -> Sample {
    var recorder = try Recorder(Domain("bench", views: [view]))
    for number in 0..<count { recorder.emit(Payments.event(number), to: "payments") }
    try proveRows(recorder.world, count: count)
    let engine = recorder.engine
    var found: ViewComparison?
    var sample = try measure(count) {
      let comparison = try engine.rebuild("Customers")
      found = comparison
      return comparison.events
    }
    try prove(sample.check, count, "events folded")
    try prove(found?.equal, min(count, Payments.customers), "rows that came out the same")
    try prove(found?.failures.count, 0, "failures")
    sample.more = [("floor_ms", Floors.fold(count) * 1_000)]
    return sample
  }

  @Sendable private static func page(_ count: Int) throws -> Sample {
    var recorder = try Recorder(Domain("bench"))
    recorder.perform(.emit((0..<count).map { Payments.event($0) }, to: "payments"))
    let world = recorder.world
    var dice = Dice(3)
    let pages = 2_000
    let starts = (0..<pages).map { _ in dice.next(below: count - 50) + 1 }
    var bytes = 0
    var times: [Double] = []
    times.reserveCapacity(pages)
    let sample = measure(pages) {
      for start in starts {
        let before = Clock.now()
        for place in start..<(start + 50) {
          guard let event = world.log.event(at: Position(place)) else { continue }
          bytes += event.data.utf8.count + event.id.text.utf8.count
        }
        times.append(Clock.now() - before)
      }
      return bytes
    }
    let wanted = starts.reduce(0) { sum, start in
      sum + (start..<(start + 50)).reduce(0) { $0 + Payments.event($1 - 1).data.utf8.count + 36 }
    }
    try prove(bytes, wanted, "bytes on the pages")
    var result = sample
    result.more = Percentiles(times).figures
    return result
  }
}

/// Where times of single operations lie, in microseconds.
struct Percentiles {
  private let sorted: [Double]

  init(_ seconds: [Double]) { sorted = seconds.sorted() }

  func at(_ share: Double) -> Double {
    sorted.isEmpty ? 0 : sorted[min(Int(Double(sorted.count) * share), sorted.count - 1)] * 1e6
  }

  var figures: [(name: String, value: Double)] { [("p50_us", at(0.5)), ("p99_us", at(0.99))] }
}
