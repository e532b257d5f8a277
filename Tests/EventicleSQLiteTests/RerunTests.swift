import EventicleSamples
import TestSupport
import Testing

@testable import EventicleCore
@testable import EventicleSQLite
@testable import EventicleWorkbench

/// All that was asked of a store, asked once more.
@Suite struct RerunTests {
  private func made(_ bench: StoreBench, _ library: Library = Library()) throws {
    var session = try Session(library.domain, store: try Store.open(bench.path("library")))
    for line in Library.story { _ = session.run(line) }
    session.leaveStore()
  }

  private func rerun(_ bench: StoreBench, _ library: Library = Library()) throws -> Verification {
    try rerun(bench, library.domain)
  }

  private func rerun(_ bench: StoreBench, _ domain: Domain) throws -> Verification {
    let store = try Store.open(bench.path("library"), .read)
    defer { store.close() }
    return try store.rerun(domain)
  }

  private func steps(_ bench: StoreBench) throws -> Int {
    let database = try Database(bench.path("library"), .read)
    defer { database.close() }
    return try database.number("SELECT max(step) FROM journal")
  }

  @Test(arguments: seeds(3))
  func `the same domain does the same, whatever was asked`(seed: UInt64) throws {
    let bench = try StoreBench()
    var session = try Session(.shop, seed: seed, store: try Store.open(bench.path("library")))
    var tape = RandomTape(seed: seed)
    for line in tape.lines(25) { _ = session.run(line) }
    session.leaveStore()
    let store = try Store.open(bench.path("library"), .read)
    var asked: [JournalIndex] = []
    let result = try store.rerun(.shop) { entry in
      asked.append(entry)
      return true
    }
    #expect(result.difference == nil, "\(result.difference?.sentence ?? "")")
    #expect(result.same == (try steps(bench)) && result.skipped == [] && result.foreign == 0)
    #expect(asked.count == result.same && asked == asked.sorted())
    #expect(try store.rerun(.shop) { $0 < JournalIndex(4) }.same < result.same)
    store.close()
  }

  @Test func `the first step that comes out differently is told with its input`() throws {
    let bench = try StoreBench()
    try made(bench)
    var other = Library()
    other.lent = "away"
    let result = try rerun(bench, other)
    let difference = try #require(result.difference)
    #expect(result.same == 1)
    #expect(difference.phrase == "make the next delivery")
    #expect(
      difference.sentence == #"Recorded was the row Shelf/b-1 with {"status":"lent"}, "#
        + #"but now it is the row Shelf/b-1 with {"status":"away"}."#)
    // An entry that is another one.
    let refusing = Domain(
      "library", aggregates: Library().domain.aggregates,
      commands: Library().domain.commands.map { command in
        guard command.type == "Return" else { return command }
        return Command("Return", stream: "books") { _, _ in throw Rejection("Never.") }
      }, views: Library().domain.views, sagas: Library().domain.sagas,
      adapters: Library().domain.adapters)
    let entry = try #require(try rerun(bench, refusing).difference)
    #expect(!entry.sentence.isEmpty && entry.entry > JournalIndex(1))
  }

  @Test func `steps of another declaration are taken as they were recorded`() throws {
    let bench = try StoreBench()
    try made(bench)
    let before = try steps(bench)
    try made(bench, Library(sagaVersion: 2, hasReaders: true))
    let result = try rerun(bench, Library(sagaVersion: 2, hasReaders: true))
    #expect(result.difference == nil, "\(result.difference?.sentence ?? "")")
    #expect(result.foreign == before && result.skipped.count == 1)
    #expect(result.same + result.foreign + 1 == (try steps(bench)))
    // The older declaration does the same as far as its own steps go.
    let older = try rerun(bench)
    #expect(older.difference == nil && older.same == before && older.skipped.count == 1)
    #expect(older.foreign == result.same)
  }

  @Test func `what only a running program could do is passed over`() throws {
    let bench = try StoreBench()
    let path = bench.path("library")
    let app = try Eventicle(Library().domain, store: .open(path))
    try app.dispatch("Lend", ["book": "b-1", "reader": "ada"])
    try app.eventClient.hotStream("books", group: "reader") { _ in }
    try app.dispatch("Return", ["book": "b-1"])
    try app.shutdown()
    let again = try Eventicle(Library().domain, store: .open(path))
    try again.dispatch("Lend", ["book": "b-2", "reader": "ben"])
    try again.shutdown()
    let result = try rerun(bench)
    #expect(result.difference == nil, "\(result.difference?.sentence ?? "")")
    #expect(result.same > 4 && result.foreign > 0 && result.skipped.count >= 2)
    #expect(result.same + result.foreign + result.skipped.count == (try steps(bench)))
  }

  @Test func `a store of another domain, or without a history, has nothing to compare`() throws {
    let bench = try StoreBench()
    try made(bench)
    #expect {
      try rerun(bench, Library(name: "archive"))
    } throws: { error in
      "\(error)".contains("of the domain library, not of archive")
    }
    let new = try Store.open(bench.path("new"))
    #expect(throws: StoreError.self) { try new.rerun(Library().domain) }
    new.close()
  }
}
