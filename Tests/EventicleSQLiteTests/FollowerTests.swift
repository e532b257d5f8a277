import BackendContract
import CSQLite
import EventicleSamples
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import EventicleCore
@testable import EventicleSQLite
@testable import EventicleWorkbench

/// Reading a store while somebody else writes to it.
@Suite struct FollowerTests {
  private static let order = "do PlaceOrder customer=c-1 total:=5"

  // MARK: - What it shows

  @Test func `a follower learns of events without code what the writer does`() throws {
    let bench = try StoreBench()
    var writer = try Session(.inferred, store: Store(try bench.journal()))
    #expect(writer.run("emit orders OrderSeen order-1 total:=5").problem == nil)
    var reader = try Session(.inferred, store: Store(try bench.journal("shop", .readWhole)))
    #expect(reader.domain.aggregates.map(\.type) == ["Order"])
    #expect(writer.run("emit parcels ParcelSeen p-1 weight:=3").problem == nil)
    reader.catchUp()
    #expect(reader.domain.aggregates.map(\.type) == ["Order", "Parcel"])
    #expect(reader.run("expect A Parcel/p-1.weight = 3").problem == nil)
  }

  @Test(arguments: seeds(3), [false, true])
  func `a follower shows what the writer did after every line`(
    seed: UInt64, isTight: Bool
  ) throws {
    let bench = try StoreBench(isTight: isTight)
    let journal = try bench.journal()
    var writer = try Session(.shop, seed: seed, store: Store(journal))
    var (reader, _) = try bench.follower()
    // So little that most of it is let go and read from the file again.
    reader.used.keeper?.residentEntries = 6
    var tape = RandomTape(seed: seed)
    var random = SeededRandom(seed: seed)
    for line in tape.lines(14) {
      _ = writer.run(line)
      switch random.below(4) {
      case 0: _ = journal.deliveries(of: Position(1))
      case 1: try journal.database.run("PRAGMA wal_checkpoint(PASSIVE)")
      case 2: journal.offer(writer.head.core(after: writer.timeline.last))
      default: break
      }
      reader.catchUp()
      #expect(reader.contents == writer.contents, "\(line)")
      #expect(reader.tape == writer.tape)
      #expect(reader.isAtHead && reader.storeFile?.fault == nil)
    }
    for place in ["goto #1", "goto 50%", "back", "live"] {
      #expect(reader.run(place).message == writer.run(place).message)
      #expect(reader.contents == writer.contents, "\(place)")
    }
  }

  @Test(arguments: seeds(2))
  func `a follower that comes late catches up over derives and checkpoints`(seed: UInt64) throws {
    let bench = try StoreBench(isTight: true)
    let journal = try bench.journal()
    var writer = try Session(.shop, seed: seed, store: Store(journal))
    let reader = try bench.journal("shop", .readWhole)
    var random = SeededRandom(seed: seed)
    var taken: [StoredStep] = []
    for round in 0..<40 {
      for number in 0..<random.number(1...20) {
        #expect(writer.run("emit notes Noted n-\(number) round:=\(round)").problem == nil)
      }
      if random.below(3) == 0 { try journal.database.run("PRAGMA wal_checkpoint(TRUNCATE)") }
      // Questions about what it has, between what it takes.
      _ = reader.history(
        of: AggregateKey("Order", DomainID("order-1")),
        upTo: LogBound(events: reader.rows.events, kept: 0))
      let limit = random.number(1...200)
      while reader.takeNews(limit, { taken.append($0) }), random.below(4) > 0 {}
      #expect(reader.fault == nil && reader.damage == nil)
    }
    while reader.takeNews(100, { taken.append($0) }) {}
    #expect(reader.last == writer.timeline.last && reader.rows.chain == journal.rows.chain)
    var mine: [[UInt8]] = []
    writer.timeline.forEachStep(home: writer.domain.aggregateKey) { step in
      mine.append(StepCodec.encodeAlone(step))
      return true
    }
    #expect(taken.map { StepCodec.encodeAlone($0) } == Array(mine.suffix(taken.count)))
    try JournalStoreContract.checkLookups(reader, writer.timeline)
    try JournalStoreContract.checkPages(
      reader, writer.timeline, writer.head, types: writer.domain.aggregates.map(\.type))
  }

  @Test func `a follower keeps nobody from emptying the log of writes`() throws {
    let bench = try StoreBench()
    let journal = try bench.journal()
    var writer = try Session(.shop, store: Store(journal))
    #expect(writer.run(Self.order).problem == nil)
    var (reader, _) = try bench.follower()
    #expect(reader.contents == writer.contents)
    #expect(writer.run(Self.order).problem == nil)
    reader.catchUp()
    _ = reader.run("goto #1")
    _ = reader.run("agg Order/order-1")
    let checkpoint = try Statement("PRAGMA wal_checkpoint(TRUNCATE)", journal.database)
    defer { checkpoint.finish() }
    #expect(try checkpoint.next())
    // Not busy, and nothing left in the log.
    #expect(checkpoint.int(0) == 0 && checkpoint.int(1) == 0)
    #expect(try bytes(bench.path("shop") + "-wal").isEmpty)
  }

  @Test func `who looks at the past stays there`() throws {
    let bench = try StoreBench()
    var writer = try Session(.shop, store: Store(bench.journal()))
    #expect(writer.run(Self.order).problem == nil)
    var (reader, _) = try bench.follower()
    _ = reader.run("goto #1")
    let (cursor, shown) = (reader.cursor, reader.run("journal").output)
    #expect(writer.run(Self.order).problem == nil)
    let rest = reader.rest()
    #expect(rest.notice?.moment.cursor == cursor && reader.cursor == cursor)
    #expect(reader.run("journal").output == shown && !reader.isAtHead)
    #expect(rest.notice?.moment.timeline.last == writer.timeline.last)
    // Nothing is new, so that there is nothing to draw.
    #expect(reader.rest().notice == nil)
    _ = reader.run("live")
    #expect(reader.contents == writer.contents)
  }

  @Test func `no handler runs, and no time passes, where history is only followed`() throws {
    let bench = try StoreBench()
    var writer = try Session(.shop, store: Store(bench.journal()))
    #expect(writer.run("do PlaceOrder customer=c-1 total:=5; hold").problem == nil)
    #expect(writer.run(Self.order).problem == nil)
    #expect(writer.engine.hasWork)
    var (reader, _) = try bench.follower()
    let contents = reader.contents
    let hasFired = reader.pass(until: reader.head.clock + .minutes(60))
    #expect(!hasFired)
    _ = reader.run("goto #1; run")
    #expect(reader.contents == contents && reader.timeline.last == writer.timeline.last)
    #expect(reader.notice().nextDue == nil && writer.notice().nextDue != nil)
  }

  // MARK: - Who writes

  @Test func `it is said when the writer leaves, and when another one comes`() throws {
    let bench = try StoreBench()
    var writer = try Session(.shop, store: Store(bench.journal()))
    #expect(writer.run(Self.order).problem == nil)
    var (reader, _) = try bench.follower()
    guard case .following = reader.storeNotice?.standing else { throw StoreError("not followed") }
    writer.leaveStore()
    let left = reader.rest().notice
    #expect(
      left?.reply?.message
        == "process \(getpid()) has left \(bench.path("shop")); open "
        + "\(Quoting.word(bench.path("shop"))) goes on with it")
    #expect(left?.store?.standing == .reading && left?.store?.isReadOnly == true)
    #expect(reader.run(Self.order).problem?.message.contains("open for reading only") == true)
    var next = try Session(.shop, store: Store(bench.journal()))
    #expect(next.run(Self.order).problem == nil)
    let back = reader.rest().notice
    #expect(back?.reply?.message.contains("is open in process") == true)
    #expect(reader.contents == next.contents)
  }

  @Test func `looking who writes keeps nobody from writing`() throws {
    let bench = try StoreBench()
    try Store.open(bench.path("shop")).close()
    let done = Mutex(false)
    let path = bench.path("shop")
    let thread = Thread {
      while !done.withLock({ $0 }) { _ = WriterLock.look(at: path, now: 1) }
    }
    thread.start()
    defer { done.withLock { $0 = true } }
    for _ in 0..<100 { try Store.open(path).close() }
  }

  @Test func `a file that is gone is said to be, and what was read of it stays`() throws {
    let bench = try StoreBench()
    var writer = try Session(.shop, store: Store(bench.journal()))
    #expect(writer.run(Self.order).problem == nil)
    var (reader, _) = try bench.follower()
    let contents = reader.contents
    for name in bench.folder.names { remove(bench.folder.file(name)) }
    let rest = reader.rest()
    #expect(rest.notice?.reply?.problem?.message == StoreFault.gone.description)
    #expect(rest.notice?.store?.standing == .gone)
    #expect(reader.contents == contents && reader.rest().notice == nil)
  }

  @Test func `a store of which nothing is there yet is not followed`() throws {
    let bench = try StoreBench()
    let store = try Store.open(bench.path("shop"))
    #expect {
      try Session(.shop, store: Store.open(bench.path("shop"), .readWhole))
    } throws: { error in
      "\(error)".contains("shop.eventicle has no history yet")
    }
    store.close()
  }
}
