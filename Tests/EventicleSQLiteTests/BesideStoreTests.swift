import EventicleSamples
import TestSupport
import Testing

@testable import EventicleCore
@testable import EventicleSQLite
@testable import EventicleWorkbench

/// The files beside a store: its own come and go, others stay.
@Suite struct BesideStoreTests {
  private let stranger = Array("not of a store\n".utf8)

  private func problem(_ body: () throws -> Void) -> String {
    do {
      try body()
      return ""
    } catch { return "\(error)" }
  }

  private func made(_ bench: StoreBench) throws {
    var session = try Session(.shop, store: Store.open(bench.path("shop")))
    #expect(session.run("do PlaceOrder customer=c-1 total:=5").problem == nil)
    session.leaveStore()
  }

  @Test(arguments: ["-wal", "-shm", "-journal", "-lock"])
  func `somebody else's file stays, and nothing is made beside it`(ending: String) throws {
    let bench = try StoreBench()
    let path = bench.path("new")
    try write(stranger, path + ending)
    let sentence = problem { _ = try Store.open(path) }
    #expect(sentence.hasPrefix("\(path)\(ending) is there "))
    #expect(sentence.contains("move it elsewhere"))
    #expect(try bytes(path + ending) == stranger)
    if ending != "-lock" { #expect(bench.folder.names == ["new.eventicle" + ending]) }
  }

  @Test(arguments: ["-wal", "-shm", "-journal", "-lock"])
  func `neither a copy nor a repaired store takes somebody else's file`(ending: String) throws {
    let bench = try StoreBench()
    try made(bench)
    for name in ["new.eventicle", "new.eventicle-part", "new.eventicle-copy"] {
      try write(stranger, bench.folder.file(name) + ending)
    }
    let store = try Store.open(bench.path("shop"), .read)
    defer { store.close() }
    _ = problem { try store.backup(to: bench.path("new")) }
    _ = problem { _ = try Store.repair(bench.path("shop"), into: bench.path("new")) }
    for name in ["new.eventicle", "new.eventicle-part", "new.eventicle-copy"] {
      #expect(try bytes(bench.folder.file(name) + ending) == stranger, "\(name)")
    }
  }

  @Test func `who only reads leaves nothing behind`() throws {
    let bench = try StoreBench()
    try made(bench)
    let names = bench.folder.names
    #expect(names == ["shop.eventicle", "shop.eventicle-lock"])
    let store = try Store.open(bench.path("shop"), .read)
    #expect(bench.folder.names.count > 2)
    store.close()
    #expect(bench.folder.names == names)
    #expect(try Store.verify(bench.path("shop")) == [])
    #expect(Store.tableDamage(in: bench.path("shop")) == nil)
    #expect(bench.folder.names == names)
  }

  @Test func `what others still use stays when a reader leaves`() throws {
    let bench = try StoreBench()
    try made(bench)
    let first = try Store.open(bench.path("shop"), .read)
    let names = bench.folder.names
    try Store.open(bench.path("shop"), .read).close()
    #expect(bench.folder.names == names)
    var session = try Session(.shop, store: Store.open(bench.path("shop")))
    #expect(session.run("do PlaceOrder customer=c-2 total:=5").problem == nil)
    try Store.open(bench.path("shop"), .read).close()
    #expect(bench.folder.names == names)
    #expect(
      first.file.takeNews(1_000) { _ in } == false && first.entryCount == session.timeline.count)
    session.leaveStore()
    first.close()
  }

  @Test func `a copy is not made where no file can be, and that is the reason`() throws {
    let bench = try StoreBench()
    try made(bench)
    let store = try Store.open(bench.path("shop"), .read)
    defer { store.close() }
    let folder = bench.folder.file("missing")
    #expect(
      problem { try store.backup(to: folder + "/copy.eventicle") }
        == "\(folder) is no folder; make it before a store in it.")
  }

  @Test func `a store that was made in vain is removed, unless somebody has it open`() throws {
    let bench = try StoreBench()
    try made(bench)
    var session = try Session(.shop, store: Store.open(bench.path("shop")))
    Store.discard(bench.path("shop"))
    #expect(bench.folder.names.contains("shop.eventicle"))
    session.leaveStore()
    Store.discard(bench.path("shop"))
    #expect(bench.folder.names == [])
  }
}
