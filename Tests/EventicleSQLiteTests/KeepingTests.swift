import TestSupport
import Testing

@testable import EventicleCore
@testable import EventicleSQLite
@testable import EventicleSamples
@testable import EventicleWorkbench

@Suite struct KeepingTests {
  @Test(arguments: seeds(3))
  func `a session in memory that is kept in a store goes on there`(seed: UInt64) throws {
    let bench = try StoreBench()
    let path = bench.path("shop")
    var session = try Session(.shop, seed: seed)
    var tape = RandomTape(seed: seed)
    for _ in 0..<12 { _ = session.run(tape.line()) }
    let before = session.contents
    let store = try Store.open(path)
    try session.keep(in: store)
    #expect(session.contents == before)
    #expect(session.unsavedLines == 0)
    for _ in 0..<6 { _ = session.run(tape.line()) }
    session.leaveStore()

    let again = try Session(.shop, store: Store.open(path))
    #expect(again.contents == session.contents)
    #expect(again.tape == session.tape)
    #expect(again.unsavedLines == 0)
  }

  @Test func `lines of a fork are in no store, and count as unsaved`() throws {
    let bench = try StoreBench()
    var session = try Session(.shop, store: Store.open(bench.path("shop")))
    _ = session.run("do PlaceOrder customer=c-1 total:=59")
    #expect(session.unsavedLines == 0)
    try session.fork("other", at: session.timeline.headCursor)
    try session.switchTo("other")
    _ = session.run("do PlaceOrder customer=c-2 total:=60")
    #expect(session.unsavedLines == 1)
  }

  @Test func `a store with a history takes no other one`() throws {
    let bench = try StoreBench()
    var first = try Session(.shop, store: Store.open(bench.path("shop")))
    _ = first.run("do PlaceOrder customer=c-1 total:=59")
    first.leaveStore()
    var second = try Session(.shop)
    let store = try Store.open(bench.path("shop"))
    #expect(throws: StoreError.self) { try second.keep(in: store) }
    _ = second.run("do PlaceOrder customer=c-2 total:=60")
    #expect(second.unsavedLines == 1)
    #expect(store.entryCount == first.timeline.count)
  }

  @Test func `a fork cannot become a store, and a stored session cannot become another`() throws {
    let bench = try StoreBench()
    var session = try Session(.shop)
    _ = session.run("do PlaceOrder customer=c-1 total:=59")
    try session.fork("other", at: session.timeline.headCursor)
    try session.switchTo("other")
    #expect(throws: StoreError.self) { try session.keep(in: Store.open(bench.path("fork"))) }
    #expect(try bytes(bench.path("fork")).isEmpty)
    try session.switchTo(Branch.mainName)
    try session.keep(in: Store.open(bench.path("shop")))
    #expect(throws: StoreError.self) { try session.keep(in: Store.open(bench.path("twice"))) }
  }
}
