import CoreSupport
import TestSupport
import Testing

@testable import EventicleCore

@Suite struct RebuildTests {
  let book = HandlerLog()

  /// A view that adds amounts up by customer, and forgets to while the test wants it so.
  static func domain(_ book: HandlerLog, options: ConsumerOptions = .standard) -> Domain {
    Domain(
      "test",
      views: [
        EventView(
          "Sums", streams: ["orders"], options: options,
          on: [
            "Ordered": { event, tx in
              if event.data["amount"].isNull { throw Rejection("no amount") }
              if book.isFailing { return }
              try tx.change("Sums", event.key) { row in
                row["sum"] = .int(
                  (row["sum"].integer ?? 0) + (event.data["amount"].integer ?? 0))
              }
            },
            "Left": { event, tx in try tx.delete("Sums", event.key) },
          ])
      ],
      sagas: [
        Saga("S", streams: ["orders"]).startOn("Ordered") { step, _ in
          book.note("saga")
          step.end()
        }
      ],
      adapters: [EventAdapter("A", streams: ["orders"], onAny: { _, _ in book.note("adapter") })])
  }

  static func ordered(_ id: EventID, _ customer: DomainID, _ amount: Int) -> NewEvent {
    new("Ordered", id, of: customer, ["amount": .int(amount)])
  }

  func bench() throws -> RecordedEngine {
    var bench = try RecordedEngine(Self.domain(book))
    bench.emit(
      Self.ordered("1", "ann", 5), Self.ordered("2", "bob", 7), Self.ordered("3", "ann", 1),
      to: "orders")
    return bench
  }

  @Test func `a view that matches its events compares equal, and nothing else runs`() throws {
    let bench = try bench()
    let before = bench.fingerprint(bench.world)
    let lines = book.lines
    let found = try bench.engine.rebuild("Sums")
    #expect(found.isEqual && found.equal == 2 && found.events == 3 && found.failures.isEmpty)
    #expect(found.position == Position(3))
    #expect(book.lines == lines)
    #expect(bench.fingerprint(bench.world).difference(from: before) == nil)
  }

  @Test func `wrong, missing and extra rows are found, and a swap corrects them`() throws {
    var bench = try bench()
    // What a view of an earlier day got wrong.
    book.isFailing = true
    bench.emit(Self.ordered("4", "cid", 3), Self.ordered("5", "ann", 4), to: "orders")
    bench.emit(new("Left", "6", of: "bob"), to: "orders")
    book.isFailing = false
    bench.emit(Self.ordered("7", "bob", 1), to: "orders")
    let found = try bench.engine.rebuild("Sums")
    #expect(!found.isEqual && found.equal == 1)
    #expect(found.differing.map(\.key.id) == ["ann"])
    #expect(
      found.differing[0].differences.map { "\($0.path) \($0.old ?? .null) \($0.new ?? .null)" }
        == ["sum 6 10"])
    #expect(found.missing.map(\.key.id) == ["cid"])
    #expect(found.extra.isEmpty)
    let before = bench.world
    let step = bench.perform(.swap(view: "Sums"))
    #expect(step.problem == nil)
    #expect(step.response?["missing"].array?.count == 1)
    #expect(bench.world.record(RecordKey("Sums", "ann"))?.content == ["sum": 10])
    #expect(bench.world.record(RecordKey("Sums", "cid"))?.content == ["sum": 3])
    #expect(try bench.engine.rebuild("Sums").isEqual)
    #expect(bench.entries.last?.kind == .group("view-Sums", .rebuilt(rows: 2)))
    // One step, which going back unmakes.
    let back = bench.timeline.world(after: JournalIndex(bench.timeline.count - step.entries.count))
    #expect(bench.fingerprint(back).difference(from: bench.fingerprint(before)) == nil)
  }

  @Test func `rows that no event wrote are extra rows`() throws {
    var bench = try bench()
    let row = Record(
      key: RecordKey("Sums", "dan"), content: ["sum": 1], createdAt: .standardStart, version: 1,
      sequence: 99)
    let found = try bench.engine.rebuilding("Sums", with: row)
    #expect(found.extra.map(\.key.id) == ["dan"])
    bench.perform(.swap(view: "Nothing"))
    #expect(throws: EngineError.unknownView("Nothing", known: ["Sums"])) {
      try bench.engine.rebuild("Nothing")
    }
  }

  @Test func `a view with parked events is degraded until they are resolved`() throws {
    var bench = try bench()
    bench.emit(new("Ordered", "bad", of: "ann"), to: "orders")
    let report = try #require(bench.engine.groupReports.first)
    #expect(report.parked == 1 && report.isDegraded && report.status == .live)
    #expect(report.lag == 0)
    let step = bench.perform(.swap(view: "Sums"))
    #expect(step.problem?.contains("1 of 4 events") == true)
    #expect(bench.world.parked.map(\.number) == [1])
    bench.perform(.edit(1, JSONBytes(["amount": 2])))
    bench.perform(.redrive(1))
    #expect(bench.engine.groupReports.first?.isDegraded == false)
    #expect(bench.world.record(RecordKey("Sums", "ann"))?.content == ["sum": 8])
  }

  @Test func `a swap clears parked work that folds now, and parks what fails now`() throws {
    let book = book
    var bench = try RecordedEngine(
      Domain(
        "test",
        views: [
          EventView(
            "V", streams: ["s"],
            onAny: { event, tx in
              if book.isFailing == (event.id == "a") { throw Rejection("cannot fold \(event.id)") }
              try tx.put("V", event.id.text, [:])
            })
        ]))
    book.isFailing = true
    bench.emit(new("T", "a"), new("T", "b"), to: "s")
    #expect(bench.world.recordCount(of: "V") == 1)
    book.isFailing = false
    bench.perform(.swap(view: "V"))
    let parked = bench.world.parked
    #expect(parked.map(\.reason) == ["cannot fold b"])
    #expect(try bench.world.records(of: "V").map(\.id) == ["a"])
    bench.settle()
    #expect(try bench.world.records(of: "V").map(\.id) == ["a"])
  }

  @Test func `waiting retries are part of the rebuilt rows, and do not run twice`() throws {
    let book = book
    let policy = ErrorPolicy.retry(5, after: .seconds(1))
    var bench = try RecordedEngine(
      Domain(
        "test",
        views: [
          EventView(
            "V", streams: ["s"], options: ConsumerOptions(policy: policy),
            onAny: { event, tx in
              if book.isFailing { throw Rejection("not now") }
              try tx.change("V", "count") { $0["n"] = .int(($0["n"].integer ?? 0) + 1) }
            })
        ]))
    book.isFailing = true
    bench.emit(new("T", "a"), to: "s")
    book.isFailing = false
    bench.perform(.swap(view: "V"))
    bench.pass(.minutes(1))
    bench.emit(new("T", "b"), to: "s")
    #expect(bench.world.record(RecordKey("V", "count"))?.content == ["n": 2])
    let group = bench.world.group("view-V")
    #expect(group?.isInStep == true && group?.lanes == [])
  }

  @Test(arguments: UInt64(0)..<40)
  func `any history equals its rebuild, and a swap changes nothing`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    var bench = try RecordedEngine(Self.domain(book), seed: seed, remembering: false)
    for number in 0..<60 {
      let customer = DomainID("c\(random.below(5))")
      let event =
        random.below(5) == 0
        ? new("Left", EventID("\(number)"), of: customer)
        : Self.ordered(EventID("\(number)"), customer, random.below(9))
      bench.perform(.emit([event], to: "orders"))
      // Sometimes deliveries wait, and then the view has not come so far.
      if random.below(3) > 0 { bench.settle() }
    }
    let before = try bench.world.records(of: "Sums")
    #expect(try bench.engine.rebuild("Sums").isEqual)
    bench.perform(.swap(view: "Sums"))
    #expect(try bench.world.records(of: "Sums") == before)
    bench.settle()
    #expect(try bench.engine.rebuild("Sums").isEqual)
  }
}

extension Engine {
  /// A rebuilding in a world with one more row.
  fileprivate func rebuilding(_ view: String, with row: Record) throws -> ViewComparison {
    var copy = self
    _ = copy.step { transaction in
      transaction.note(.group("view-Sums", .rebuilt(rows: 1)), parent: nil)
      transaction.make(.record(row.key, old: nil, new: row))
      return nil
    }
    return try copy.rebuild(view)
  }
}
