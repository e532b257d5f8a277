import CoreSupport
import EventicleCore
import Testing

@testable import EventicleCore

@Suite struct EndlessTests {
  @Test func `a handler that emits endlessly to its own stream is reported as a loop`() throws {
    let app = try Eventicle(source: "test")
    app.cascadeLimit = 50
    let client = app.eventClient
    try client.hotStream("ring", group: "echo") { _ in
      try client.emit([NewEvent("Again")], to: "ring")
    }
    let error = #expect(throws: OperationError.self) {
      try client.emit([NewEvent("First")], to: "ring")
    }
    #expect(error?.description.contains("50 deliveries followed from this") ?? false)
    #expect(app.world.log.count < 100)
  }

  @Test func `the clock does not move after a shutdown`() throws {
    let app = try Eventicle(source: "test")
    try app.shutdown()
    let before = app.world.clock
    #expect(throws: OperationError.self) { try app.advance(by: .days(1)) }
    #expect(app.world.clock == before)
  }

  @Test func `a state listener may perform inputs and wait for more`() throws {
    let order = AggregateRoot(
      "Order", stream: "orders", reducers: ["Paid": { state, _ in state["paid"] = true }])
    let pay = Command("Pay", stream: "orders", []) { _, transaction in
      var one = transaction.new(order)
      one.raise("Paid")
      return CommandResult(events: try transaction.persist(&one))
    }
    let app = try Eventicle(Domain("test", aggregates: [order], commands: [pay]))
    var heard: [String] = []
    app.watch(order, "order-1", timeout: .days(1), until: { $0?["paid"] == true }) { _ in
      heard.append("first")
      app.watch(order, "order-2", timeout: .days(1), until: { $0?["paid"] == true }) { _ in
        heard.append("second")
      }
      _ = try? app.dispatch("Pay")
    }
    try app.dispatch("Pay")
    #expect(heard == ["first", "second"])
  }

  @Test func `a handler may read the reports of groups`() throws {
    let app = try Eventicle(source: "test")
    let client = app.eventClient
    var seen: [Int] = []
    try client.hotStream("things", group: "asking") { _ in
      seen.append(client.groups.count)
      seen.append(try client.coldStream("things") { _ in })
    }
    try client.emit([NewEvent("Happened")], to: "things")
    #expect(seen == [1, 1])
  }

  @Test func `of two tenants with a common prefix, the longer one has its own stream`() throws {
    let app = try Eventicle(
      Domain(
        "test",
        commands: [
          Command("Note", stream: "notes", []) { _, _ in CommandResult(events: [NewEvent("Noted")])
          }
        ]))
    for tenant in ["acme", "acme.eu"] {
      try app.dispatch(CommandIntent("Note", workspace: Workspace(tenant)))
    }
    #expect(app.world.log.streamNames.map(\.text) == ["acme.notes", "acme.eu.notes"])
    #expect(app.world.log.streamNames.map(\.workspace) == ["acme", "acme.eu"])
  }

  @Test func `numbers that round to the same double are different`() throws {
    let a = try JSON(parsing: "9007199254740992")
    let b = try JSON(parsing: "9007199254740993")
    #expect(a != b)
    #expect(try JSON(parsing: "1.0") == 1)
    #expect(try JSON(parsing: "9007199254740992.0") == a)
  }

  @Test(arguments: [3, 5, 8, 13])
  func `no event is lost when the clock moves while keys are busy`(busy: Int64) throws {
    var handled: [String] = []
    let kept = HeldBox()
    let adapter = EventAdapter(
      "slow", streams: ["things"], options: ConsumerOptions(parallel: 4),
      onAny: { event, transaction in
        kept.seen.append(event.id.text)
        transaction.spend(.milliseconds(busy))
      })
    var engine = try Engine(Domain("test", adapters: [adapter]))
    var now = engine.world.clock
    func tick() -> Instant {
      now = now + .milliseconds(1)
      return now
    }
    func perform(_ input: Input) {
      let moment = tick()
      engine.pass(until: engine.nextWake.map { min($0, moment) } ?? moment)
      _ = engine.perform(input)
    }
    for number in 0..<40 {
      let events = (0..<5).map { NewEvent("Happened", DomainID("key-\((number + $0) % 3)")) }
      perform(.emit(events, to: "things"))
      while engine.hasWork { perform(.deliver) }
    }
    while let due = engine.nextDue(upTo: engine.world.clock + .days(1)) {
      perform(due)
      while engine.hasWork { perform(.deliver) }
    }
    handled = kept.seen
    #expect(handled.count == 200)
    #expect(Set(handled).count == 200)
  }

  private final class HeldBox: @unchecked Sendable {  // Used by one test on one thread.
    var seen: [String] = []
  }
}
