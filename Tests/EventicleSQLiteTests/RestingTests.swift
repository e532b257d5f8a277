import CFaultyDisk
import CSQLite
import EventicleHost
import EventicleSamples
import Synchronization
import TestSupport
import Testing

@testable import EventicleCore
@testable import EventicleSQLite
@testable import EventicleWorkbench

/// What is put off: syncing for a short time, and finding things until nobody works.
@Suite struct RestingTests {
  private static let order = "do PlaceOrder customer=c-1 total:=5"

  /// A clock that a test moves.
  private final class Clock: Sendable {
    private let time = Mutex(1_000)

    var now: Int { time.withLock { $0 } }

    func advance(_ milliseconds: Int) { time.withLock { $0 += milliseconds } }
  }

  private func batched(
    _ bench: StoreBench, _ clock: Clock, vfs: String? = nil
  ) throws -> SQLiteJournal {
    var opening = SQLiteJournal.Opening(path: bench.path("shop"), vfs: vfs, now: 1, sync: .batch)
    opening.clock = { clock.now }
    opening.syncsByItself = false
    return try SQLiteJournal.open(opening, .write)
  }

  @Test func `a store that is synced later says so, and for how long at most`() throws {
    let bench = try StoreBench()
    let full = try Store.open(bench.path("full"))
    #expect(full.capabilities.durableOnAcknowledge && full.file.syncWindow == nil)
    let batch = try Store.open(bench.path("batch"), sync: .batch)
    #expect(batch.capabilities.lacks(of: Set(Capability.allCases)) == [.durableOnAcknowledge])
    let session = try Session(.shop, store: batch)
    #expect(session.notice().store?.syncWindow == .milliseconds(50))
    #expect(session.notice().store?.standing == .writing)
  }

  @Test func `commits are synced 50 ms after the first that is not`() throws {
    let disk = "batch"
    #expect(fd_add(disk) == 0)
    let bench = try StoreBench()
    let clock = Clock()
    let journal = try batched(bench, clock, vfs: disk)
    var session = try Session(.shop, store: Store(journal))
    clock.advance(50)
    journal.syncIfDue()
    #expect(journal.unsynced == nil)
    #expect(session.run("emit notes Noted a=1").problem == nil)
    let start = clock.now
    #expect(journal.unsynced == start)
    clock.advance(49)
    #expect(session.run("emit notes Noted a=2").problem == nil)
    journal.syncIfDue()
    #expect(journal.unsynced == start)
    // Nothing is written but what syncing takes: one change of the disk.
    clock.advance(1)
    fd_fail(disk, 0, SQLITE_OK)
    journal.syncIfDue()
    #expect(journal.unsynced == nil && fd_changes(disk) == 1)
    journal.syncIfDue()
    #expect(fd_changes(disk) == 1)
  }

  @Test func `a line costs no sync of its own when commits are synced later`() throws {
    var changes: [Int64] = []
    for sync in Store.Sync.allCases {
      let disk = "cost-\(sync)"
      #expect(fd_add(disk) == 0)
      let bench = try StoreBench()
      var opening = SQLiteJournal.Opening(path: bench.path("shop"), vfs: disk, now: 1, sync: sync)
      opening.syncsByItself = false
      opening.clock = { 0 }
      var session = try Session(.shop, store: Store(SQLiteJournal.open(opening, .write)))
      #expect(session.run("emit notes Noted a=1").problem == nil)
      fd_fail(disk, 0, SQLITE_OK)
      #expect(session.run("emit notes Noted a=2").problem == nil)
      changes.append(fd_changes(disk))
    }
    #expect(changes[0] == changes[1] + 1)
  }

  @Test func `a sync that fails later ends writing, and the next line says so`() throws {
    let disk = "failing"
    #expect(fd_add(disk) == 0)
    let bench = try StoreBench()
    let clock = Clock()
    let journal = try batched(bench, clock, vfs: disk)
    var session = try Session(.shop, store: Store(journal))
    #expect(session.run(Self.order).problem == nil)
    clock.advance(50)
    fd_fail(disk, 1, SQLITE_IOERR | (4 << 8))
    journal.syncIfDue()
    fd_fail(disk, 0, SQLITE_OK)
    for _ in 0..<2 {
      let problem = session.run(Self.order).problem?.message
      #expect(problem?.hasPrefix("Writing to the store failed") == true)
    }
    // It was not tried again.
    #expect(journal.unsynced != nil && session.storeNotice?.standing == .failed)
    let failure = session.leaveStore()
    #expect(failure != nil)
  }

  @Test func `a timer syncs what no other commit follows`() throws {
    let bench = try StoreBench()
    let rung = Semaphore()
    let timer = SyncTimer { rung.signal() }
    timer.set(milliseconds: 1)
    #expect(rung.wait())
    let journal = try SQLiteJournal.open(
      SQLiteJournal.Opening(path: bench.path("shop"), now: 1, sync: .batch), .write)
    #expect(journal.syncTimer != nil)
    let full = try SQLiteJournal.open(
      SQLiteJournal.Opening(path: bench.path("full"), now: 1), .write)
    #expect(full.syncTimer == nil)
  }

  @Test func `closing syncs, and what was acknowledged is there without it`() throws {
    let bench = try StoreBench()
    let clock = Clock()
    let journal = try batched(bench, clock)
    var session = try Session(.shop, store: Store(journal))
    #expect(session.run(Self.order).problem == nil)
    // The end of the process alone.
    try bench.copy("shop", as: "killed")
    let killed = try Session(.shop, store: Store.open(bench.path("killed")))
    #expect(killed.contents == session.contents)
    #expect(journal.unsynced != nil)
    let failure = session.leaveStore()
    #expect(failure == nil && journal.unsynced == nil)
    let again = try Session(.shop, store: Store.open(bench.path("shop")))
    #expect(again.contents == session.contents)
  }

  // MARK: - At rest

  @Test func `the tables for finding things are brought up once, a second after the last line`()
    throws
  {
    let bench = try StoreBench()
    let journal = try bench.journal()
    var session = try Session(.shop, store: Store(journal))
    #expect(session.run(Self.order).problem == nil)
    #expect(session.restDelay == .seconds(1) && journal.deriver.entry < journal.last.number)
    let rest = session.rest()
    #expect(rest.notice == nil && rest.next == nil)
    #expect(journal.deriver.entry == journal.last.number && session.restDelay == nil)
    #expect(journal.fault == nil && !journal.database.isInTransaction)
    #expect(try Store.verify(bench.path("shop")) == [])
  }

  @Test func `a host brings them up at rest as well`() async throws {
    let bench = try StoreBench()
    let journal = try bench.journal()
    let clock = ManualClock()
    let host = try EventicleHost(
      .shop, store: Store(journal), clock: clock, options: HostOptions(logLabel: nil))
    try await host.dispatch("PlaceOrder", ["customer": "c-1", "total": 5])
    await host.settle()
    #expect(journal.deriver.entry < journal.last.number)
    clock.advance(by: .milliseconds(999))
    await host.settle()
    #expect(journal.deriver.entry < journal.last.number)
    clock.advance(by: .seconds(2))
    // The alarm posts no job, so that what it did is seen once the queue is free again.
    await host.settle()
    await host.settle()
    #expect(journal.deriver.entry == journal.last.number)
    await host.shutdown()
  }
}

/// Waits for something that happens on another thread.
private final class Semaphore: Sendable {
  private let isThere = Mutex(false)

  func signal() { isThere.withLock { $0 = true } }

  func wait() -> Bool {
    let end = ContinuousClock.now + TestEnvironment.deadline
    while !isThere.withLock({ $0 }), ContinuousClock.now < end {}
    return isThere.withLock { $0 }
  }
}
