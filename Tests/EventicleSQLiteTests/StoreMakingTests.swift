import EventicleSamples
import TestSupport
import Testing

@testable import EventicleCore
@testable import EventicleSQLite
@testable import EventicleWorkbench

/// How stores come to be: made, copied, repaired.
@Suite struct StoreMakingTests {
  private func shop(_ bench: StoreBench) throws -> Int {
    var session = try Session(.shop, store: try Store.open(bench.path("shop")))
    #expect(session.run("do PlaceOrder customer=c-1 total:=5").problem == nil)
    session.leaveStore()
    return session.timeline.count
  }

  /// Whether a file says that its writes go through a log, without which a power cut can bring back
  /// the journal of a commit that was acknowledged.
  private func hasLog(_ path: String) throws -> Bool { try bytes(path)[18...19] == [2, 2] }

  @Test func `copies and repaired stores are written to as others are`() throws {
    let bench = try StoreBench()
    _ = try shop(bench)
    let store = try Store.open(bench.path("shop"), .read)
    try store.backup(to: bench.path("copy"))
    _ = try Store.repair(bench.path("shop"), into: bench.path("new"))
    for name in ["shop", "copy", "new"] { #expect(try hasLog(bench.path(name)), "\(name)") }
    // A copy that another program made.
    let database = try Database(bench.path("shop"), .read)
    try database.run("VACUUM INTO '\(bench.path("foreign"))'")
    database.close()
    #expect(try !hasLog(bench.path("foreign")))
    try Store.open(bench.path("foreign")).close()
    #expect(try hasLog(bench.path("foreign")))
  }

  @Test func `a store whose making was cut off is made again`() throws {
    let bench = try StoreBench()
    let count = try shop(bench)
    // What a kill before the end of the first commit leaves: some pages, and what undoes them.
    let whole = try bytes(bench.path("shop"))
    let mark: [UInt8] = [0xD9, 0xD5, 0x05, 0xF9, 0x20, 0xA1, 0x63, 0xD7]
    let numbers: [UInt8] = [0, 0, 0, 0, 1, 2, 3, 4, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0x10, 0]
    let journal = mark + numbers + [UInt8](repeating: 0, count: 484)
    for pages in [1, 2, whole.count / 4_096] {
      try write(Array(whole.prefix(pages * 4_096)), bench.path("half"))
      try write(journal, bench.path("half") + "-journal")
      let store = try Store.open(bench.path("half"))
      #expect(store.isNew)
      store.close()
      #expect(try Store.verify(bench.path("half")) == [])
    }
    #expect(try Store.open(bench.path("shop"), .read).entryCount == count)
  }

  @Test func `a store whose making was cut off before it began is made`() throws {
    let bench = try StoreBench()
    // What a kill leaves before the journal is on disk: its mark and a number are still zeros.
    let numbers: [UInt8] = [1, 2, 3, 4, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0x10, 0]
    let journal = [UInt8](repeating: 0, count: 12) + numbers + [UInt8](repeating: 0, count: 484)
    for name in ["empty", "none"] {
      if name == "empty" { try write([], bench.path(name)) }
      try write(journal, bench.path(name) + "-journal")
      let store = try Store.open(bench.path(name))
      #expect(store.isNew)
      store.close()
      #expect(try Store.verify(bench.path(name)) == [])
    }
    // A journal of a file that had pages is somebody's.
    var others = journal
    others[19] = 3
    try write(others, bench.path("other") + "-journal")
    #expect(throws: StoreError.self) { try Store.open(bench.path("other")) }
    #expect(try bytes(bench.path("other") + "-journal") == others)
  }

  @Test func `a repaired store has its name only when it is whole`() throws {
    let bench = try StoreBench()
    let count = try shop(bench)
    let part = bench.path("new") + "-part"
    try write([1], part)
    #expect(throws: StoreError.self) {
      try Store.repair(bench.path("shop"), into: bench.path("new"))
    }
    #expect(try bytes(part) == [1] && bytes(bench.path("new")).isEmpty)
    remove(part)
    let repair = try Store.repair(bench.path("shop"), into: bench.path("new"))
    #expect(repair.entries == count)
    #expect(bench.folder.names.filter { $0.hasPrefix("new") } == ["new.eventicle"])
  }

  @Test(arguments: ["events = events + 1", "kept = 9", "version = 99"])
  func `how far tables reach is checked`(change: String) throws {
    let bench = try StoreBench()
    _ = try shop(bench)
    let database = try Database(bench.path("shop"), .write)
    try database.run("UPDATE mark SET \(change)")
    try database.run("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    #expect(try Store.verify(bench.path("shop")).count == 1)
    // Nothing reads the version yet.
    guard !change.hasPrefix("version") else { return }
    #expect {
      try Store.open(bench.path("shop"))
    } throws: { error in
      "\(error)".contains("how far they reach is changed")
    }
  }

  @Test(arguments: [
    "UPDATE mark SET entry = 9223372036854775807 WHERE entry = (SELECT max(entry) FROM mark)",
    "UPDATE aggregate SET number = 9223372036854775807 WHERE number = 1",
    "UPDATE aggregate SET place = 9223372036854775807 WHERE number = 1",
    "UPDATE owner SET number = 9223372036854775807 WHERE number = 1",
  ])
  func `numbers that no table can have are found and end nothing`(change: String) throws {
    let bench = try StoreBench(isTight: true)
    let world = try Session(.shop).head
    do {
      let journal = try bench.made("shop", world)
      var session = try Session(.shop, resuming: journal)
      _ = session.run("do PlaceOrder customer=c-1 total:=5")
      session.leaveStore()
    }
    let database = try Database(bench.path("shop"), .write)
    try database.run(change)
    database.close()
    #expect(try !Store.verify(bench.path("shop")).isEmpty)
    // It is refused or goes on; it never traps.
    if let journal = try? bench.journal("shop"),
      var session = try? Session(.shop, resuming: journal)
    {
      for number in 2...5 { _ = session.run("do PlaceOrder customer=c-\(number) total:=5") }
      session.leaveStore()
    }
  }
}
