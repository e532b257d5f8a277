import CoreSupport
import TestSupport
import Testing

@testable import EventicleCore
@testable import EventicleWorkbench

/// Waiting changes when things are done, and not in which order.
@Suite struct PauseOrderTests {
  let book = HandlerLog()

  /// Orders that are late after 5 s, unless they are paid before.
  func domain(_ options: ConsumerOptions = .standard) -> Domain {
    let book = book
    let saga = Saga("Late", streams: ["orders"])
      .keyed(by: "order") { $0.domainID.map { .string($0.text) } }
      .startOn("Placed") { step, _ in try step.upsertTimer("due", after: .seconds(5)) }
      .on("Paid") { step, event in
        if book.isFailing { throw Rejection("not yet") }
        book.note("paid \(event.key)")
        step.end()
      }
      .on("Asked") { _, event in book.note("asked \(event.key)") }
      .onTimer("due") { book.note("late \($0["order"].string ?? "")") }
      .taking(options)
    return Domain("test", sagas: [saga])
  }

  @Test(arguments: [false, true])
  func `a timer that fell due before an event comes first, paused or not`(isPaused: Bool) throws {
    let app = try Eventicle(domain())
    try app.eventClient.emit([new("Placed", of: "o-1")], to: "orders")
    if isPaused { try app.eventClient.pause("saga-Late") }
    try app.advance(by: .seconds(6))
    try app.eventClient.emit([new("Paid", of: "o-1")], to: "orders")
    try app.advance(by: .seconds(4))
    if isPaused { try app.eventClient.resume("saga-Late") }
    #expect(book.lines == ["late o-1", "paid o-1"])
  }

  @Test func `an event that happened before a timer fell due comes first`() throws {
    let app = try Eventicle(domain())
    try app.eventClient.emit([new("Placed", of: "o-1"), new("Placed", of: "o-2")], to: "orders")
    try app.eventClient.pause("saga-Late")
    try app.advance(by: .seconds(4))
    try app.eventClient.emit([new("Paid", of: "o-1"), new("Asked", of: "o-2")], to: "orders")
    try app.advance(by: .seconds(2))
    try app.eventClient.emit([new("Asked", of: "o-2")], to: "orders")
    try app.eventClient.resume("saga-Late")
    #expect(book.lines == ["paid o-1", "asked o-2", "late o-2", "asked o-2"])
  }

  @Test func `at one moment the timer comes first, as when the clock gets there`() throws {
    for isPaused in [false, true] {
      let app = try Eventicle(domain())
      try app.eventClient.emit([new("Placed", of: "o-1")], to: "orders")
      if isPaused { try app.eventClient.pause("saga-Late") }
      try app.advance(by: .seconds(5))
      try app.eventClient.emit([new("Paid", of: "o-1")], to: "orders")
      if isPaused { try app.eventClient.resume("saga-Late") }
    }
    #expect(book.lines == ["late o-1", "paid o-1", "late o-1", "paid o-1"])
  }

  @Test func `a group that a failure stopped goes on in due order too`() throws {
    let app = try Eventicle(domain(ConsumerOptions(policy: .stop)))
    try app.eventClient.emit([new("Placed", of: "o-1"), new("Placed", of: "o-2")], to: "orders")
    book.isFailing = true
    try app.eventClient.emit([new("Paid", of: "o-1")], to: "orders")
    try app.advance(by: .seconds(6))
    try app.eventClient.emit([new("Asked", of: "o-2")], to: "orders")
    book.isFailing = false
    try app.eventClient.resume("saga-Late")
    #expect(book.lines == ["paid o-1", "late o-2", "asked o-2"])
  }

  @Test func `a timer that fires late stands before what waits for a retry and happened later`()
    throws
  {
    let app = try Eventicle(
      domain(ConsumerOptions(policy: .retry(9, after: .seconds(30)))))
    try app.eventClient.emit([new("Placed", of: "o-1")], to: "orders")
    try app.eventClient.pause("saga-Late")
    try app.advance(by: .seconds(2))
    try app.eventClient.emit([new("Paid", of: "o-1")], to: "orders")
    try app.advance(by: .seconds(4))
    try app.eventClient.emit([new("Asked", of: "o-1")], to: "orders")
    book.isFailing = true
    try app.eventClient.resume("saga-Late")
    #expect(book.lines.isEmpty)
    let lane = try #require(app.world.group("saga-Late")?.lanes.first)
    let kinds = lane.work.map { if case .timer = $0 { "timer" } else { "event" } }
    #expect(kinds.prefix(2) == ["event", "timer"])
    book.isFailing = false
    try app.advance(by: .seconds(30))
    #expect(book.lines.first == "paid o-1")
  }

  @Test func `a session that resumes a group keeps due order`() throws {
    var session = try Session(domain())
    for line in [
      "emit orders Placed o-1", "group pause saga-Late", "clock +6s", "emit orders Paid o-1",
      "group resume saga-Late",
    ] {
      #expect(session.run(line).problem == nil, "\(line)")
    }
    #expect(book.lines == ["late o-1", "paid o-1"])
  }

  @Test func `of what catches up, a delivery is the next thing to be done, or a timer`() throws {
    var bench = try RecordedEngine(domain())
    bench.emit(new("Placed", of: "o-1"), to: "orders")
    bench.perform(.pause("saga-Late"))
    bench.pass(.seconds(6))
    bench.emit(new("Paid", of: "o-1"), to: "orders")
    #expect(!bench.engine.hasWork)
    bench.perform(.resume("saga-Late"))
    #expect(bench.engine.hasWork && bench.engine.nextDelivery == nil)
    bench.perform(.deliver)
    guard case .timerFired? = bench.entries.last?.kind else {
      Issue.record("not the timer: \(String(describing: bench.entries.last?.kind))")
      return
    }
    #expect(bench.engine.nextDelivery != nil)
  }
}

/// A saga that is paused at random beside one that never is.
@Suite struct PauseTwinTests {
  /// Something that happens at a moment, an odd number of seconds after the start.
  struct Happening {
    let second: Int64
    let event: NewEvent
  }

  /// Things whose instances arm timers for even seconds and are busy for a while.
  static func domain(_ log: HandlerLog) -> Domain {
    let saga = Saga("S", streams: ["st"])
      .keyed(by: "id") { $0.domainID.map { .string($0.text) } }
      .startOn("Start") { step, event in try act(step, event, log) }
      .on("Step") { step, event in try act(step, event, log) }
      .on("End") { step, event in
        try act(step, event, log)
        step.end(keepingData: true)
      }
      .onTimer("once") { log.note("\($0["id"].string ?? "") once") }
      .onTimer("cron") { log.note("\($0["id"].string ?? "") cron") }
    return Domain("test", sagas: [saga])
  }

  private static func act(_ step: SagaStep, _ event: Event, _ log: HandlerLog) throws {
    log.note("\(event.key) \(event.id)")
    let data = event.data.value
    if let at = data["at"].integer {
      try step.upsertTimer("once", at: .standardStart + .seconds(Int64(at)))
    }
    if data["cron"] == true { try step.upsertTimer("cron", cron: "* * * * *", missed: .all) }
    if data["calm"] == true { step.removeTimer("cron") }
    step.spend(.milliseconds(Int64(data["busy"].integer ?? 0)))
  }

  /// How many things begin before the first pause.
  static let unpaused = 3

  static func happenings(_ random: inout SeededRandom) -> [Happening] {
    var second: Int64 = 1
    return (0..<40).map { number in
      second += 2 * Int64.random(in: 0...12, using: &random)
      let types: [EventType] = ["Start", "Start", "Step", "Step", "Step", "End"]
      let type = number < unpaused ? "Start" : types.randomElement(using: &random) ?? "Step"
      var data: JSON = ["busy": .int([0, 0, 0, 100, 700].randomElement(using: &random) ?? 0)]
      if Bool.random(using: &random) {
        data["at"] = .int(Int(second + 1 + 2 * Int64.random(in: 0...20, using: &random)))
      }
      // What recurs counts from the step that arms it, so that is armed before anything waits.
      if number < unpaused { data["cron"] = .bool(Bool.random(using: &random)) }
      if type == "Step" { data["calm"] = .bool(Bool.random(using: &random)) }
      let ids = ["a", "b", "c"]
      let id = number < unpaused ? ids[number] : ids.randomElement(using: &random) ?? "a"
      return Happening(
        second: second, event: new(type, EventID("e\(number)"), of: DomainID(id), data))
    }
  }

  /// What the handlers of each thing did, in order.
  static func run(_ happenings: [Happening], pauses: [Bool]) throws -> [String: [String]] {
    let log = HandlerLog()
    let app = try Eventicle(domain(log))
    for (happening, isPaused) in zip(happenings, pauses) {
      let end = Instant.standardStart + .seconds(happening.second)
      try app.advance(by: end - app.world.clock)
      try app.eventClient.emit([happening.event], to: "st")
      if isPaused {
        try app.eventClient.pause("saga-S")
      } else {
        try app.eventClient.resume("saga-S")
      }
    }
    try app.eventClient.resume("saga-S")
    let end = Instant.standardStart + .minutes(60)
    try app.advance(by: end - app.world.clock)
    return Dictionary(grouping: log.lines) { String($0.prefix(1)) }
  }

  @Test(arguments: seeds(200))
  func `random pauses change nothing of what each thing goes through`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let happenings = Self.happenings(&random)
    let pauses = happenings.indices.map {
      $0 >= Self.unpaused && Bool.random(using: &random)
    }
    let twin = try Self.run(happenings, pauses: happenings.map { _ in false })
    let paused = try Self.run(happenings, pauses: pauses)
    #expect(paused == twin)
  }
}
