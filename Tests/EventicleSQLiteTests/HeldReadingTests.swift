import BackendContract
import EventicleSamples
import TestSupport
import Testing

@testable import EventicleCore
@testable import EventicleSQLite
@testable import EventicleWorkbench

/// What was read of a store is at hand for whoever asks again, as a screen does for each frame.
@Suite struct HeldReadingTests {
  /// A session on a store that was closed and opened again, so that its history is in the file alone.
  private struct Reopened {
    let bench: StoreBench
    let file: SQLiteJournal
    var session: Session

    init(_ orders: Int, then lines: [String] = []) throws {
      bench = try StoreBench()
      var made = try Session(.shop, store: Store(bench.journal()))
      for number in 0..<orders {
        _ = made.run("do PlaceOrder customer=c-\(number % 7) total:=59; clock +1s")
      }
      for line in lines { _ = made.run(line) }
      made.used.keeper?.store.offer(made.head.core(after: made.timeline.last))
      (made.storeFile as? SQLiteJournal)?.close()
      file = try bench.journal()
      session = try Session(.shop, store: Store(file))
    }

    /// How many statements something takes.
    func cost(_ body: () throws -> Void) rethrows -> Int {
      let before = file.database.uses
      try body()
      return file.database.uses - before
    }
  }

  @Test func `an entry that was read is not read again`() throws {
    let store = try Reopened(60)
    let timeline = store.session.timeline
    let last = (timeline.count - 40..<timeline.count).map { JournalIndex($0) }
    let read = last.map { timeline.entry($0)?.kind }
    var again: [JournalEntry.Kind?] = []
    #expect(store.cost { again = last.map { timeline.entry($0)?.kind } } == 0)
    #expect(again == read)
    #expect(
      store.cost { for index in last { _ = timeline.stepEnd(of: index) } } == 0)
  }

  @Test func `the deliveries of an event are looked up once, and anew when more has happened`()
    throws
  {
    var store = try Reopened(30)
    let position = Position(store.session.head.log.count)
    let before = store.session.timeline.deliveries(of: position)
    #expect(store.cost { _ = store.session.timeline.deliveries(of: position) } == 0)
    _ = store.session.run("hold; do PlaceOrder customer=c-1 total:=5")
    _ = store.session.run("release 1")
    #expect(store.session.timeline.deliveries(of: position) == before)
    let next = Position(position.number + 1)
    let count = store.session.timeline.deliveries(of: next).count
    _ = store.session.run("release")
    #expect(store.session.timeline.deliveries(of: next).count > count)
  }

  @Test func `looking through the history takes a statement for many entries`() throws {
    let store = try Reopened(300)
    let timeline = store.session.timeline
    var seen: [JournalEntry.Kind] = []
    let cost = store.cost {
      timeline.forEachEntry(after: JournalIndex(0)) { _, entry in
        seen.append(entry.kind)
        return true
      }
    }
    #expect(timeline.count > 2_000 && cost <= timeline.count / 1_024 + 1)
    #expect(seen.count == timeline.count)
    for index in stride(from: 1, through: timeline.count, by: 97) {
      #expect(timeline.entry(JournalIndex(index))?.kind == seen[index - 1])
    }
  }

  @Test func `one step further back costs what is new there, whoever looks`() throws {
    var store = try Reopened(300)
    let copy = store.session.timeline
    _ = store.session.run("goto 50%")
    let first = store.cost { _ = store.session.run("back") }
    let middle = store.session.cursor.entry
    let second = store.cost { _ = store.session.run("back") }
    #expect(second < 24, "\(first), then \(second)")
    // A copy that has seen nothing of it reads the same steps and worlds.
    let changes = store.session.timeline.changes(of: middle)
    let again = store.cost { #expect(copy.changes(of: middle).others.count == changes.count) }
    #expect(again < 24, "\(again)")
  }

  @Test func `a world of the past is the same whether it is held or not`() throws {
    let store = try Reopened(120)
    let timeline = store.session.timeline
    for index in stride(from: timeline.count - 1, to: 0, by: -37) {
      let end = timeline.stepEnd(of: JournalIndex(index))
      let held = timeline.world(after: end)
      let fresh = try store.bench.journal("shop", .read)
      let alone = try #require(fresh.world(after: end, sharing: timeline.head))
      try StatePagesContract.compare(held, with: alone, "\(end)")
    }
  }

  @Test func `who leaves a store leaves the world after the last step in it`() throws {
    let bench = try StoreBench()
    var session = try Session(.shop, store: Store(bench.journal()))
    for number in 0..<20 { _ = session.run("do PlaceOrder customer=c-\(number) total:=5") }
    let last = session.timeline.last
    _ = session.run("fork a #3")
    #expect(session.leaveStore() == nil)
    let file = try bench.journal()
    #expect(file.core(atOrBefore: file.last)?.entry == last)
    let again = try Session(.shop, store: Store(file))
    #expect(again.timeline.last == last && again.timeline.residentCount == 0)
  }

  @Test func `a world is left to read from within a long line too`() throws {
    let bench = try StoreBench()
    var session = try Session(.shop, store: Store(bench.journal()))
    _ = session.run("emit notes Noted n-1 a:=1 --count 9000")
    let last = session.timeline.last
    let file = try #require(session.storeFile as? SQLiteJournal)
    let half = try #require(file.core(atOrBefore: JournalIndex(last.number / 2 + 100)))
    #expect(last.number >= 9_000 && half.entry.number >= 4_096)
    let world = try #require(file.world(after: half.entry, sharing: session.head))
    try StatePagesContract.compare(
      session.timeline.world(after: half.entry), with: world, "\(half.entry)")
  }
}
