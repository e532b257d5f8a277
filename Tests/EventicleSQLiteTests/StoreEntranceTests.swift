import EventicleSamples
import Foundation
import TestSupport
import Testing

@testable import EventicleCore
@testable import EventicleSQLite
@testable import EventicleWorkbench

/// What can be met at the path of a store: other names of it, unfinished writes, missing rights.
@Suite struct StoreEntranceTests {
  private static let line = "do PlaceOrder customer=c-1 total:=5"

  @Test func `a store whose log is half in its file opens`() throws {
    let bench = try StoreBench()
    var session = try Session(.shop, store: try Store.open(bench.path("shop")))
    for _ in 0..<40 { #expect(session.run(Self.line).problem == nil) }
    try bench.copy("shop", as: "half")
    let contents = session.contents
    session.leaveStore()
    // The first page says how many there are; a checkpoint that ends after it has written no other.
    let done = try bytes(bench.path("shop"))
    var half = try bytes(bench.path("half"))
    #expect(half.count < done.count)
    half.replaceSubrange(0..<4_096, with: done.prefix(4_096))
    try write(half, bench.path("half"))
    #expect(try Store.verify(bench.path("half")) == [])
    let again = try Session(.shop, store: try Store.open(bench.path("half")))
    #expect(again.contents == contents)
  }

  @Test(arguments: [1, 8]) func `what was not acknowledged is gone when a store is closed`(
    interval: Int
  ) throws {
    let bench = try StoreBench(isTight: interval == 1)
    let start = try Session(.shop)
    let journal = try bench.made("shop", start.engine.world)
    var session = try Session(.shop, resuming: journal)
    #expect(session.run(Self.line).problem == nil)
    let (kept, contents) = (journal.last, session.contents)
    var other = try Session(.shop)
    _ = other.run(Self.line)
    _ = other.run(Self.line)
    other.timeline.forEachStep(home: other.domain.aggregateKey) { step in
      if step.first > kept { journal.append(step) }
      return true
    }
    #expect(journal.last > kept)
    journal.close()
    #expect(try Store.verify(bench.path("shop")) == [])
    let again = try Session(.shop, store: try Store.open(bench.path("shop")))
    #expect(again.timeline.last == kept && again.contents == contents)
  }

  @Test func `a link to a store has the lock of the store`() throws {
    let bench = try StoreBench()
    let store = try Store.open(bench.path("shop"))
    try FileManager.default.createSymbolicLink(
      atPath: bench.path("link"), withDestinationPath: bench.path("shop"))
    #expect(throws: StoreError.self) { try Store.open(bench.path("link")) }
    store.close()
    var session = try Session(.shop, store: try Store.open(bench.path("link")))
    #expect(session.run(Self.line).problem == nil)
    session.leaveStore()
    #expect(try Store.open(bench.path("shop"), .read).entryCount == session.timeline.count)
  }

  @Test func `a file with two names is no place for a store`() throws {
    let bench = try StoreBench()
    try Store.open(bench.path("shop")).close()
    try FileManager.default.linkItem(atPath: bench.path("shop"), toPath: bench.path("other"))
    for name in ["shop", "other"] {
      #expect {
        try Store.open(bench.path(name))
      } throws: { error in
        "\(error)".contains("2 names")
      }
    }
    remove(bench.path("other"))
    try Store.open(bench.path("shop")).close()
  }

  @Test func `nothing is acknowledged any more when the lock's file was removed`() throws {
    let bench = try StoreBench()
    var session = try Session(.shop, store: try Store.open(bench.path("shop")))
    #expect(session.run(Self.line).problem == nil)
    let count = session.timeline.count
    remove(bench.path("shop") + "-lock")
    #expect(session.run(Self.line).problem != nil)
    session.leaveStore()
    #expect(try Store.open(bench.path("shop"), .read).entryCount == count)
  }

  @Test func `a store beside which nothing can be made is read`() throws {
    let bench = try StoreBench()
    var session = try Session(.shop, store: try Store.open(bench.path("shop")))
    #expect(session.run(Self.line).problem == nil)
    let contents = session.contents
    session.leaveStore()
    // Stands for a folder without the right to write, which everything may write for root.
    for ending in ["-shm", "-wal"] { remove(bench.path("shop") + ending) }
    try FileManager.default.createDirectory(
      atPath: bench.path("shop") + "-shm", withIntermediateDirectories: false)
    #expect(try Store.verify(bench.path("shop")) == [])
    let again = try Session(.shop, store: try Store.open(bench.path("shop"), .read))
    #expect(again.contents == contents)
  }

  // MARK: - Repair

  /// A store with some orders, and the number of its entries.
  private func orders(_ bench: StoreBench, _ count: Int) throws -> Int {
    var session = try Session(.shop, store: try Store.open(bench.path("shop")))
    for _ in 0..<count { #expect(session.run(Self.line).problem == nil) }
    session.leaveStore()
    return session.timeline.count
  }

  @Test(arguments: [
    #"UPDATE event SET data = '{"a":' WHERE position = 6"#,
    "UPDATE event SET data = CAST(x'ff7b' AS TEXT) WHERE position = 6",
  ]) func `what comes before an unreadable event is saved`(change: String) throws {
    let bench = try StoreBench()
    let count = try orders(bench, 8)
    let database = try Database(bench.path("shop"), .write)
    try database.run(change)
    database.close()
    let repair = try Store.repair(bench.path("shop"), into: bench.path("new"))
    #expect(repair.entries > 0 && repair.entries < count && repair.damage != nil)
    #expect(try Store.verify(bench.path("new")) == [])
    #expect(try Store.open(bench.path("new")).entryCount == repair.entries)
  }

  @Test func `what is left of a file whose end is missing is saved`() throws {
    let bench = try StoreBench()
    let count = try orders(bench, 60)
    let whole = try bytes(bench.path("shop"))
    var saved: [Int] = []
    for part in 1...9 {
      try write(Array(whole.prefix(whole.count * part / 10)), bench.path("cut"))
      do {
        let repair = try Store.repair(bench.path("cut"), into: bench.path("new"))
        #expect(repair.damage != nil && repair.entries < count)
        #expect(try Store.verify(bench.path("new")) == [])
        saved.append(repair.entries)
        StoreFile.remove(bench.path("new"))
      } catch {
        #expect("\(error)".hasPrefix("Nothing of "))
        // What could not be made is not left behind.
        #expect(try bytes(bench.path("new")).isEmpty)
      }
    }
    #expect(saved.contains { $0 > 0 })
  }

  @Test func `files that are no store, or of a newer program, are not repaired`() throws {
    let bench = try StoreBench()
    try write(Array("emit notes Noted\n".utf8), bench.path("tape"))
    let operations: [() throws -> Void] = [
      { _ = try Store.verify(bench.path("tape")) },
      { _ = try Store.repair(bench.path("tape"), into: bench.path("new")) },
      { _ = try Store.open(bench.path("tape")) },
    ]
    for operation in operations {
      #expect {
        try operation()
      } throws: { error in
        "\(error)".contains("is no store of Eventicle")
      }
    }
    _ = try orders(bench, 1)
    let database = try Database(bench.path("shop"), .write)
    try database.run("PRAGMA user_version = 99")
    database.close()
    #expect {
      try Store.repair(bench.path("shop"), into: bench.path("new"))
    } throws: { error in
      "\(error)".contains("format 99")
    }
    #expect(try bytes(bench.path("new")).isEmpty)
  }
}
