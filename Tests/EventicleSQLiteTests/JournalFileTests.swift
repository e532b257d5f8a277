import BackendContract
import EventicleSamples
import Simulation
import TestSupport
import Testing

@testable import EventicleCore
@testable import EventicleSQLite
@testable import EventicleWorkbench

@Suite struct JournalFileTests {
  @Test(arguments: seeds(2), [1, 2, 5])
  func `a file keeps the contract of stores`(seed: UInt64, batch: Int) throws {
    let bench = try StoreBench(isTight: batch > 1)
    let session = try Session.random(seed: seed, count: 8)
    let contract = JournalStoreContract.Bench(
      make: { try bench.made("first", $0) },
      reopen: { _ in
        try bench.copy("first", as: "second")
        return try bench.journal("second")
      })
    let history = JournalStoreContract.History(session.timeline, session.domain)
    try JournalStoreContract.check(contract, history, batch: batch)
  }

  @Test(arguments: seeds(2), [false, true])
  func `look-ups in a file are those of the timeline`(seed: UInt64, isTight: Bool) throws {
    let bench = try StoreBench(isTight: isTight)
    let session = try Session.random(seed: seed, count: 20)
    let made = try bench.made("shop", session.timeline.start)
    session.timeline.forEachStep(home: session.domain.aggregateKey) { step in
      made.append(step)
      return true
    }
    #expect(made.commit() == nil)
    made.close()
    let store = try bench.journal("shop", seed % 2 == 0 ? .write : .read)
    try JournalStoreContract.checkLookups(store, session.timeline)
    try JournalStoreContract.checkPages(
      store, session.timeline, session.head, types: session.domain.aggregates.map(\.type))
  }

  @Test(arguments: seeds(2))
  func `who only reads makes what the file lacks for itself`(seed: UInt64) throws {
    let bench = try StoreBench()
    let session = try Session.random(seed: seed, count: 20)
    let history = JournalStoreContract.History(session.timeline, session.domain)
    let store = try bench.made("shop", session.timeline.start)
    for (number, step) in history.steps.enumerated() {
      store.append(step)
      // A look-up, so that the file has the tables for the first half of it.
      if number == history.steps.count / 2 { _ = store.deliveries(of: Position(1)) }
    }
    #expect(store.commit() == nil)
    let before = store.deriver.entry
    #expect(before > 0 && before < store.last.number)
    let reader = try bench.journal("shop", .read)
    try JournalStoreContract.checkLookups(reader, session.timeline)
    try JournalStoreContract.checkPages(
      reader, session.timeline, session.head, types: session.domain.aggregates.map(\.type))
    #expect(store.deriver.entry == before && store.fault == nil)
  }

  @Test(arguments: seeds(2))
  func `a file answers for the state as of every entry`(seed: UInt64) throws {
    let bench = try StoreBench(isTight: true)
    let session = try Session.random(seed: seed, count: 12)
    let store = try bench.made("shop", session.timeline.start)
    try StatePagesContract.check(store, session.timeline, session.domain, interval: 3)
  }

  @Test(arguments: Array(0..<4).map { UInt64($0) })
  func `a simulated world that rests on a file does the same`(batch: UInt64) throws {
    let bench = try StoreBench(isTight: batch > 1)
    for seed in batch * 4..<(batch + 1) * 4 {
      var options = RunOptions()
      options.restsOnStore = true
      options.store = { world, domain in
        let file = try bench.made("\(seed)", world, of: domain)
        // The store in memory is asked the same, so that a difference is known where it begins.
        return seed % 2 == 0
          ? file : TwinStore(MemoryJournalStore(startingWith: world), file)
      }
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

  @Test(arguments: seeds(2))
  func `a session opens from the newest core, and shows what it did before`(
    seed: UInt64
  ) throws {
    let bench = try StoreBench(isTight: true)
    var plain = try Session(.shop, seed: seed)
    var tape = RandomTape(seed: seed)
    for number in 0..<8 {
      let store = Store(try bench.journal())
      var session = try Session(.shop, seed: seed, store: store)
      let known = store.file.core(atOrBefore: store.file.last)?.entry ?? JournalIndex(0)
      // Nothing before the core is in memory.
      #expect(session.timeline.residentCount == session.timeline.count - known.number)
      #expect(number == 0 || known.number > 0)
      #expect(session.contents == plain.contents)
      for line in tape.lines(3) + ["goto #1", "back", "goto 50%", "live"] {
        let (mine, others) = (session.run(line), plain.run(line))
        #expect(mine.problem == others.problem && mine.message == others.message, "\(line)")
        #expect(session.moment.name == plain.moment.name)
        #expect(session.contents == plain.contents, "\(line)")
      }
      store.file.offer(session.head.core(after: session.timeline.last))
      store.close()
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
