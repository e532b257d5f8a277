import CoreSupport
import TestSupport
import Testing

@testable import EventicleCore

/// Commands that are carried out at a moment, or again and again.
@Suite struct ScheduleTests {
  let book = HandlerLog()

  func domain() -> Domain {
    let book = book
    let say = Command("Say", stream: "said") { data, _ in
      if data["refuse"] == "plainly" { throw Rejection("not that") }
      if data["refuse"] == "by type" { throw NotThat() }
      if book.isFailing { throw Broken() }
      return CommandResult(events: [new("Said", of: nil, data)])
    }
    return Domain("test", commands: [say])
  }

  struct NotThat: RejectionError { let description = "not that" }

  struct Broken: Error, CustomStringConvertible { let description = "The line is cut." }

  func said(_ app: Eventicle, in stream: StreamName = "said") -> [String] {
    app.world.events(in: stream).map {
      "\($0.data.value["what"].string ?? "") \(($0.createdAt - .standardStart).brief)"
    }
  }

  static func say(_ what: String, in workspace: Workspace? = nil) -> CommandIntent {
    CommandIntent("Say", ["what": .string(what)], workspace: workspace)
  }

  @Test func `a command is carried out when its moment comes, once`() throws {
    let app = try Eventicle(domain())
    try app.schedule("one", Self.say("hello"), .once(.seconds(5)))
    try app.schedule("two", Self.say("noon"), .at(.standardStart + .seconds(3)))
    #expect(app.world.timers.count == 2)
    try app.advance(by: .seconds(20))
    #expect(said(app) == ["noon 3s", "hello 5s"])
    #expect(app.world.timers.count == 0)
    #expect(app.world.recordCount(of: StoredCommand.recordType) == 0)
  }

  @Test func `its entries lead from the event to who scheduled it`() throws {
    var bench = try RecordedEngine(domain())
    bench.perform(
      .schedule(ScheduledCommand("one", Self.say("hello"), .once(.seconds(5)))).by(.person))
    bench.pass(.seconds(5))
    let names = bench.entries.map { String("\($0.kind)".prefix { $0 != "(" }) }
    #expect(names == ["timerArmed", "timerFired", "command", "append"])
    #expect(bench.entries.map { $0.cause?.number } == [nil, 1, 2, 3])
    #expect(bench.entries.map(\.isByUser) == [true, false, false, false])
    let key = TimerKey(SagaKey("command", "Say"), "one")
    #expect(ScheduledCommand("one", Self.say("x"), .once(.seconds(1))).timer == key)
    #expect(bench.moments[1].world.command(of: key) == Self.say("hello"))
    #expect(bench.world.command(of: key) == nil)
  }

  @Test func `a recurring one goes by the clocks of its zone until it is called off`() throws {
    let app = try Eventicle(domain())
    let zone = try TimeZoneRule("Asia/Kolkata")
    try app.schedule("dawn", Self.say("dawn"), .cron(try CronExpression("30 6 * * *"), in: zone))
    try app.advance(by: .days(2))
    #expect(said(app) == ["dawn 16h", "dawn 1d16h"])
    try app.unschedule("dawn")
    try app.advance(by: .days(2))
    #expect(said(app).count == 2 && app.world.timers.count == 0)
    #expect(app.world.recordCount(of: StoredCommand.recordType) == 0)
  }

  static let made: [MissedFires: Int] = [.once: 1, .skip: 0, .all: 3]

  @Test(arguments: MissedFires.allCases)
  func `what nobody looked at is made up for as the policy says`(missed: MissedFires) throws {
    var bench = try RecordedEngine(domain())
    let hourly = TimerSchedule.cron(try CronExpression("0 * * * *"))
    bench.perform(.schedule(ScheduledCommand("h", Self.say("x"), hourly, missed: missed)))
    bench.perform(.moveClock(.standardStart + .minutes(210)))
    bench.pass(.milliseconds(0))
    #expect(bench.world.events(in: "said").count == Self.made[missed])
    bench.pass(.minutes(30))
    #expect(bench.world.events(in: "said").count == (Self.made[missed] ?? 0) + 1)
  }

  @Test func `the same name replaces it, command and all`() throws {
    let other = Command("Ask", stream: "said") { _, _ in CommandResult(events: [new("Asked")]) }
    let say = domain().commands
    let app = try Eventicle(Domain("test", commands: say + [other]))
    try app.schedule("n", Self.say("a"), .once(.seconds(5)))
    try app.schedule("n", Self.say("b"), .once(.seconds(9)))
    #expect(app.world.timers.count == 1)
    try app.schedule("n", CommandIntent("Ask"), .once(.seconds(2)))
    #expect(app.world.timers.count == 1)
    try app.advance(by: .seconds(10))
    #expect(app.world.events(in: "said").map(\.type) == ["Asked"])
  }

  @Test func `what cannot be scheduled or called off is said, with what there is`() throws {
    let app = try Eventicle(domain())
    func problem(_ body: () throws -> Void) -> String? {
      do {
        try body()
        return nil
      } catch { return "\(error)" }
    }
    #expect(
      problem { try app.schedule("n", CommandIntent("Sag"), .once(.seconds(1))) }
        == "There is no command Sag to schedule; there is Say.")
    #expect(
      problem { try app.schedule("", Self.say("x"), .once(.seconds(1))) }
        == "A scheduled command needs a name, such as nightly, by which it is called off, but this "
        + "Say has none.")
    #expect(
      problem { try app.schedule("n", Self.say("x"), .once(.seconds(-1))) }?
        .contains("a wait is 0s or longer") ?? false)
    try app.schedule("nightly", Self.say("x"), .once(.seconds(1)))
    #expect(
      problem { try app.unschedule("nihtly") }
        == "No command is scheduled as nihtly; there is nightly.")
    #expect(
      problem { try app.cancelTimer(TimerKey(SagaKey("command", "Say"), "nihtly")) }
        == "There is no timer command/Say/nihtly armed; there is command/Say/nightly.")
    #expect(app.world.timers.count == 1)
  }

  @Test func `one whose moment has passed is carried out at once`() throws {
    let app = try Eventicle(domain())
    try app.advance(by: .seconds(10))
    try app.schedule("n", Self.say("x"), .at(.standardStart))
    #expect(said(app) == ["x 10s"])
  }

  @Test func `a handler schedules after its step, and not when that fails`() throws {
    let app = try Eventicle(domain())
    book.app = app
    try app.eventClient.hotStream("in", group: "g") { [book] event in
      try #require(book.app).schedule(event.id.text, Self.say("x"), .once(.seconds(1)))
      if event.type == "Bad" { throw Rejection("bad") }
    }
    try app.eventClient.emit([new("Good", "e1"), new("Bad", "e2")], to: "in")
    #expect(app.world.commandNames(in: .system) == ["e1"])
  }

  @Test func `a command schedules another one as part of its step`() throws {
    let app = try Eventicle(domain())
    for fails in [false, true] {
      _ = try? app.dispatch(on: "s") { tx in
        try tx.schedule(ScheduledCommand("later", Self.say("x"), .once(.seconds(fails ? 1 : 9))))
        if fails { throw Rejection("no") }
        return CommandResult()
      }
    }
    #expect(app.world.timers.next?.due == .standardStart + .seconds(9))
    try app.dispatch(on: "s") { tx in
      let found = [try tx.unschedule("later"), try tx.unschedule("later")]
      #expect(found == [true, false])
      return CommandResult()
    }
    #expect(app.world.timers.count == 0)
  }

  @Test(arguments: ["plainly", "by type"])
  func `a command that a rule refuses is done with, and the journal says so`(how: String) throws {
    var bench = try RecordedEngine(domain())
    let refused = CommandIntent("Say", ["refuse": .string(how)])
    bench.perform(.schedule(ScheduledCommand("n", refused, .once(.seconds(1)))))
    bench.pass(.seconds(2))
    #expect(bench.world.parkedCount == 0)
    #expect(bench.entries.contains { $0.kind.problem == "not that" })
    #expect(bench.world.recordCount(of: StoredCommand.recordType) == 0)
  }

  @Test func `one that breaks is parked, and done again with its own data`() throws {
    let app = try Eventicle(domain())
    try app.schedule("n", Self.say("x"), .once(.seconds(1)))
    try app.schedule("m", Self.say("y"), .once(.seconds(2)))
    book.isFailing = true
    try app.advance(by: .seconds(3))
    #expect(app.world.parked.map(\.reason) == ["The line is cut.", "The line is cut."])
    #expect(throws: OperationError.self) { try app.eventClient.redrive(1) }
    book.isFailing = false
    try app.eventClient.redrive(1)
    try app.eventClient.dropParked(2)
    #expect(said(app) == ["x 3s"])
    #expect(app.world.parkedCount == 0)
    #expect(app.world.recordCount(of: StoredCommand.recordType) == 0)
  }

  @Test func `every tenant has names of its own`() throws {
    let app = try Eventicle(domain())
    let acme = Workspace("acme")
    try app.schedule("n", Self.say("ours"), .once(.seconds(1)))
    try app.schedule("n", Self.say("theirs", in: acme), .once(.seconds(2)))
    #expect(app.world.timers.count == 2)
    try app.advance(by: .seconds(5))
    #expect(said(app) == ["ours 1s"])
    #expect(said(app, in: acme.stream("said")) == ["theirs 2s"])
    try app.schedule("n", Self.say("theirs", in: acme), .once(.seconds(2)))
    #expect(throws: OperationError.self) { try app.unschedule("n") }
    try app.unschedule("n", in: acme)
    #expect(app.world.timers.count == 0)
  }

  @Test func `with an idempotency key every moment counts apart`() throws {
    let app = try Eventicle(domain())
    let intent = CommandIntent("Say", ["what": "x"], idempotencyKey: "k")
    try app.schedule("h", intent, .cron(try CronExpression("0 * * * *")))
    try app.advance(by: .hours(3))
    #expect(said(app).count == 3)
  }

  @Test func `it outlives a restart`() throws {
    var first = try Engine(domain())
    _ = first.perform(.schedule(ScheduledCommand("n", Self.say("x"), .once(.seconds(5)))))
    var second = try Engine(resuming: first.world, domain(), nextEntry: first.nextEntry)
    while let due = second.nextDue(upTo: .standardStart + .seconds(9)) { _ = second.perform(due) }
    #expect(second.world.events(in: "said").count == 1)
  }

  @Test(arguments: seeds(100))
  func `whatever is scheduled, moved and called off can be unmade`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    var bench = try RecordedEngine(domain(), seed: seed)
    for _ in 0..<30 {
      book.isFailing = Int.random(in: 0..<4, using: &random) == 0
      let name = ["a", "b", "c"].randomElement(using: &random) ?? "a"
      let wait = Interval.seconds(Int64.random(in: 0...50, using: &random))
      let workspace = Bool.random(using: &random) ? Workspace("acme") : nil
      let timer = bench.world.timers.next
      switch Int.random(in: 0..<6, using: &random) {
      case 0, 1:
        let cron = TimerSchedule.cron(try CronExpression("* * * * *"))
        bench.perform(
          .schedule(
            ScheduledCommand(
              name, Self.say("x", in: workspace),
              Bool.random(using: &random) ? cron : .once(wait))))
      case 2: if let timer { bench.perform(.moveTimer(timer.key, to: bench.world.clock + wait)) }
      case 3: if let timer { bench.perform(.cancelTimer(timer.key)) }
      case 4:
        if let parked = bench.world.parked.first {
          bench.perform(
            Bool.random(using: &random) ? .redrive(parked.number) : .dropParked(parked.number))
        }
      default: bench.pass(wait)
      }
    }
    var world = bench.world
    for moment in bench.moments.reversed() where moment.last.number > 0 {
      #expect(bench.fingerprint(world).difference(from: moment.fingerprint) == nil)
      for index in stride(from: moment.last.number, through: moment.first.number, by: -1) {
        world.revert(bench.timeline.entry(JournalIndex(index))?.changes ?? .none)
      }
    }
    #expect(bench.fingerprint(world).difference(from: bench.moments[0].fingerprint) == nil)
    // What is kept is armed, or parked: nothing is forgotten, and nothing is left behind.
    for workspace in [Workspace.system, Workspace("acme")] {
      for name in bench.world.commandNames(in: workspace) {
        let key = TimerKey(command: "Say", name: name, in: workspace)
        let isParked = bench.world.parked.contains {
          if case .timer(key, _) = $0.work { true } else { false }
        }
        #expect(bench.world.timers.timer(key) != nil || isParked)
      }
    }
  }
}
