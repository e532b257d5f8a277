import CoreSupport
import Testing

@testable import EventicleCore

@Suite struct SagaVersionTests {
  static func byID(_ event: Event) -> JSON? { event.domainID.map { .string($0.text) } }

  static func counting(_ property: String) -> Saga {
    Saga("S", streams: ["st"]).keyed(by: property, value: byID)
      .startOn("Start") { step, _ in try step.upsertTimer("t", after: .minutes(1)) }
      .on("Step") { step, _ in step["n"] = .int((step["n"].integer ?? 0) + 1) }
      .onTimer("t") { step in step["fired"] = true }
  }

  /// Version 2 finds its instances by another property; it cannot take over B.
  static var second: Saga {
    counting("orderId").version(2) { data, from in
      if data["id"] == "B" { throw Rejection("B is odd") }
      data = ["orderId": data["id"], "came": .int(from)]
    }
  }

  /// An engine of the first version with instances A and B.
  static func first() throws -> Engine {
    var engine = try Engine(Domain("test", sagas: [counting("id")]))
    _ = engine.perform(.emit([new("Start", of: "A"), new("Start", of: "B")], to: "st"))
    engine.settle { _ in }
    return engine
  }

  @Test func `a newer definition migrates instances and finds them`() throws {
    let old = try Self.first()
    var steps: [Step] = []
    var engine = try Engine(
      resuming: old.world, Domain("test", sagas: [Self.second]), nextEntry: old.nextEntry
    ) { steps.append($0) }
    let kinds = steps.flatMap(\.entries).map(\.kind)
    #expect(kinds == [.group("saga-S", .migrated(instances: 1))])
    let taken = try #require(engine.world.sagas.instance(of: "S", at: 0))
    #expect(taken.data == ["orderId": "A", "came": 1])
    #expect(taken.version == 2)
    #expect(taken.correlation == "A")
    _ = engine.perform(.emit([new("Step", of: "A")], to: "st"))
    engine.settle { _ in }
    #expect(engine.world.sagas.instance(of: "S", at: 0)?.data["n"] == 1)
    // Once is enough.
    var again = 0
    _ = try Engine(
      resuming: engine.world, Domain("test", sagas: [Self.second]), nextEntry: engine.nextEntry
    ) { _ in again += 1 }
    #expect(again == 0)
  }

  @Test func `an instance that cannot be migrated keeps its data, and its step says why`() throws {
    let old = try Self.first()
    var engine = try Engine(
      resuming: old.world, Domain("test", sagas: [Self.second]), nextEntry: old.nextEntry)
    let before = engine.world.sagas.instance(of: "S", at: 1)
    #expect(before?.data == ["id": "B"] && before?.version == 1)
    _ = engine.perform(.fire(TimerKey(SagaKey("S", "saga-2"), "t")))
    #expect(engine.world.parked.map(\.reason) == ["B is odd"])
    #expect(engine.world.sagas.instance(of: "S", at: 1)?.data == ["id": "B"])
  }

  @Test func `a migration can be undone like every step`() throws {
    let old = try Self.first()
    var steps: [Step] = []
    let engine = try Engine(
      resuming: old.world, Domain("test", sagas: [Self.second]), nextEntry: old.nextEntry
    ) { steps.append($0) }
    var world = engine.world
    for entry in steps.flatMap(\.entries).reversed() { world.revert(entry.changes) }
    #expect(world.sagas.instance(of: "S", at: 0)?.data == ["id": "A"])
    #expect(world.sagas.instance(of: "S", at: 0)?.version == 1)
    #expect(world.counter("saga-version:S") == old.world.counter("saga-version:S"))
    for entry in steps.flatMap(\.entries) { world.apply(entry.changes) }
    #expect(world.sagas.instance(of: "S", at: 0) == engine.world.sagas.instance(of: "S", at: 0))
  }

  @Test func `an older definition leaves newer instances alone`() throws {
    let domain = Domain("test", sagas: [Self.second])
    var newer = try Engine(domain)
    _ = newer.perform(.emit([new("Start", of: "A")], to: "st"))
    newer.settle { _ in }
    var older = try Engine(
      resuming: newer.world, Domain("test", sagas: [Self.counting("orderId")]),
      nextEntry: newer.nextEntry)
    _ = older.perform(.emit([new("Step", of: "A")], to: "st"))
    older.settle { _ in }
    #expect(
      older.world.parked.map(\.reason) == [
        "S/A is of version 2, but the saga is declared at version 1; run the newer definition."
      ])
    #expect(older.world.instance("S")?.data == ["orderId": "A"])
  }

  @Test func `an instance keeps a limited number of its last steps`() throws {
    var bench = try RecordedEngine(Domain("test", sagas: [Self.counting("id")]))
    bench.emit(new("Start", "e0", of: "A"), to: "st")
    for number in 1...100 {
      bench.emit(new("Step", EventID("e\(number)"), of: "A"), to: "st")
      let steps = bench.world.instance("S")?.recentSteps ?? []
      #expect(steps.count == min(number + 1, Limits.sagaSteps))
      #expect(steps.map(\.number) == Array((number + 2 - steps.count)...(number + 1)))
      #expect(steps.last?.trigger == .event(Position(number + 1)))
    }
    bench.pass(.minutes(2))
    let last = bench.world.instance("S")?.recentSteps.last
    #expect(last?.trigger == .timer("t") && last?.outcome == .handled && last?.lane == nil)
    #expect(last?.instant == .standardStart + .minutes(1))
    for moment in bench.moments {
      let travelled = bench.timeline.world(after: moment.last)
      #expect(bench.fingerprint(travelled).difference(from: moment.fingerprint) == nil)
    }
  }
}
