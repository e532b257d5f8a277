import EventicleSamples
import TestSupport
import Testing

@testable import EventicleCore
@testable import EventicleSQLite
@testable import EventicleWorkbench

/// What can be seen of a damaged store.
@Suite struct StoreRemainsTests {
  private static let line = "do PlaceOrder customer=c-1 total:=5"

  /// A store whose tables for finding things reach up to the middle of it.
  private func made(_ bench: StoreBench) throws -> Session {
    let journal = try bench.journal()
    var session = try Session(.shop, store: Store(journal))
    for number in 0..<8 {
      #expect(session.run(Self.line).problem == nil)
      if number == 3 { _ = journal.deliveries(of: Position(1)) }
    }
    try bench.copy("shop", as: "whole")
    return session
  }

  private func change(_ bench: StoreBench, _ name: String, _ sql: String) throws {
    let database = try Database(bench.path(name), .write)
    try database.run(sql)
    // What is damaged may still be in the log of writes.
    database.keepLogOnClose()
    database.close()
  }

  private func problem(_ body: () throws -> Void) -> String {
    do {
      try body()
      return ""
    } catch { return "\(error)" }
  }

  @Test(arguments: [
    "UPDATE journal SET instant = instant + 1 WHERE entry = (SELECT max(entry) - 3 FROM journal)",
    "UPDATE event SET data = '{}' WHERE position = (SELECT max(position) - 1 FROM event)",
    "DELETE FROM event WHERE position = (SELECT max(position) FROM event)",
    "UPDATE kind SET type = 'Other' WHERE number = (SELECT max(number) FROM kind)",
    "UPDATE journal SET hash = hash + 1 WHERE entry = (SELECT max(entry) FROM mark)",
  ]) func `what is whole is shown, and the rest is counted`(sql: String) throws {
    let bench = try StoreBench()
    let whole = try made(bench)
    try change(bench, "whole", sql)
    func files() throws -> [[UInt8]] {
      try ["", "-wal"].map { try bytes(bench.path("whole") + $0) }
    }
    let before = try files()
    let sentence = problem { _ = try Store.open(bench.path("whole")) }
    #expect(sentence.contains("cannot be trusted"), "\(sentence)")

    let store = try Store.open(bench.path("whole"), .readWhole)
    let damage = try #require(store.damage)
    let count = whole.timeline.count
    #expect(damage.whole.number < count && damage.untrusted == count - damage.whole.number)
    #expect(sentence.contains("\(damage)"))
    var session = try Session(.shop, store: store)
    #expect(session.timeline.last == damage.whole && session.head.log.count == damage.events)
    #expect(session.storeNotice?.standing == .damaged(damage))
    #expect(session.restDelay == nil && session.run(Self.line).problem?.message == sentence)
    // All of it can be looked at, and is what it was.
    var plain = whole
    for place in ["goto j\(damage.whole.number)", "goto #1", "goto start"] {
      _ = session.run(place)
      _ = plain.run(place)
      for verb in ["events", "streams", "aggs", "sagas", "views", "timers"] {
        #expect(session.run(verb).output == plain.run(verb).output, "\(place), \(verb)")
      }
    }
    #expect(store.file.fault == nil)
    // Trying is possible, too.
    try session.fork("trial", at: session.timeline.headCursor)
    try session.switchTo("trial")
    #expect(session.run(Self.line).problem == nil)
    #expect(try files() == before)
  }

  @Test func `lines that are changed are not shown, and all steps are`() throws {
    let bench = try StoreBench()
    let whole = try made(bench)
    try change(bench, "whole", "UPDATE tape SET line = 'x' WHERE number = 3")
    let store = try Store.open(bench.path("whole"), .readWhole)
    let damage = try #require(store.damage)
    #expect(damage.whole == whole.timeline.last && damage.untrusted == 0)
    #expect("\(damage)".hasSuffix(", but command line 4 is missing or changed"))
    let session = try Session(.shop, store: store)
    #expect(session.tape == Array(whole.tape.prefix(3)))
  }

  @Test func `a store whose log of writes was taken away is shown as far as it goes`() throws {
    let bench = try StoreBench()
    var session = try Session(.shop, store: Store.open(bench.path("shop")))
    #expect(session.run(Self.line).problem == nil)
    session.leaveStore()
    session = try Session(.shop, store: Store.open(bench.path("shop")))
    let before = session.timeline.last
    #expect(session.run(Self.line).problem == nil)
    try write(try bytes(bench.path("shop")), bench.path("other"))
    try write(try bytes(bench.path("shop") + "-lock"), bench.path("other") + "-lock")
    let sentence = problem { _ = try Store.open(bench.path("other")) }
    #expect(sentence.contains("up to j\(session.timeline.count) are missing"))
    let store = try Store.open(bench.path("other"), .readWhole)
    #expect(store.damage?.whole == before && store.damage?.untrusted == 0)
    // Who only wants a copy of everything gets none.
    #expect(throws: StoreError.self) { try Store.open(bench.path("other"), .read) }
  }

  @Test func `a store of which nothing can be trusted is refused in words`() throws {
    let bench = try StoreBench()
    _ = try made(bench)
    try change(bench, "whole", "UPDATE meta SET value = 'x' WHERE name = 'domain'")
    #expect(problem { _ = try Store.open(bench.path("whole"), .readWhole) }.contains("its domain"))
  }
}
