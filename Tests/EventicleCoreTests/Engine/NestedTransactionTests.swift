import CoreSupport
import Testing

@testable import EventicleCore

@Suite struct NestedTransactionTests {
  static func bench(_ body: @escaping Command.Handler, _ more: Command...) throws -> RecordedEngine
  {
    try RecordedEngine(
      Domain("test", commands: [Command("C", stream: "s", handler: body)] + more))
  }

  @Test func `a nested transaction joins the outer one, and rolls back alone when it fails`() throws
  {
    var bench = try Self.bench { _, tx in
      try tx.create("t", [:], id: "before")
      #expect(throws: Rejection.self) {
        try tx.nested { inner in
          #expect(inner.record("t", "before") != nil)
          try inner.create("t", [:], id: "inside")
          try inner.emit([new("Lost")], to: "s")
          throw Rejection("no")
        }
      }
      #expect(tx.record("t", "inside") == nil)
      try tx.nested { try $0.emit([new("Inner")], to: "s") }
      return CommandResult(events: [new("Outer")])
    }
    let step = bench.run("C")
    #expect(step.problem == nil)
    #expect(bench.world.events(in: "s").map(\.type) == ["Inner", "Outer"])
    #expect(bench.world.recordCount(of: "t") == 1)
    #expect(step.entries.filter { $0.stepCount > 0 }.count == 1)
  }

  @Test func `an independent transaction survives the failure of the outer one`() throws {
    var bench = try Self.bench { _, tx in
      try tx.create("t", [:], id: "outer")
      try tx.emit([new("OuterEvent")], to: "s")
      try tx.requiresNew { inner in
        #expect(inner.record("t", "outer") == nil)
        #expect(inner.world.log.count == 0)
        try inner.create("t", [:], id: "inner")
        try inner.emit([new("InnerEvent")], to: "s")
      }
      #expect(tx.record("t", "inner") != nil)
      #expect(tx.record("t", "outer") != nil)
      throw Rejection("no")
    }
    let step = bench.run("C")
    #expect(step.problem == "no")
    #expect(bench.world.events(in: "s").map(\.type) == ["InnerEvent"])
    #expect(bench.world.record(RecordKey("t", "inner")) != nil)
    #expect(bench.world.record(RecordKey("t", "outer")) == nil)
    #expect(bench.entries.last?.kind.problem == "no")
  }

  @Test func `both transactions are kept in order when both succeed, and can be undone`() throws {
    var bench = try Self.bench { _, tx in
      let first = tx.nextID("thing")
      try tx.emit([new("A")], to: "s")
      var kept = tx.new(Self.counter, id: "c1")
      kept.raise("Counted")
      try tx.persist(&kept)
      let second = try tx.requiresNew { inner in
        try inner.emit([new("B")], to: "s")
        return inner.nextID("thing")
      }
      #expect(first != second)
      try tx.emit([new("C")], to: "s")
      return CommandResult()
    }
    let step = bench.run("C")
    #expect(step.problem == nil)
    #expect(bench.world.events(in: "s").map(\.type) == ["B", "A", "C"])
    let ids = bench.world.events(in: "s").map(\.id)
    #expect(Set(ids).count == 3)
    for index in 1...3 {
      let origin = try #require(bench.world.origin(of: Position(index)))
      guard case .append(Position(index), _)? = bench.timeline.entry(origin)?.kind else {
        Issue.record("the entry \(origin) did not append \(index)")
        continue
      }
    }
    #expect(bench.world.histories.version(of: AggregateKey("Counter", "c1")) == Version(1))
    var world = bench.world
    for entry in bench.entries.reversed() where entry.stepCount > 0 { world.revert(entry.changes) }
    #expect(bench.fingerprint(world).difference(from: bench.moments[0].fingerprint) == nil)
  }

  static let counter = AggregateRoot("Counter", stream: "counters")

  @Test func `writing the same record in both is a conflict, and the outer one goes on`() throws {
    var bench = try Self.bench { _, tx in
      try tx.put("t", "1", ["by": "outer"])
      try tx.emit([new("A")], to: "s")
      let error = #expect(throws: TransactionError.nestedConflict("the record t/1")) {
        try tx.requiresNew { try $0.put("t", "1", ["by": "inner"]) }
      }
      #expect(error?.description.contains("write it in one of them") ?? false)
      #expect(throws: Rejection.self) {
        try tx.requiresNew { inner in
          try inner.emit([new("Lost")], to: "s")
          throw Rejection("x")
        }
      }
      return CommandResult(response: tx.record("t", "1")?.content)
    }
    #expect(bench.run("C").response == ["by": "outer"])
    #expect(bench.world.events(in: "s").map(\.type) == ["A"])
  }

  @Test func `a command with a step of its own keeps that step when it is refused`() throws {
    let audit = Command(
      "Audit", stream: "audit", options: TransactionOptions(propagation: .requiresNew)
    ) { data, _ in
      if data["refuse"] == true { throw Rejection("not audited") }
      return CommandResult(response: "noted", events: [new("Audited")])
    }
    var bench = try Self.bench(
      { _, tx in
        #expect(try tx.dispatch("Audit") == "noted")
        #expect(throws: Rejection("not audited")) { try tx.dispatch("Audit", ["refuse": true]) }
        throw Rejection("no")
      }, audit)
    #expect(bench.run("C").problem == "no")
    #expect(bench.world.events(in: "audit").map(\.type) == ["Audited"])
    let problems = bench.entries.filter { if case .command = $0.kind { true } else { false } }
      .map(\.kind.problem)
    #expect(problems == [nil, "not audited", "no"])
  }

  @Test func `observers hear once of each transaction and its outcome`() throws {
    let notes = HandlerLog()
    let observer = TransactionObserver(
      onStart: { _ in notes.note("start") },
      onCommit: { notes.note("commit \($0.count)") },
      onRollback: { notes.note("rollback \($0)") })
    let domain = Domain(
      "test",
      commands: [
        Command("Fine", stream: "s") { _, tx in
          try tx.nested { try $0.emit([new("A")], to: "s") }
          return CommandResult()
        },
        Command("Bad", stream: "s") { _, _ in throw Rejection("no") },
        Command("Own", stream: "s") { _, tx in
          try tx.requiresNew { try $0.emit([new("B")], to: "s") }
          throw Rejection("late")
        },
      ])
    let app = try Eventicle(domain, options: EngineOptions(observers: [observer]))
    try app.dispatch("Fine")
    #expect(notes.lines == ["start", "commit 2"])
    #expect(throws: Rejection.self) { try app.dispatch("Bad") }
    #expect(notes.lines.suffix(2) == ["start", "rollback no"])
    #expect(throws: Rejection.self) { try app.dispatch("Own") }
    #expect(notes.lines.suffix(4) == ["start", "start", "commit 2", "rollback late"])
    #expect(throws: OperationError.self) { try app.eventClient.emit([new("")], to: "s") }
    #expect(notes.lines.last?.hasPrefix("rollback An event needs a type") ?? false)
  }
}
