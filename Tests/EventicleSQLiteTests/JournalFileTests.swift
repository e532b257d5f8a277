import BackendContract
import EventicleSamples
import Simulation
import TestSupport
import Testing

@testable import EventicleCore
@testable import EventicleSQLite
@testable import EventicleWorkbench

@Suite struct JournalFileTests {
  @Test(arguments: seeds(3), [1, 2, 5])
  func `a file keeps the contract of stores`(seed: UInt64, batch: Int) throws {
    let bench = try StoreBench()
    let session = try Session.random(seed: seed, count: 12)
    let contract = JournalStoreContract.Bench(
      make: { try bench.made("first", $0) },
      reopen: { _ in
        try bench.copy("first", as: "second")
        return try bench.journal("second")
      })
    let history = JournalStoreContract.History(session.timeline, session.domain)
    try JournalStoreContract.check(contract, history, batch: batch)
  }

  @Test(arguments: seeds(4))
  func `look-ups in a file are those of the timeline`(seed: UInt64) throws {
    let bench = try StoreBench()
    let session = try Session.random(seed: seed, count: 20)
    let made = try bench.made("shop", session.timeline.start)
    session.timeline.forEachStep(home: session.domain.aggregateKey) { step in
      made.append(step)
      return true
    }
    #expect(made.commit() == nil)
    made.close()
    let store = try bench.journal()
    try JournalStoreContract.checkLookups(store, session.timeline)
    try JournalStoreContract.checkPages(
      store, session.timeline, session.head, types: session.domain.aggregates.map(\.type))
  }

  @Test(arguments: seeds(2))
  func `a file answers for the state as of every entry`(seed: UInt64) throws {
    let bench = try StoreBench()
    let session = try Session.random(seed: seed, count: 12)
    let store = try bench.made("shop", session.timeline.start)
    try StatePagesContract.check(store, session.timeline, session.domain, interval: 3)
  }

  @Test(arguments: Array(0..<4).map { UInt64($0) })
  func `a simulated world that rests on a file does the same`(batch: UInt64) throws {
    let bench = try StoreBench()
    for seed in batch * 6..<(batch + 1) * 6 {
      var options = RunOptions()
      options.restsOnStore = true
      options.store = { try bench.made("\(seed)", $0, of: $1) }
      let (result, plain) = (Simulation.run(seed, options), Simulation.run(seed))
      #expect(
        result.violation == nil,
        "seed \(seed), action \(result.violation?.action ?? 0): \(result.violation?.sentence ?? "")"
      )
      #expect(result.digest == plain.digest, "seed \(seed)")
    }
  }

  @Test(arguments: seeds(3))
  func `a session that is opened again after any line is the one that was left`(
    seed: UInt64
  ) throws {
    let bench = try StoreBench()
    let path = bench.path("shop")
    var plain = try Session(.shop, seed: seed)
    var tape = RandomTape(seed: seed)
    for _ in 0..<12 {
      let store = try Store.open(path)
      var session = try Session(.shop, seed: seed, store: store)
      #expect(session.contents == plain.contents)
      #expect(session.tape == plain.tape)
      let line = tape.line()
      #expect(session.run(line).problem == plain.run(line).problem)
      #expect(session.contents == plain.contents)
      store.close()
    }
  }

  @Test(arguments: seeds(2))
  func `every commit of a random tape opens as the world after it`(seed: UInt64) throws {
    let bench = try StoreBench()
    let store = try bench.made("shop", try Session(.shop, seed: seed).head)
    let session = try Session.random(seed: seed, count: 10)
    let history = JournalStoreContract.History(session.timeline, session.domain)
    for (number, step) in history.steps.enumerated() {
      store.append(step)
      // What is appended and not committed is lost.
      try bench.copy("shop", as: "lost\(number)")
      #expect(try bench.journal("lost\(number)").last == JournalIndex(step.first.number - 1))
      #expect(store.commit() == nil)
      try bench.copy("shop", as: "kept\(number)")
      let copy = try bench.journal("kept\(number)")
      #expect(copy.last == store.last)
      var world = copy.start
      copy.forEachStep(after: JournalIndex(0), upTo: copy.last) { step in
        _ = world.replay(completing: step)
        return true
      }
      try StatePagesContract.compare(world, with: history.worlds[number + 1], "\(store.last)")
    }
  }

  @Test func `a store says what it promises`() throws {
    let bench = try StoreBench()
    let store = try Store.open(bench.path("shop"))
    #expect(store.capabilities.durableOnAcknowledge && store.isNew && store.domain == nil)
    let session = try Session(.shop, store: store)
    #expect(!store.isNew && store.domain == "shop" && store.entryCount == session.timeline.count)
    #expect(store.readOnlyReason == nil)
  }
}
