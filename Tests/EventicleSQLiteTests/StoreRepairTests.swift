import EventicleSamples
import TestSupport
import Testing

@testable import EventicleCore
@testable import EventicleSQLite
@testable import EventicleWorkbench

/// What can be saved of a store that is damaged in more than a row.
@Suite struct StoreRepairTests {
  private static let line = "do PlaceOrder customer=c-1 total:=5"

  private func made(_ bench: StoreBench) throws -> Session {
    var session = try Session(.shop, store: try Store.open(bench.path("shop")))
    for _ in 0..<6 { #expect(session.run(Self.line).problem == nil) }
    session.leaveStore()
    return session
  }

  private func change(_ path: String, _ sql: String) throws {
    let database = try Database(path, .write)
    defer { database.close() }
    try database.run("PRAGMA writable_schema=ON")
    try database.run(sql)
    try database.run("PRAGMA wal_checkpoint(TRUNCATE)")
  }

  private func expectAllSaved(
    _ bench: StoreBench, _ whole: Session, _ what: String
  ) throws {
    let path = bench.path("shop")
    let before = try bytes(path)
    let repair = try Store.repair(path, into: bench.path("new"))
    #expect(repair == Store.Repair(entries: whole.timeline.count, damage: nil), "\(what)")
    #expect(try bytes(path) == before, "\(what)")
    #expect(try Store.verify(bench.path("new")) == [], "\(what)")
    let store = try Store.open(bench.path("new"))
    let again = try Session(.shop, store: store)
    #expect(again.contents == whole.contents && again.tape == whole.tape, "\(what)")
    store.close()
    let left = bench.folder.names.filter { $0.contains("copy") || $0.contains("ndjson") }
    #expect(left.isEmpty)
    StoreFile.remove(bench.path("new"))
  }

  @Test func `a declaration that says nothing any more costs nothing`() throws {
    let bench = try StoreBench()
    let whole = try made(bench)
    let kept = try bytes(bench.path("shop"))
    let garbage = [
      "sql = 'CREATE gar bage'", "name = 'x', tbl_name = 'y'",
      "type = 'table', name = '', tbl_name = '', sql = x'ff00'",
    ]
    for (number, (name, _)) in Schema.truth.enumerated() {
      for (kind, change) in garbage.enumerated()
      where TestEnvironment.isTorture || kind == number % garbage.count {
        StoreFile.remove(bench.path("shop"))
        try write(kept, bench.path("shop"))
        try self.change(
          bench.path("shop"), "UPDATE sqlite_schema SET \(change) WHERE name = '\(name)'")
        #expect(throws: StoreError.self) { try Store.open(bench.path("shop")) }
        try expectAllSaved(bench, whole, "\(name): \(change)")
      }
    }
  }

  @Test func `several declarations and a copy in another order are repaired as well`() throws {
    let bench = try StoreBench()
    let whole = try made(bench)
    let store = try Store.open(bench.path("shop"), .read)
    try store.backup(to: bench.path("copy"))
    store.close()
    StoreFile.remove(bench.path("shop"))
    try bench.copy("copy", as: "shop")
    StoreFile.remove(bench.path("copy"))
    try change(
      bench.path("shop"),
      "UPDATE sqlite_schema SET sql = 'x' || sql, name = 'n' || name, tbl_name = 'n' || name "
        + "WHERE name IN ('meta', 'event', 'journal', 'tape', 'history', 'events')")
    try expectAllSaved(bench, whole, "several")
  }

  @Test func `whole events behind the damage are saved in a file that can be imported`() throws {
    let bench = try StoreBench()
    let whole = try made(bench)
    let path = bench.path("shop")
    try change(path, "UPDATE journal SET instant = instant + 1 WHERE entry = 9")
    try change(
      path,
      "UPDATE event SET data = CAST(x'ff' AS TEXT) WHERE position = (SELECT max(position) FROM event)"
    )
    let repair = try Store.repair(path, into: bench.path("new"))
    let lost = try #require(repair.lost)
    #expect(lost == repair.entries + 1...whole.timeline.count && lost.contains(9))
    let rest = try #require(repair.rest)
    #expect(rest.path == bench.path("new") + ".after.ndjson")
    #expect(try bench.folder.mode("new.eventicle.after.ndjson") == 0o600)
    let new = try Store.open(bench.path("new"))
    var session = try Session(.shop, store: new)
    // The last event is unreadable; the others go on where the new store ends.
    #expect(session.head.log.count + rest.events == whole.head.log.count - 1)
    #expect(try session.importEvents(try bytes(rest.path)) == rest.events)
    for number in 1..<whole.head.log.count {
      let (old, new) = (
        whole.head.log.event(at: Position(number)), session.head.log.event(at: Position(number))
      )
      #expect(old?.json == new?.json)
    }
    new.close()
    // Files that are there are not replaced.
    remove(bench.path("new"))
    #expect {
      try Store.repair(path, into: bench.path("new"))
    } throws: { error in
      "\(error)".contains(".after.ndjson is there already")
    }
  }

  @Test func `lines of the tape before a changed one are saved`() throws {
    let bench = try StoreBench()
    let whole = try made(bench)
    try change(bench.path("shop"), "UPDATE tape SET line = 'x' WHERE number = 3")
    let repair = try Store.repair(bench.path("shop"), into: bench.path("new"))
    #expect(repair.entries == whole.timeline.count && repair.lost == nil && repair.rest == nil)
    #expect(repair.damage == "command line 4 is missing or changed")
    let again = try Session(.shop, store: try Store.open(bench.path("new")))
    #expect(again.tape == Array(whole.tape.prefix(3)))
  }

  @Test func `a copy keeps the kind of log that stores have`() throws {
    let bench = try StoreBench()
    _ = try made(bench)
    let store = try Store.open(bench.path("shop"), .read)
    try store.backup(to: bench.path("copy"))
    store.close()
    let header = try bytes(bench.path("copy"))[18...19]
    #expect(Array(header) == [2, 2])
    #expect(!StoreFile.isThere(bench.path("copy") + "-wal"))
  }
}
