import TestSupport
import Testing

@testable import EventicleCore
@testable import EventicleSQLite
@testable import EventicleWorkbench

/// Damage of the tables that are made from steps, with a whole history behind them.
@Suite struct TableDamageTests {
  /// A store of the library, and what a session on it shows.
  private func made(_ bench: StoreBench) throws -> String {
    var session = try Session(
      Library().domain, store: try Store.open(bench.path("library")))
    for line in Library.story { _ = session.run(line) }
    session.leaveStore()
    return session.contents
  }

  private func change(_ bench: StoreBench, _ sql: String) throws {
    let database = try Database(bench.path("library"), .write)
    defer { database.close() }
    try database.run("PRAGMA writable_schema=ON")
    try database.run(sql)
    try database.run("PRAGMA wal_checkpoint(TRUNCATE)")
  }

  private func contents(_ bench: StoreBench, _ store: Store) throws -> String {
    let session = try Session(Library().domain, store: store)
    defer { store.close() }
    return session.contents
  }

  private static let declarations = [
    "UPDATE sqlite_schema SET sql = 'CREATE garbage' WHERE name = 'history'",
    "UPDATE sqlite_schema SET sql = 'CREATE TABLE timer(a)' WHERE name = 'timer'",
    "UPDATE sqlite_schema SET name = 'x' WHERE name = 'record'",
    "DELETE FROM sqlite_schema WHERE name = 'aggregate_typeid'",
    "DELETE FROM sqlite_schema WHERE name = 'events'", "DROP TABLE event_id",
    "CREATE TABLE mine(a)",
  ]

  @Test(arguments: declarations)
  func `damaged declarations are told with the way out, which makes the tables again`(
    change sql: String
  ) throws {
    let bench = try StoreBench()
    let wanted = try made(bench)
    try change(bench, sql)
    let path = bench.path("library")
    let damage = try #require(Store.tableDamage(in: path))
    #expect(damage.hasPrefix("The tables in which the store finds things are damaged: "))
    #expect(damage.hasSuffix("with --repair-derived."))
    #expect {
      try Store.open(path)
    } throws: { error in
      "\(error)" == damage
    }
    let findings = try Store.findings(in: path)
    #expect(findings.history == [] && !findings.tables.isEmpty, "\(findings)")
    // Whoever only reads makes tables of its own.
    #expect(try contents(bench, try Store.open(path, .read)) == wanted)
    #expect(try contents(bench, try Store.openRemakingTables(path)) == wanted)
    #expect(Store.tableDamage(in: path) == nil)
    #expect(try Store.verify(path) == [])
    #expect(try contents(bench, try Store.open(path)) == wanted)
  }

  @Test func `pages that cannot be read are left behind when the tables are made again`() throws {
    let bench = try StoreBench()
    let wanted = try made(bench)
    let path = bench.path("library")
    let database = try Database(path, .read)
    var roots: [String: Int] = [:]
    for table in DerivedTables.all {
      let row = try Statement(
        "SELECT rootpage FROM sqlite_schema WHERE name = '\(table.name)'", database)
      #expect(try row.next())
      roots[table.name] = row.int(0)
      row.finish()
    }
    database.close()
    let whole = try bytes(path)
    // Every table in the slow tier; in the fast one the first, which is looked at when a store is
    // opened, and some others.
    let stride = TestEnvironment.isTorture ? 1 : 4
    for table in Swift.stride(from: 0, to: DerivedTables.all.count, by: stride).map({
      DerivedTables.all[$0]
    }) {
      var changed = whole
      let page = try #require(roots[table.name])
      changed.replaceSubrange(
        (page - 1) * 4_096..<page * 4_096, with: repeatElement(0xA5, count: 4_096))
      StoreFile.remove(path)
      try write(changed, path)
      let findings = try Store.findings(in: path)
      #expect(findings.history == [] && !findings.tables.isEmpty, "\(table.name): \(findings)")
      #expect(try contents(bench, try Store.openRemakingTables(path)) == wanted, "\(table.name)")
      #expect(try Store.verify(path) == [], "\(table.name)")
    }
  }

  @Test func `tables of another layout are made again without a word`() throws {
    let bench = try StoreBench()
    let wanted = try made(bench)
    let path = bench.path("library")
    // What a program with another layout leaves: other tables, and a number that says so.
    let store = try Store.open(path)
    let number = try #require(store.file as? SQLiteJournal).meta.store
    store.close()
    var hash = StepHash(after: number)
    hash.add("derived")
    hash.add(Array("0".utf8))
    let sql =
      "DROP TABLE history; DROP TABLE mark; CREATE TABLE mark(a); CREATE TABLE older(b); "
      + "UPDATE meta SET value = 0, hash = \(hash.stored) WHERE name = 'derived'"
    try change(bench, sql)
    #expect(Store.tableDamage(in: path) == nil)
    #expect(try contents(bench, try Store.open(path, .read)) == wanted)
    #expect(try contents(bench, try Store.open(path)) == wanted)
    #expect(try Store.verify(path) == [])
  }

  @Test func `a history that is damaged too is not touched`() throws {
    let bench = try StoreBench()
    _ = try made(bench)
    let path = bench.path("library")
    try change(
      bench, "UPDATE journal SET instant = instant + 1 WHERE entry = 3; DROP TABLE event_id")
    let before = try bytes(path)
    #expect {
      try Store.openRemakingTables(path)
    } throws: { error in
      "\(error)".hasPrefix("The store is whole up to")
    }
    #expect(try bytes(path) == before)
    let findings = try Store.findings(in: path)
    #expect(!findings.history.isEmpty && !findings.tables.isEmpty)
  }
}
