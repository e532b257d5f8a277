import CoreSupport
import TestSupport
import Testing

@testable import EventicleCore

/// Commands that wait for a lock which somebody holds, as long as their options let them.
@Suite struct LockWaitTests {
  static func domain(wait: Interval = .seconds(10), timeLimit: Interval? = nil) -> Domain {
    let options = TransactionOptions(lockWait: wait, timeLimit: timeLimit)
    let pick = Command("Pick", stream: "picked", options: options, lock: { _ in "stock" }) {
      data, tx in
      tx.spend(.milliseconds(Int64(data["takes"].integer ?? 0)))
      return CommandResult(response: "ok", events: [new("Picked", of: nil, data)])
    }
    return Domain("test", commands: [pick])
  }

  /// A program in which somebody holds the lock for a while.
  func app(wait: Interval = .seconds(10), held: Interval = .seconds(5)) throws -> Eventicle {
    let app = try Eventicle(Self.domain(wait: wait))
    try app.dispatch(on: "s") { tx in
      try tx.acquire("stock", holder: "ada", for: held)
      return CommandResult()
    }
    return app
  }

  func picked(_ app: Eventicle) -> [String] {
    app.world.events(in: "picked").map {
      "\($0.data.value["n"]) \(($0.createdAt - .standardStart).brief)"
    }
  }

  @Test func `a command that does not wait fails at once`() throws {
    let app = try app(wait: .milliseconds(0))
    #expect(throws: OperationError.self) { try app.dispatch("Pick") }
    #expect(app.world.timers.count == 0)
  }

  @Test func `a command that waits goes on when the lease runs out`() throws {
    let app = try app()
    var outcomes: [CommandOutcome] = []
    app.onStep { step in
      for case .command("Pick", _, _, let outcome) in step.entries.map(\.kind) {
        outcomes.append(outcome)
      }
    }
    let until = Instant.standardStart + .seconds(5)
    let reply = try app.dispatch(CommandIntent("Pick", ["n": 1]))
    #expect(reply.waitsUntil == until && reply.events.isEmpty && reply.response == nil)
    #expect(app.world.timers.next?.due == until)
    try app.advance(by: .seconds(20))
    #expect(picked(app) == ["1 5s"])
    #expect(outcomes.count == 2 && outcomes[1] == .done)
    guard case .waiting(let reason, until) = outcomes[0] else {
      Issue.record("\(outcomes[0])")
      return
    }
    #expect(reason.hasPrefix("The lock stock is held by ada until"))
    #expect(app.world.recordCount(of: StoredCommand.recordType) == 0)
    #expect(app.world.parkedCount == 0)
  }

  @Test func `it goes on at once when the lease is given back or broken`() throws {
    for breaks in [false, true] {
      let app = try app()
      try app.dispatch("Pick", ["n": 1])
      try app.advance(by: .seconds(2))
      try app.dispatch(on: "s") { tx in
        if breaks { try tx.breakLock("stock") } else { try tx.release("stock", holder: "ada") }
        return CommandResult()
      }
      #expect(picked(app) == ["1 2s"])
      #expect(app.world.timers.count == 0)
    }
  }

  @Test func `it fails when it has waited as long as it may, and is not parked`() throws {
    let app = try app(wait: .seconds(3), held: .seconds(60))
    var problems: [String] = []
    app.onStep { problems += $0.entries.compactMap(\.kind.problem) }
    try app.dispatch("Pick", ["n": 1])
    try app.advance(by: .seconds(20))
    #expect(
      problems == [
        "Pick waited 3s for the lock stock, which ada holds until 2026-01-01T09:01:00.000Z; break "
          + "the lock, or let the command wait longer."
      ])
    #expect(picked(app).isEmpty && app.world.parkedCount == 0 && app.world.timers.count == 0)
    #expect(app.world.recordCount(of: StoredCommand.recordType) == 0)
  }

  @Test func `a lease that is prolonged is waited for again, up to the same limit`() throws {
    let app = try app(wait: .seconds(8), held: .seconds(5))
    try app.dispatch("Pick", ["n": 1])
    try app.advance(by: .seconds(4))
    try app.dispatch(on: "s") { tx in
      try tx.acquire("stock", holder: "ada", for: .seconds(3))
      return CommandResult()
    }
    try app.advance(by: .seconds(20))
    #expect(picked(app) == ["1 7s"])
  }

  @Test func `commands that wait go on in the order of asking`() throws {
    let app = try app()
    for number in 1...5 { try app.dispatch("Pick", ["n": .int(number)]) }
    try app.advance(by: .seconds(20))
    #expect(picked(app) == (1...5).map { "\($0) 5s" })
  }

  @Test func `under an idempotency key it is carried out once however often it is asked for`()
    throws
  {
    let app = try app()
    let intent = CommandIntent("Pick", ["n": 1], idempotencyKey: "k")
    for _ in 1...3 { _ = try app.dispatch(intent) }
    try app.advance(by: .seconds(20))
    #expect(picked(app) == ["1 5s"])
    #expect(try app.dispatch(intent).isRepeat)
  }

  @Test func `a scheduled command waits too, and goes on`() throws {
    let app = try app()
    try app.schedule("later", CommandIntent("Pick", ["n": 1]), .once(.seconds(2)))
    try app.advance(by: .seconds(20))
    #expect(picked(app) == ["1 5s"])
    #expect(app.world.timers.count == 0 && app.world.parkedCount == 0)
  }

  @Test func `one that waits is called off like any timer`() throws {
    let app = try app()
    try app.dispatch("Pick", ["n": 1])
    try app.cancelTimer(try #require(app.world.timers.next).key)
    try app.advance(by: .seconds(20))
    #expect(picked(app).isEmpty)
    #expect(app.world.recordCount(of: StoredCommand.recordType) == 0)
  }

  @Test func `the same inputs wait the same way`() throws {
    func run() throws -> [String] {
      var bench = try RecordedEngine(Self.domain())
      bench.perform(
        .direct(
          DirectCommand(stream: "s") { tx in
            try tx.acquire("stock", holder: "ada", for: .seconds(5))
            return CommandResult()
          }))
      bench.run("Pick", ["n": 1])
      bench.pass(.seconds(20))
      return bench.entries.map { "\($0.kind) \($0.cause.map { "\($0)" } ?? "")" }
    }
    #expect(try run() == run())
  }

  @Test func `a command that takes longer than it may fails and leaves nothing`() throws {
    let app = try Eventicle(Self.domain(timeLimit: .milliseconds(20)))
    try app.dispatch("Pick", ["n": 1, "takes": 20])
    let error = #expect(throws: OperationError.self) {
      try app.dispatch("Pick", ["n": 2, "takes": 21])
    }
    #expect(
      error?.description
        == "Pick may take 20ms, but it took 21ms; do less in one command or raise its timeLimit.")
    #expect(picked(app).count == 1)
  }
}
