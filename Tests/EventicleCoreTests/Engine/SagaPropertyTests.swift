import CoreSupport
import TestSupport
import Testing

@testable import EventicleCore

@Suite struct SagaPropertyTests {
  private func number(_ line: StepLog.Line) -> Int? { Int(line.what.dropFirst()) }

  @Test(arguments: seeds(150), [false, true])
  func `each instance handles one event at a time, in order`(
    seed: UInt64, isRouted: Bool
  ) throws {
    let sagas = RandomSagas(seed: seed, isRouted: isRouted)
    let bench = try sagas.run(seed: seed, count: 30, remembering: false)
    #expect(!sagas.log.hasOverlap)
    let events = bench.world.events(in: "st")
    let types = Dictionary(events.map { ($0.id.text, $0.type) }) { first, _ in first }
    for (_, lines) in Dictionary(grouping: sagas.log.lines, by: \.instance) {
      var seen: Set<Int> = []
      let own = lines.filter { types[$0.what] != "All" }
      let first = own.compactMap { number($0) }.filter { seen.insert($0).inserted }
      #expect(first == first.sorted())
    }
    #expect(bench.world.parkedCount == 0)
    #expect(bench.engine.hasWork == false)
    #expect(bench.engine.nextDue(upTo: bench.world.clock + .days(1)) == nil)
    let lanes = bench.world.group(sagas.saga.group)?.lanes ?? []
    #expect(lanes.allSatisfy { $0.work.isEmpty && $0.blockedBy == nil })
  }

  @Test(arguments: seeds(150), [false, true])
  func `an instance handles an event once, and its lane or route is computed once`(
    seed: UInt64, isRouted: Bool
  ) throws {
    let sagas = RandomSagas(seed: seed, isRouted: isRouted)
    let bench = try sagas.run(seed: seed, count: 30, remembering: false)
    #expect(Set(sagas.asked.lines).count == sagas.asked.lines.count)
    var handled: Set<String> = []
    for entry in bench.entries {
      guard case .delivery(let position, _, let instance?, let outcome) = entry.kind,
        outcome == .handled || outcome == .started
      else { continue }
      #expect(handled.insert("\(position) \(instance)").inserted)
    }
    // Every start may fail, and then there is no instance to handle anything.
    #expect(handled.count == sagas.log.completed)
    for offset in 0..<bench.world.sagas.count(of: "R") {
      let instance = try #require(bench.world.sagas.instance(of: "R", at: offset))
      let numbers = instance.recentSteps.map(\.number)
      #expect(numbers == Array((instance.steps - numbers.count + 1)...instance.steps))
      #expect(instance.firing.isEmpty)
      #expect(
        instance.timers.allSatisfy { bench.world.timers.timer(TimerKey(instance.key, $0)) != nil })
    }
  }

  @Test(arguments: seeds(25), [false, true])
  func `the steps of sagas can be undone and redone`(seed: UInt64, isRouted: Bool) throws {
    let bench = try RandomSagas(seed: seed, isRouted: isRouted).run(seed: seed, count: 15)
    for moment in bench.moments {
      let travelled = bench.timeline.world(after: moment.last)
      #expect(bench.fingerprint(travelled).difference(from: moment.fingerprint) == nil)
    }
    var world = bench.world
    for entry in bench.entries.reversed() { world.revert(entry.changes) }
    #expect(bench.fingerprint(world).difference(from: bench.moments[0].fingerprint) == nil)
    for entry in bench.entries { world.apply(entry.changes) }
    #expect(bench.fingerprint(world).difference(from: bench.fingerprint(bench.world)) == nil)
  }

  @Test(arguments: seeds(40))
  func `inputs of a saga that routes, performed again, give the same steps`(seed: UInt64) throws {
    let sagas = RandomSagas(seed: seed, isRouted: true)
    let bench = try sagas.run(seed: seed, count: 15)
    // Failures depend on what the handlers have logged, so the second run logs anew.
    try expectSameSteps(
      bench.timeline, RandomSagas(seed: seed, isRouted: true).domain, seed: seed)
  }
}
