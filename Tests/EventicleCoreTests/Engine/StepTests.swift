import CoreSupport
import Testing

@testable import EventicleCore

@Suite struct StepTests {
  private static let counter = AggregateRoot("Counter", stream: "counters")

  @Test func `rolled-back events do not return as the log grows`() throws {
    let domain = Domain(
      "test", aggregates: [Self.counter],
      commands: [
        Command("Count", stream: "counters") { _, transaction in
          var counter = transaction.new(Self.counter, id: "c1")
          counter.raise("Counted")
          try transaction.emit(try transaction.persist(&counter), to: "counters")
          throw Rejection("no")
        },
        Command("Talk", stream: "others") { _, transaction in
          try transaction.emit([new("Said"), new("Said")], to: "others")
          throw Rejection("no")
        },
      ])
    var bench = try RecordedEngine(domain)
    bench.run("Count")
    bench.emit(new("Said", "e1"), to: "others")
    bench.run("Talk")
    let key = AggregateKey("Counter", "c1")
    #expect(bench.world.histories.version(of: key) == Version(0))
    #expect(bench.world.histories.count(of: "Counter") == 0)
    bench.emit(new("Said", "e2"), to: "others")
    for moment in bench.moments {
      let world = bench.timeline.world(after: moment.last)
      #expect(world.histories.version(of: key) == Version(0))
      #expect(bench.fingerprint(world).difference(from: moment.fingerprint) == nil)
    }
  }

  @Test func `a step without journal entries changes nothing`() throws {
    var engine = try Engine(Domain("test"))
    let before = fingerprint(engine.world, WorldNames(engine.domain))
    engine.pass(until: engine.world.clock + .hours(1))
    let step = engine.perform(.emit([], to: "st"))
    #expect(step.entries.isEmpty && step.problem == nil)
    let after = fingerprint(engine.world, WorldNames(engine.domain))
    #expect(after.difference(from: before) == nil)
    let next = engine.perform(.emit([new("Said", "e1")], to: "st"))
    #expect(next.entries.count == 1)
    #expect(engine.world.clock == .standardStart + .hours(1))
  }

  @Test func `a refused command does not make its tenant known`() throws {
    var bench = try RecordedEngine(
      Domain(
        "test", commands: [Command("No", stream: "st") { _, _ in throw Rejection("no") }]))
    bench.perform(.dispatch(CommandIntent("No", workspace: "acme")))
    #expect(bench.world.tenants == [])
    #expect(bench.entries.allSatisfy { $0.changes.isEmpty })
    let keyed = CommandIntent("No", workspace: "acme", idempotencyKey: "k")
    #expect(bench.perform(.dispatch(keyed)).problem == "no")
    #expect(bench.perform(.dispatch(keyed)).entries.isEmpty)
    #expect(bench.world.tenants == ["acme"])
  }

  @Test func `offering an event again is journaled, and can be undone`() throws {
    let book = HandlerLog()
    book.isFailing = true
    let view = EventView(
      "V", streams: ["st"], on: ["Said": { event, _ in try book.handle(event) }])
    var bench = try RecordedEngine(Domain("test", views: [view]))
    bench.emit(new("Said", "e1", of: "A"), to: "st")
    #expect(bench.world.parkedCount == 1)
    book.isFailing = false
    let step = bench.perform(.emit([new("Said", "e1", of: "A")], to: "st"))
    #expect(step.entries.map(\.kind) == [.parkedDropped(1)])
    bench.settle()
    #expect(book.lines == ["e1", "e1"])
    #expect(bench.world.parkedCount == 0 && bench.world.log.count == 1)
    for moment in bench.moments {
      let world = bench.timeline.world(after: moment.last)
      #expect(bench.fingerprint(world).difference(from: moment.fingerprint) == nil)
    }
  }

  @Test func `retrying parked work does not handle an event twice`() throws {
    let book = HandlerLog()
    book.isFailing = true
    let view = EventView(
      "V", streams: ["st"], options: ConsumerOptions(isIdempotent: true),
      on: ["Said": { event, _ in try book.handle(event) }])
    var bench = try RecordedEngine(Domain("test", views: [view]))
    bench.emit(new("Said", "e1", of: "A"), to: "st")
    book.isFailing = false
    bench.perform(.move("view-V", after: Position(0)))
    bench.settle()
    #expect(bench.world.parkedCount == 0)
    let gone = EngineError.unknownParked(1, known: [], count: 0).description
    #expect(bench.perform(.redrive(1)).problem == gone)
    #expect(book.lines == ["e1", "e1"])
  }
}

@Suite struct OwnStepTests {
  private static let lamp = AggregateRoot("Lamp", stream: "lamps")

  /// Keeps a lamp in a step of its own, then one in the outer step, which may refuse.
  private func bench(refusing: Bool) throws -> RecordedEngine {
    let view = EventView(
      "V", streams: ["lamps"],
      on: ["Lit": { event, transaction in try transaction.put("Lit", event.key, [:]) }])
    @Sendable func light(_ id: DomainID, _ transaction: Transaction) throws {
      var lamp = transaction.new(Self.lamp, id: id)
      lamp.raise("Lit")
      try transaction.emit(try transaction.persist(&lamp), to: "lamps")
    }
    let command = Command("Light", stream: "lamps") { data, transaction in
      let number = data["n"].integer ?? 0
      try transaction.requiresNew { try light(DomainID("inner\(number)"), $0) }
      try light(DomainID("outer\(number)"), transaction)
      if refusing { throw Rejection("no") }
      return CommandResult()
    }
    return try RecordedEngine(
      Domain("test", aggregates: [Self.lamp], commands: [command], views: [view]))
  }

  @Test(arguments: [false, true], [Workspace.system, "acme"])
  func `events of an independent step are delivered`(refusing: Bool, place: Workspace) throws {
    var bench = try bench(refusing: refusing)
    for number in 1...2 {
      bench.perform(.dispatch(CommandIntent("Light", ["n": .int(number)], workspace: place)))
      bench.settle()
    }
    let world = bench.world
    #expect(world.tenants == (place.isTenant ? [place] : []))
    #expect(world.recordCount(of: "Lit", in: place) == (refusing ? 2 : 4))
    #expect(world.record(RecordKey("Lit", "inner1", in: place)) != nil)
    #expect((world.record(RecordKey("Lit", "outer1", in: place)) == nil) == refusing)
    #expect(world.histories.count(of: "Lamp", in: place) == (refusing ? 2 : 4))
    for moment in bench.moments {
      let world = bench.timeline.world(after: moment.last)
      #expect(bench.fingerprint(world).difference(from: moment.fingerprint) == nil)
    }
  }
}
