import TestSupport
import Testing

@testable import EventicleCore
@testable import EventicleSQLite
@testable import EventicleWorkbench

/// Stores of other formats: older ones are given this one, newer ones are read where they allow it.
@Suite struct UpgradeTests {
  /// A store of the library, and what a session on it shows.
  private func made(_ bench: StoreBench) throws -> String {
    var session = try Session(Library().domain, store: try Store.open(bench.path("library")))
    for line in Library.story { _ = session.run(line) }
    session.leaveStore()
    return session.contents
  }

  private func change(_ bench: StoreBench, _ sql: String) throws {
    let database = try Database(bench.path("library"), .write)
    defer { database.close() }
    try database.run(sql)
    try database.run("PRAGMA wal_checkpoint(TRUNCATE)")
  }

  /// A made-up older format: the table `tape` had another name and no hashes of runs were there.
  private static let older = "ALTER TABLE tape RENAME TO line; PRAGMA user_version=0"

  private static let migration = Migration(format: 0) { database in
    try database.run(Schema.tape)
    try database.run("INSERT INTO tape SELECT * FROM line; DROP TABLE line")
  }

  private func opening(_ bench: StoreBench) -> SQLiteJournal.Opening {
    var opening = SQLiteJournal.Opening(path: bench.path("library"), now: 1)
    opening.migrations = [UpgradeTests.migration]
    return opening
  }

  @Test func `a store of this format needs no upgrade`() throws {
    let bench = try StoreBench()
    _ = try made(bench)
    let before = try bytes(bench.path("library"))
    #expect(try Store.upgrade(bench.path("library")) == .none(format: 1))
    #expect(try bytes(bench.path("library")) == before)
    #expect(throws: StoreError.self) { try Store.upgrade(bench.path("missing")) }
  }

  @Test func `an older store is refused with the way out, and upgraded beside itself`() throws {
    let bench = try StoreBench()
    let wanted = try made(bench)
    try change(bench, UpgradeTests.older)
    let (path, before) = (bench.path("library"), try bytes(bench.path("library")))
    for access in [Store.Access.write, .read] {
      #expect {
        try SQLiteJournal.open(opening(bench), access)
      } throws: { error in
        "\(error)"
          == "\(path) has format 0, and this program writes format 1; eventicle upgrade \(path) makes "
          + "it one, and keeps the old one."
      }
    }
    // Without the migration no program is known that writes the format, whatever is done with it.
    let what = "the number of its format is 0, which no program has written"
    #expect(try Store.verify(path) == [what])
    for body: () throws -> Void in [
      { _ = try Store.upgrade(path) }, { _ = try Store.open(path) },
    ] {
      #expect { try body() } throws: { "\($0)".hasPrefix("The store is damaged: \(what). ") }
    }
    #expect(try bytes(path) == before)
    #expect(try Store.upgrade(opening(bench)) == .done(from: 0, to: 1, old: path + ".v0"))
    #expect(
      bench.folder.names == [
        "library.eventicle", "library.eventicle-lock", "library.eventicle.v0",
      ])
    #expect(try bytes(path + ".v0") == before)
    #expect(try Store.verify(path) == [])
    #expect(try bench.folder.mode("library.eventicle") == 0o600)
    let session = try Session(Library().domain, store: try Store.open(path))
    #expect(session.contents == wanted && session.storeRemark == nil)
  }

  @Test func `an upgrade that cannot be leaves the store as it was`() throws {
    let bench = try StoreBench()
    _ = try made(bench)
    try change(bench, UpgradeTests.older)
    let (path, before) = (bench.path("library"), try bytes(bench.path("library")))
    func expectRefused(_ opening: SQLiteJournal.Opening, _ words: String) throws {
      #expect {
        try Store.upgrade(opening)
      } throws: { error in
        "\(error)".contains(words)
      }
      #expect(try bytes(path) == before, "\(words)")
      #expect(!StoreFile.isThere(path + ".new") || words.contains(".new"), "\(words)")
    }
    // A migration that fails, and one that makes something else.
    var failing = opening(bench)
    failing.migrations = [Migration(format: 0) { try $0.run("no SQL") }]
    try expectRefused(failing, "it is as it was")
    failing.migrations = [
      Migration(format: 0) { database in
        try database.run(Schema.tape)
        try database.run(
          "INSERT INTO tape SELECT number, entry, 'x', hash FROM line; DROP TABLE line")
      }
    ]
    try expectRefused(failing, "command line 1 is missing or changed. It is as it was")
    // Somebody who writes, and somebody who reads.
    do {
      let lock = try WriterLock(path, start: 1)
      try expectRefused(opening(bench), "is open in process")
      withExtendedLifetime(lock) {}
    }
    let reader = try Database(path, .read)
    #expect(try reader.number("SELECT count(*) FROM meta") > 0)
    try expectRefused(opening(bench), "is open in another program, which reads it")
    reader.close()
    // Files that are there already.
    try write([1], path + ".new")
    try expectRefused(opening(bench), "library.eventicle.new is there already")
    remove(path + ".new")
    try write([1], path + ".v0")
    try expectRefused(opening(bench), "library.eventicle.v0 is there already")
    #expect(try bytes(path + ".v0") == [1])
  }

  @Test func `a newer store is read where it allows that, and never written`() throws {
    let bench = try StoreBench()
    let wanted = try made(bench)
    let path = bench.path("library")
    try change(bench, "PRAGMA user_version=3; CREATE TABLE later(a)")
    for operation: () throws -> Void in [
      { _ = try Store.open(path) }, { _ = try Store.open(path, .read) },
      { _ = try Store.upgrade(path) }, { _ = try Store.verify(path) },
    ] {
      #expect {
        try operation()
      } throws: { error in
        "\(error)"
          == "The store has format 3, and this program reads up to 1; a newer program opens it."
      }
    }
    let number = try Database(path, .read)
    let store = try StoreMeta(number).store
    number.close()
    func allow(_ format: Int) throws {
      var hash = StepHash(after: store)
      hash.add("readable_by")
      hash.add(Array("\(format)".utf8))
      try change(
        bench, "INSERT OR REPLACE INTO meta VALUES('readable_by', \(format), \(hash.stored))")
    }
    try allow(2)
    #expect(throws: StoreError.self) { try Store.open(path, .read) }
    try allow(1)
    let session = try Session(Library().domain, store: try Store.open(path, .read))
    #expect(session.contents == wanted)
    #expect {
      try Store.open(path)
    } throws: { error in
      "\(error)".hasSuffix("it can only be read here, and a newer program writes to it.")
    }
  }
}
