import CSQLite
import EventicleSamples
import Foundation
import TestSupport
import Testing

@testable import EventicleCore
@testable import EventicleSQLite
@testable import EventicleWorkbench

@Suite struct StoreFileTests {
  private func problem(_ path: String, _ access: Store.Access = .write) -> String? {
    do {
      _ = try Store.open(path, access)
      return nil
    } catch { return "\(error)" }
  }

  @Test func `a store's file is its owner's alone, and known by what it is`() throws {
    let bench = try StoreBench()
    let store = try Store.open(bench.path("shop"))
    _ = try Session(.shop, store: store)
    store.close()
    #expect(try bench.folder.mode("shop.eventicle") == 0o600)
    #expect(bench.folder.names == ["shop.eventicle", "shop.eventicle-lock"])
    let database = try Database(bench.path("shop"), .read)
    #expect(try database.number("PRAGMA application_id") == 1_163_284_052)
    #expect(try database.number("PRAGMA user_version") == 1)
  }

  @Test func `what is no store is refused in words and left alone`() throws {
    let bench = try StoreBench()
    let text = try bench.folder.write("These are no bytes of a database, not even nearly.", to: "a")
    #expect(problem(text)?.hasSuffix("a is no store of Eventicle; name another file.") ?? false)
    let foreign = bench.folder.file("b")
    let database = try Database(bench.folder.write("", to: "b"), .write)
    try database.run("CREATE TABLE t(a)")
    database.close()
    let before = try bytes(foreign)
    #expect(problem(foreign)?.contains("b is an SQLite file, but no store") ?? false)
    #expect(try bytes(foreign) == before)
    #expect(problem(bench.folder.path)?.contains("is no ordinary file") ?? false)
    #expect(problem(bench.folder.file("none/c"))?.contains("is no folder") ?? false)
    #expect(problem("")?.contains("needs a path") ?? false)
    #expect(problem(bench.folder.file("d"), .read)?.contains("There is no store at") ?? false)
    #expect(bench.folder.names == ["a", "b"])
  }

  @Test func `no store is made through a link or where everybody may replace it`() throws {
    let bench = try StoreBench()
    let files = FileManager.default
    try files.createSymbolicLink(
      atPath: bench.path("link"), withDestinationPath: bench.path("elsewhere"))
    #expect(problem(bench.path("link"))?.contains("link that leads nowhere") ?? false)
    #expect(!files.fileExists(atPath: bench.path("elsewhere")))
    try files.createDirectory(
      atPath: bench.folder.file("open"), withIntermediateDirectories: false)
    try files.setAttributes(
      [.posixPermissions: 0o777], ofItemAtPath: bench.folder.file("open"))
    #expect(problem(bench.folder.file("open/s"))?.contains("Everybody may replace") ?? false)
  }

  @Test func `a file of a newer program is refused with its format`() throws {
    let bench = try StoreBench()
    try Store.open(bench.path("shop")).close()
    let database = try Database(bench.path("shop"), .write)
    try database.run("PRAGMA user_version=2; PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    #expect(problem(bench.path("shop"))?.contains("format 2") ?? false)
  }

  @Test func `a store that somebody has open for writing is refused with the process`() throws {
    let bench = try StoreBench()
    let store = try Store.open(bench.path("shop"))
    let session = try Session(.shop, store: store)
    #expect(problem(bench.path("shop"))?.contains("in process \(getpid())") ?? false)
    // Reading is possible all the same.
    let reader = try Store.open(bench.path("shop"), .read)
    #expect(reader.entryCount == session.timeline.count && reader.readOnlyReason != nil)
    store.close()
    #expect(problem(bench.path("shop")) == nil)
  }

  @Test func `a session on a store that is only read changes nothing`() throws {
    let bench = try StoreBench()
    var first = try Session(.shop, store: try Store.open(bench.path("shop")))
    #expect(first.run("do PlaceOrder customer=c-1 total:=1").problem == nil)
    var reader = try Session(.shop, store: try Store.open(bench.path("shop"), .read))
    #expect(reader.contents == first.contents)
    let reply = reader.run("do PlaceOrder customer=c-2 total:=2")
    #expect(reply.problem?.message.contains("writes nothing") ?? false)
    #expect(reader.contents == first.contents)
  }

  @Test func `a store of another domain is refused`() throws {
    let bench = try StoreBench()
    let store = try Store.open(bench.path("shop"))
    _ = try Session(.shop, store: store)
    #expect(throws: StoreError.self) { _ = try Session(Domain("bank"), store: store) }
  }

  @Test func `a store that was renamed or replaced is not written to any more`() throws {
    let bench = try StoreBench()
    let store = try Store.open(bench.path("shop"))
    var session = try Session(.shop, store: store)
    let before = session.contents
    try FileManager.default.moveItem(atPath: bench.path("shop"), toPath: bench.path("other"))
    let reply = session.run("do PlaceOrder customer=c-1 total:=1")
    #expect(reply.problem?.message == StoreFault.gone.description)
    #expect(session.contents == before)
    #expect(store.readOnlyReason == StoreFault.gone.description)
  }

  @Test func `entries that were acknowledged and are missing are noticed`() throws {
    let bench = try StoreBench()
    var session = try Session(.shop, store: try Store.open(bench.path("shop")))
    try bench.copy("shop", as: "other")
    #expect(session.run("do PlaceOrder customer=c-1 total:=1").problem == nil)
    // The log of writes is taken away, as a careless copy does.
    try write(try bytes(bench.path("shop") + "-lock"), bench.path("other") + "-lock")
    remove(bench.path("other") + "-wal")
    #expect(problem(bench.path("other"))?.contains("are missing, which were there once") ?? false)
  }

  @Test func `a person can read a store with plain SQL`() throws {
    let bench = try StoreBench()
    let store = try Store.open(bench.path("shop"))
    var session = try Session(.shop, store: store)
    #expect(session.run("do PlaceOrder customer=c-1 total:=1").problem == nil)
    #expect(session.run("do PlaceOrder customer=c-1 total:=-1").problem != nil)
    store.close()
    let database = try Database(bench.path("shop"), .read)
    let counts = try Statement("select type, count(*) from events group by 1 order by 1", database)
    var found: [String: Int] = [:]
    while try counts.next() { found[counts.text(0) ?? ""] = counts.int(1) }
    var wanted: [String: Int] = [:]
    for number in 1..<(session.head.log.count + 1) {
      guard let event = session.head.log.event(at: Position(number)) else { continue }
      wanted[event.type.text, default: 0] += 1
    }
    #expect(found == wanted && !wanted.isEmpty)
    let event = try #require(session.head.log.event(at: Position(1)))
    let first = try Statement(
      "select id, created_at, json(data), stream from events where position = 1", database)
    #expect(try first.next())
    #expect(first.text(0) == event.id.text && first.text(1) == "\(event.createdAt)")
    #expect(first.text(2) == event.data.description && first.text(3) == event.stream.text)
    #expect(try database.number("select count(*) from errors") > 0)
    #expect(try database.number("select count(*) from entries") == session.timeline.count)
    for statement in [counts, first] { statement.finish() }
  }

  @Test func `a store that is not there is neither checked nor repaired, and none is made`() throws
  {
    let bench = try StoreBench()
    let (missing, new) = (bench.path("missing"), bench.path("new"))
    #expect(throws: StoreError("There is no store at \(missing); is the name right?")) {
      try Store.verify(missing)
    }
    #expect(throws: StoreError.self) { try Store.repair(missing, into: new) }
    #expect(try bytes(missing).isEmpty && bytes(new).isEmpty)
  }
}
