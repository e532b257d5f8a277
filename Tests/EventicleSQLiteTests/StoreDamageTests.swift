import CFaultyDisk
import CSQLite
import EventicleSamples
import TestSupport
import Testing

@testable import EventicleCore
@testable import EventicleSQLite
@testable import EventicleWorkbench

@Suite struct StoreDamageTests {
  /// A store in one file, and all that is in it, as text.
  private func small(_ bench: StoreBench) throws -> [UInt8] {
    let store = try Store.open(bench.path("shop"))
    var session = try Session(.shop, store: store)
    for line in ["do PlaceOrder customer=c-1 total:=5", "clock +30s", "do Nonsense"] {
      _ = session.run(line)
    }
    store.close()
    return try bytes(bench.path("shop"))
  }

  /// Everything that a journal has, or why it cannot be read.
  private func contents(_ bench: StoreBench, _ name: String) -> (text: String?, fault: String?) {
    do {
      let journal = try bench.journal(name, .read)
      var text = "\(journal.lines) \(journal.domain ?? "")"
      text += "\(CoreCodec.encodeAlone(journal.start.core(after: JournalIndex(0))))"
      journal.forEachStep(after: JournalIndex(0), upTo: journal.last) { step in
        text += "\(StepCodec.encodeAlone(step))\n"
        return true
      }
      if let fault = journal.fault { return (nil, "\(fault)") }
      return (text, nil)
    } catch { return (nil, "\(error)") }
  }

  @Test func `a flipped bit is found or changes nothing`() throws {
    let bench = try StoreBench()
    let whole = try small(bench)
    let wanted = contents(bench, "shop").text
    #expect(wanted != nil)
    #expect(try Store.verify(bench.path("shop")) == [])
    let made = tables(bench, "shop")
    var random = SeededRandom(seed: 1)
    var (found, unused) = (0, 0)
    // Every byte in the slow tier, some in the fast one.
    let stride = TestEnvironment.isTorture ? 1 : whole.count / 300
    for place in Swift.stride(from: random.below(stride), to: whole.count, by: stride) {
      var changed = whole
      changed[place] ^= 1 << UInt8(random.below(8))
      try write(changed, bench.path("flipped"))
      let (text, fault) = contents(bench, "flipped")
      let problems = (try? Store.verify(bench.path("flipped"))) ?? ["it cannot be opened"]
      if fault == nil, problems.isEmpty {
        unused += 1
        #expect(text == wanted, "byte \(place)")
        #expect(tables(bench, "flipped") == made, "byte \(place)")
      } else {
        found += 1
      }
    }
    #expect(found > 10 && unused > 10)
  }

  /// The rows of all tables that are made from steps, as text.
  private func tables(_ bench: StoreBench, _ name: String) -> String? {
    guard let database = try? Database(bench.path(name), .read) else { return nil }
    defer { database.close() }
    var text = ""
    for table in DerivedTables.all {
      guard let rows = try? Statement("SELECT * FROM \(table.name)", database) else { return nil }
      defer { rows.finish() }
      while (try? rows.next()) ?? false {
        text += (0..<Int32(table.count)).map { rows.text($0) ?? "" }.joined(separator: ",") + "\n"
      }
    }
    return text
  }

  @Test func `tables that are not what the steps make of them are found`() throws {
    let bench = try StoreBench()
    _ = try small(bench)
    for table in DerivedTables.all where table != DerivedTables.mark {
      remove(bench.path("changed"))
      try bench.copy("shop", as: "changed")
      let database = try Database(bench.path("changed"), .write)
      let count = try Statement("SELECT count(*) FROM \(table.name)", database)
      #expect(try count.next())
      let isThere = count.int(0) > 0
      count.finish()
      try database.run("DELETE FROM \(table.name)")
      database.close()
      let problems = try Store.verify(bench.path("changed"))
      #expect(
        problems == (isThere ? ["the table \(table.name) is not what the steps make of it"] : []))
    }
  }

  @Test func `what is whole of a damaged store becomes a new one`() throws {
    let bench = try StoreBench()
    _ = try small(bench)
    let whole = try Session(.shop, store: try Store.open(bench.path("shop"), .read))
    #expect(
      try Store.repair(bench.path("shop"), into: bench.path("same"))
        == Store.Repair(entries: whole.timeline.count, damage: nil))
    let same = try Session(.shop, store: try Store.open(bench.path("same"), .read))
    #expect(same.contents == whole.contents && same.tape == whole.tape)
    let database = try Database(bench.path("shop"), .write)
    try database.run("UPDATE journal SET instant = instant + 1 WHERE entry = 5")
    database.close()
    let before = try bytes(bench.path("shop"))
    let repair = try Store.repair(bench.path("shop"), into: bench.path("new"))
    #expect(repair.entries > 0 && repair.entries < 5 && repair.damage != nil)
    #expect(try bytes(bench.path("shop")) == before)
    #expect(try Store.verify(bench.path("new")) == [])
    #expect(throws: StoreError.self) {
      try Store.repair(bench.path("shop"), into: bench.path("new"))
    }
  }

  @Test func `what is handed out ends before an event that is missing`() throws {
    let bench = try StoreBench()
    _ = try small(bench)
    let writer = try bench.journal("shop")
    var (whole, entry) = writer.newestWorld()
    writer.replay(after: entry, on: &whole) { _, _ in }
    writer.offer(whole.core(after: writer.last))
    writer.close()
    let database = try Database(bench.path("shop"), .write)
    try database.run("DELETE FROM event WHERE position = 1")
    database.close()
    var opening = SQLiteJournal.Opening(path: bench.path("shop"))
    opening.comparedEntries = 0
    let journal = try SQLiteJournal.open(opening, .read)
    defer { journal.close() }
    let world = journal.newestWorld().0
    #expect(world.log.count == 3)
    var bytes: [UInt8] = []
    let count = EventFile.forEachBlock(of: world.log) { block, _ in
      bytes += block
      return true
    }
    // Those of a page are had together or not at all.
    #expect(count < 2)
    #expect(bytes.split(separator: 0x0A).count == count)
    #expect(journal.fault != nil)
  }

  @Test func `a copy that is made while a session goes on is a store of its own`() throws {
    let bench = try StoreBench()
    let store = try Store.open(bench.path("shop"))
    var session = try Session(.shop, store: store)
    #expect(session.run("do PlaceOrder customer=c-1 total:=5").problem == nil)
    try store.backup(to: bench.path("copy"))
    let before = session.contents
    #expect(session.run("do PlaceOrder customer=c-2 total:=6").problem == nil)
    #expect(try Store.verify(bench.path("copy")) == [])
    #expect(try bench.folder.mode("copy.eventicle") == 0o600)
    let copy = try Session(.shop, store: try Store.open(bench.path("copy")))
    #expect(copy.contents == before && session.contents != before)
    #expect(throws: StoreError.self) { try store.backup(to: bench.path("copy")) }
  }

  @Test func `what follows a changed row is not trusted, and what is before it is`() throws {
    let bench = try StoreBench()
    _ = try small(bench)
    for change in [
      "UPDATE event SET data = '{}' WHERE position = 1", "DELETE FROM event WHERE position = 1",
      "UPDATE journal SET instant = instant + 1 WHERE entry = 2",
      "UPDATE journal SET hash = hash + 1 WHERE hash IS NOT NULL AND entry > 1",
      "UPDATE kind SET type = 'Other' WHERE number = 0", "UPDATE tape SET line = 'x'",
      "UPDATE consumer SET name = 'x' WHERE number = 1",
      "UPDATE name SET text = text || 'x' WHERE number = 1",
      "UPDATE meta SET value = 'x' WHERE name = 'domain'",
      "DELETE FROM journal WHERE entry = (SELECT max(entry) - 1 FROM journal)",
    ] {
      remove(bench.path("changed"))
      try bench.copy("shop", as: "changed")
      let database = try Database(bench.path("changed"), .write)
      try database.run(change)
      try database.run("PRAGMA wal_checkpoint(TRUNCATE)")
      database.close()
      let fault = contents(bench, "changed").fault
      let words = change.contains("meta") ? "The store is damaged: " : "The store is whole up to"
      #expect(fault?.hasPrefix(words) ?? false, "\(change): \(fault ?? "")")
    }
  }

  // MARK: - Faults of the disk

  private func onDisk(
    _ name: String, _ code: Int32, _ body: (StoreBench, String) throws -> Void
  ) throws {
    let bench = try StoreBench()
    let disk = "disk-\(name)-\(bench.folder.path)"
    #expect(fd_add(disk) == 0)
    try body(bench, disk)
  }

  private func session(_ bench: StoreBench, _ disk: String) throws -> Session {
    try Session(
      .shop, store: Store(try bench.journal("shop", vfs: disk)))
  }

  private static let story = [
    "do PlaceOrder customer=c-1 total:=5", "do CapturePayment paymentId=pay-1", "clock +30s",
    "emit notes Noted n-1 a=1",
  ]

  @Test func `a full disk costs the line, and the next one is kept when there is room`() throws {
    try onDisk("full", SQLITE_FULL) { bench, disk in
      var (failures, change) = (0, Int64(1))
      while true {
        for name in bench.folder.names { remove(bench.folder.file(name)) }
        var session = try session(bench, disk)
        var plain = try Session(.shop)
        fd_fail(disk, change, SQLITE_FULL)
        for line in Self.story {
          let reply = session.run(line)
          if reply.problem?.message == StoreFault.full.description {
            failures += 1
            fd_fail(disk, 0, SQLITE_OK)
            #expect(session.contents == plain.contents, "change \(change), \(line)")
            #expect(session.run(line).problem == plain.run(line).problem)
          } else {
            #expect(reply.problem == plain.run(line).problem)
          }
          #expect(session.contents == plain.contents, "change \(change), \(line)")
        }
        let isThrough = fd_changes(disk) < change && failures > 0
        fd_fail(disk, 0, SQLITE_OK)
        session.used.keeper?.store.closeFile()
        let again = try Session(.shop, store: Store(try bench.journal("shop", vfs: disk)))
        #expect(again.contents == plain.contents)
        if isThrough || change > 200 { break }
        change += 1
      }
      #expect(failures > 3)
    }
  }

  @Test func `a write that fails ends writing, and shows what the file has`() throws {
    try onDisk("errors", SQLITE_IOERR) { bench, disk in
      var failures = 0
      for change in Int64(1)...40 {
        for name in bench.folder.names { remove(bench.folder.file(name)) }
        var session = try session(bench, disk)
        var acknowledged = session.contents
        fd_fail(disk, change, SQLITE_IOERR | (4 << 8))
        for line in Self.story {
          let reply = session.run(line)
          guard reply.problem?.message.hasPrefix("Writing to the store failed") ?? false else {
            acknowledged = session.contents
            continue
          }
          failures += 1
          let shown = session.contents
          // The disk works again, but nothing says what of the line is there: no further write.
          fd_fail(disk, 0, SQLITE_OK)
          #expect(
            session.run("emit notes Noted n-2 a=2").problem?.message
              .hasPrefix("Writing to the store failed") ?? false)
          #expect(session.contents == shown)
          session.used.keeper?.store.closeFile()
          let again = try Session(.shop, store: Store(try bench.journal("shop", vfs: disk)))
          #expect(again.contents == shown || again.contents == acknowledged, "change \(change)")
          acknowledged = again.contents
          break
        }
        fd_fail(disk, 0, SQLITE_OK)
        session.used.keeper?.store.closeFile()
      }
      #expect(failures > 5)
    }
  }
}

extension JournalStore {
  /// Ends the work with a file.
  fileprivate func closeFile() { (self as? any JournalFile)?.close() }
}
