import CoreSupport
import Testing

@testable import EventicleCore

/// What a transaction of its own meets of the one around it.
@Suite struct EnclosedStepTests {
  static let counter = AggregateRoot(
    "Counter", stream: "counters",
    reducers: ["Counted": { state, _ in state["n"] = .int((state["n"].integer ?? 0) + 1) }])

  static func bench(_ body: @escaping Command.Handler) throws -> RecordedEngine {
    try RecordedEngine(
      Domain(
        "test", aggregates: [counter], commands: [Command("C", stream: "s", handler: body)],
        views: [EventView("V", streams: ["*"], onAny: { _, _ in })]))
  }

  private static func count(_ tx: Transaction, _ id: DomainID, emits: Bool) throws {
    var counter = tx.load(Self.counter, id) ?? tx.new(Self.counter, id: id)
    counter.raise("Counted")
    let events = try tx.persist(&counter, publish: false)
    if emits { try tx.emit(events, to: "counters") }
  }

  @Test(arguments: [true, false], [true, false])
  func `histories of both transactions are complete, published or only persisted`(
    outerEmits: Bool, innerEmits: Bool
  ) throws {
    var bench = try Self.bench { _, tx in
      try Self.count(tx, "outer", emits: outerEmits)
      try tx.emit([new("Counted", of: "direct")], to: "counters")
      try tx.requiresNew { inner in
        #expect(inner.load(Self.counter, "outer") == nil)
        #expect(inner.load(Self.counter, "direct") == nil)
        try Self.count(inner, "inner", emits: innerEmits)
        try inner.emit([new("Noted")], to: "s")
      }
      #expect(tx.load(Self.counter, "inner")?["n"] == 1)
      try Self.count(tx, "outer", emits: outerEmits)
      return CommandResult()
    }
    #expect(bench.run("C").problem == nil)
    for (id, count) in [("outer", 2), ("inner", 1), ("direct", 1)] {
      let state = Self.counter.state(of: DomainID(id), in: bench.world)
      #expect(state?.state["n"] == .int(count))
      #expect(state?.version == Version(count))
    }
    let published = (outerEmits ? 2 : 0) + (innerEmits ? 1 : 0) + 2
    #expect(bench.world.log.count == published)
    var world = bench.world
    for entry in bench.entries.reversed() where entry.stepCount > 0 { world.revert(entry.changes) }
    #expect(bench.fingerprint(world).difference(from: bench.moments[0].fingerprint) == nil)
    #expect(world.histories.version(of: AggregateKey("Counter", "outer")) == Version(0))
  }

  @Test(arguments: [true, false], [true, false])
  func `an aggregate that both transactions extend is a conflict`(
    outerEmits: Bool, innerEmits: Bool
  ) throws {
    var bench = try Self.bench { _, tx in
      try Self.count(tx, "same", emits: outerEmits)
      #expect(throws: TransactionError.nestedConflict("the aggregate Counter/same")) {
        try tx.requiresNew { try Self.count($0, "same", emits: innerEmits) }
      }
      return CommandResult(response: tx.load(Self.counter, "same")?["n"])
    }
    #expect(bench.run("C").response == 1)
    #expect(bench.world.histories.version(of: AggregateKey("Counter", "same")) == Version(1))
  }

  @Test func `emitting an aggregate's event directly counts as a change of the aggregate`() throws {
    var bench = try Self.bench { _, tx in
      try tx.emit([new("Counted", of: "same")], to: "counters")
      #expect(throws: TransactionError.nestedConflict("the aggregate Counter/same")) {
        try tx.requiresNew { try $0.emit([new("Counted", of: "same")], to: "counters") }
      }
      return CommandResult()
    }
    #expect(bench.run("C").problem == nil)
    #expect(bench.world.log.count == 1)
    #expect(bench.world.events(in: "counters").map(\.domainID) == ["same"])
  }

  @Test func `a saga step with timers continues after a transaction of its own`() throws {
    let log = StepLog()
    let saga = Saga("S", streams: ["s"]).startOn("Start") { step, _ in
      try step.upsertTimer("before", after: .seconds(5))
      step["n"] = 1
      try step.transaction.requiresNew { try $0.emit([new("Audit")], to: "audit") }
      try step.upsertTimer("after", after: .seconds(3))
      log.take(step, "start")
    }
    .onTimer("before") { step in log.take(step, "before") }
    .onTimer("after") { step in log.take(step, "after") }
    var bench = try RecordedEngine(Domain("test", sagas: [saga]))
    bench.emit(new("Start"), to: "s")
    #expect(bench.world.events(in: "audit").map(\.type) == ["Audit"])
    #expect(bench.world.instance("S")?.data["n"] == 1)
    #expect(bench.world.timers.count == 2)
    for name in ["before", "after"] {
      let owner = try #require(bench.world.instance("S")?.key)
      let timer = try #require(bench.world.timers.timer(TimerKey(owner, name)))
      guard case .timerArmed(timer.key, _, _, _)? = bench.timeline.entry(timer.armedBy)?.kind
      else {
        Issue.record("\(timer.armedBy) did not arm \(name)")
        continue
      }
    }
    bench.pass(.seconds(10))
    #expect(log.brief == ["start@0", "after@3000", "before@5000"])
  }
}
