import BackendContract
import TestSupport
import Testing

@testable import EventicleCore

@Suite struct JournalStoreTests {
  private let memory = JournalStoreContract.Bench(
    make: { MemoryJournalStore(startingWith: $0) },
    reopen: { store in
      _ = store.reload()
      return store
    })

  @Test(arguments: seeds(30), [1, 2, 5])
  func `the store in memory keeps the contract`(seed: UInt64, batch: Int) throws {
    let bench = try RecordedEngine.random(seed: seed, count: 6)
    let history = JournalStoreContract.History(bench.timeline, bench.engine.domain)
    try JournalStoreContract.check(memory, history, batch: batch)
  }

  @Test(arguments: seeds(30))
  func `look-ups of the store in memory are those of the timeline`(seed: UInt64) throws {
    let bench = try RecordedEngine.random(seed: seed, count: 12)
    let store = MemoryJournalStore(startingWith: bench.timeline.start)
    bench.timeline.forEachStep(home: bench.engine.domain.aggregateKey) { step in
      store.append(step)
      return true
    }
    #expect(store.commit() == nil)
    try JournalStoreContract.checkLookups(store, bench.timeline)
    try JournalStoreContract.checkPages(
      store, bench.timeline, bench.world, types: bench.names.aggregates)
  }
}
