import CoreSupport
import Testing

@testable import EventicleCore

@Suite struct TransactionProofTests {
  let book = HandlerLog()
  static let thing = AggregateRoot(
    "Thing", stream: "things",
    reducers: ["Made": { state, event in state["n"] = event.data["n"] }])

  @Test func `a failing handler loses none of the events of the step it reacts to`() throws {
    let view = EventView("v", streams: ["s"], onAny: { [book] event, _ in try book.handle(event) })
    let app = try Eventicle(Domain("test", views: [view]))
    book.isFailing = true
    try? app.eventClient.emit((1...5).map { new("T", EventID("\($0)")) }, to: "s")
    #expect(app.world.log.count(of: "s") == 5)
    #expect(book.lines == ["1", "2", "3", "4", "5"])
    #expect(app.world.parkedCount == 5)
  }

  @Test func `two programs on one engine publish once, whichever was created first`() throws {
    let app = try Eventicle(source: "test")
    let (one, two) = (app.eventClient, app.eventClient)
    try one.hotStream("s", group: "g") { [book] in book.note($0) }
    try app.dispatch(on: "s") { _ in CommandResult(events: [new("T", "1")]) }
    try two.emit([new("T", "2")], to: "s")
    #expect(app.world.log.count(of: "s") == 2)
    #expect(book.lines == ["1", "2"])
  }

  @Test func `writes and events of a step are journaled together or not at all`() throws {
    let make = Command("Make", stream: "s") { data, tx in
      try tx.put("row", "r", data)
      try tx.emit("Made", to: "s")
      if data["fails"] == true { throw Rejection("no") }
      return CommandResult()
    }
    var bench = try RecordedEngine(Domain("test", commands: [make]))
    bench.run("Make", ["n": 1])
    let first = try #require(bench.entries.first)
    #expect(first.changes.appended == 1 && first.changes.others.contains { $0.isRecord })
    bench.run("Make", ["n": 2, "fails": true])
    #expect(bench.world.log.count == 1)
    #expect(bench.world.record(RecordKey("row", "r"))?.content == ["n": 1])
    // Between the two there is no world with one and not the other.
    for moment in bench.moments {
      let world = bench.timeline.world(after: moment.last)
      #expect((world.log.count == 1) == (world.record(RecordKey("row", "r")) != nil))
    }
  }

  @Test func `an aggregate that could not be written keeps its new events`() throws {
    let tx = try transaction(of: Domain("test", aggregates: [Self.thing]))
    var late = tx.new(Self.thing, id: "t-1")
    late.raise("Made", ["n": 1])
    var early = tx.new(Self.thing, id: "t-1")
    early.raise("Made", ["n": 2])
    try tx.persist(&early)
    #expect(throws: TransactionError.self) { try tx.persist(&late) }
    #expect(late.newEvents.map(\.type) == ["Made"])
    #expect(early.newEvents.isEmpty)
  }

  @Test func `persisting adds events to a history and rewrites none`() throws {
    let make = Command("Make", stream: "things") { data, tx in
      var thing = tx.load(Self.thing, "t-1") ?? tx.new(Self.thing, id: "t-1")
      thing.raise("Made", data)
      return CommandResult(events: try tx.persist(&thing))
    }
    var bench = try RecordedEngine(
      Domain("test", aggregates: [Self.thing], commands: [make]), remembering: false)
    func cost() -> Int {
      let before = bench.timeline.count
      bench.run("Make", ["n": 1])
      return bench.entries[before...].reduce(0) { $0 + $1.changes.count }
    }
    let small = cost()
    for _ in 0..<2_000 { bench.run("Make", ["n": 1]) }
    #expect(cost() == small)
  }

  @Test func `when a command replies, its events are in the log and delivered`() throws {
    let view = EventView(
      "v", streams: ["s"], onAny: { [book] event, _ in book.note(event) })
    let app = try Eventicle(Domain("test", views: [view]))
    let reply = try app.dispatch(on: "s") { _ in CommandResult(events: [new("T", "1")]) }
    #expect(reply.events.map(\.id) == ["1"])
    #expect(app.world.log.position(of: "1") == Position(1))
    #expect(book.lines == ["1"])
  }
}

extension Change {
  fileprivate var isRecord: Bool { if case .record = self { true } else { false } }
}
