import BackendContract
import TestSupport
import Testing

@testable import EventicleCore

/// An engine over a store does what one does that holds everything.
@Suite struct RebasingTests {
  private static func check(
    _ bench: RecordedEngine, seed: UInt64, reopening: Bool = false
  ) throws {
    var random = SeededRandom(seed: seed &+ 7)
    var resting = try RestingEngine(bench.engine.domain, seed: seed)
    var held: [(entry: JournalIndex, world: World, changes: Int)] = []
    var changes: [(first: JournalIndex, changes: StepChanges)] = []
    var index = 0
    var failure: (any Error)?
    bench.timeline.forEachStep(home: bench.engine.domain.aggregateKey) { wanted in
      index += 1
      let (_, stored) = resting.perform(Input(wanted.input))
      guard let stored, StepCodec.encodeAlone(stored) == StepCodec.encodeAlone(wanted) else {
        Issue.record("Step \(wanted.first) is another.")
        return false
      }
      for part in stored.parts { changes.append((part.entries[0].stepStart, part.changes)) }
      let moment = bench.moments[index].world
      do {
        let chance = Int.random(in: 0..<8, using: &random)
        if chance < 2 { resting.offer() }
        if chance == 1 || chance == 3 { resting.rebase() }
        if reopening, chance == 4 { try resting.reopen() }
        if chance == 5 { held.append((resting.store.last, resting.world, changes.count)) }
        try StatePagesContract.compare(
          resting.world, with: moment, "The world after \(wanted.first)")
        try compareQueries(resting.world, moment, &random)
        try compareTravel(resting, changes, bench, &random)
      } catch { failure = error }
      return failure == nil
    }
    if let failure { throw failure }
    // Worlds that somebody held while others went on and were rebased are what they were.
    for (entry, world, _) in held {
      try StatePagesContract.compare(
        world, with: bench.timeline.world(after: entry), "The world held at \(entry)")
    }
  }

  /// Taking back the last changes leads to the worlds before, beyond the base too.
  private static func compareTravel(
    _ resting: RestingEngine, _ changes: [(first: JournalIndex, changes: StepChanges)],
    _ bench: RecordedEngine, _ random: inout SeededRandom
  ) throws {
    guard Int.random(in: 0..<6, using: &random) == 0 else { return }
    var world = resting.world
    let count = Int.random(in: 1...6, using: &random)
    var taken: [StepChanges] = []
    for (first, change) in changes.suffix(count).reversed() {
      world.revert(change)
      taken.append(change)
      try StatePagesContract.compare(
        world, with: bench.timeline.world(after: JournalIndex(first.number - 1)),
        "The world before \(first)")
    }
    for change in taken.reversed() { world.apply(change) }
    try StatePagesContract.compare(world, with: resting.world, "The world gone back and forth")
  }

  private static func compareQueries(
    _ world: World, _ other: World, _ random: inout SeededRandom
  ) throws {
    for type in other.recordTypes {
      var paths: [JSONPath] = []
      other.forEachRecord(of: type) { record in
        paths += (record.content.object?.members ?? []).map { JSONPath([.member($0.key)]) }
        return paths.count < 12
      }
      guard let path = paths.randomElement(using: &random),
        let sample = other.record(
          of: type, at: Int.random(in: 0..<other.recordCount(of: type), using: &random))
      else { continue }
      let value = sample.content.value(at: path) ?? .null
      let relation = Query.Relation.allCases.randomElement(using: &random) ?? .equal
      let query =
        [
          .all, .compare(path, relation, value), .not(.compare(path, relation, value)),
          .exists(path),
        ].randomElement(using: &random) ?? Query.all
      let sort: [SortKey] = [[], [.ascending(path)], [.descending(path)]][random.below(3)]
      let found = try world.records(of: type, where: query, sortedBy: sort)
      #expect(found == (try other.records(of: type, where: query, sortedBy: sort)))
      let cursor = found.randomElement(using: &random).map {
        RecordCursor(after: $0, sortedBy: sort)
      }
      #expect(
        try world.records(of: type, where: query, sortedBy: sort, after: cursor, size: 2)
          == other.records(of: type, where: query, sortedBy: sort, after: cursor, size: 2))
      for offset in 0..<other.recordCount(of: type) {
        #expect(world.record(of: type, at: offset) == other.record(of: type, at: offset))
      }
    }
  }

  @Test(arguments: seeds(60))
  func `a shop over a store gives the same steps and worlds`(seed: UInt64) throws {
    try Self.check(RandomShop.workbench(seed: seed, count: 24), seed: seed)
  }

  @Test(arguments: seeds(60))
  func `repeated rewriting over a store gives the same steps and worlds`(seed: UInt64) throws {
    try Self.check(RandomChurn.workbench(seed: seed, count: 12), seed: seed)
  }

  @Test(arguments: seeds(40))
  func `a store opened again and again gives the same steps and worlds`(seed: UInt64) throws {
    try Self.check(RecordedEngine.random(seed: seed, count: 10), seed: seed, reopening: true)
  }

  @Test(arguments: seeds(30), [1, 3, 7])
  func `the store in memory keeps the contract of pages`(seed: UInt64, interval: Int) throws {
    let bench = try RecordedEngine.random(seed: seed, count: 8)
    let store = MemoryJournalStore(startingWith: bench.timeline.start)
    try StatePagesContract.check(
      store, bench.timeline, bench.engine.domain, interval: interval)
  }
}
