import CoreSupport
import EventicleSamples
import TestSupport
import Testing

@testable import EventicleCore

@Suite struct JournalTests {
  @Test(arguments: seeds(50))
  func `causes form a tree: every entry has an earlier cause or an outside one`(seed: UInt64)
    throws
  {
    let entries = try RandomShop.workbench(seed: seed, count: 20, remembering: false).entries
    for (offset, entry) in entries.enumerated() {
      if let cause = entry.cause { #expect(cause.number <= offset) }
      let isInside = entry.stepStart.number <= offset
      #expect(entry.stepStart.number <= offset + 1)
      #expect((entry.stepCount > 0) == !isInside)
      if isInside { #expect(entry.changes.isEmpty) }
      switch entry.kind {
      case .delivery(let position, _, _, _):
        guard let cause = entry.cause, cause.number > 0 else { break }
        let kind = entries[cause.number - 1].kind
        #expect(kind.appended == position)
      case .timerFired(let key, _, _):
        guard let cause = entry.cause else { break }
        if case .timerArmed(let armed, _, _, _) = entries[cause.number - 1].kind {
          #expect(armed == key)
        } else {
          Issue.record("\(key) was not armed by \(cause)")
        }
      default: break
      }
    }
  }

  @Test func `a command, its event and their consequences are linked by cause`() throws {
    var bench = try RecordedEngine(.shop)
    bench.perform(
      .dispatch(CommandIntent("PlaceOrder", ["customer": "c-1", "total": 5])).by(.person))
    bench.settle()
    func cause(of word: String, _ number: Int = 0) -> Int? {
      bench.entries.filter { $0.kind.word == word }[number].cause?.number
    }
    #expect(bench.entries.prefix(3).map(\.kind.word) == ["command", "append", "append"])
    #expect(cause(of: "command") == nil)
    #expect(cause(of: "append") == 1)
    #expect(cause(of: "append", 1) == 1)
    #expect(cause(of: "delivery") == 2)
    let saga = try #require(
      bench.entries.firstIndex {
        if case .delivery(_, let consumer, _, _) = $0.kind { consumer.kind == .saga } else { false }
      })
    #expect(bench.entries[saga + 1].kind.word == "command")
    #expect(bench.entries[saga + 1].cause?.number == saga + 1)
    #expect(bench.entries[saga + 2].kind.word == "append")
    #expect(bench.entries[saga + 2].cause?.number == saga + 2)
    #expect(bench.entries.map(\.isByUser).filter { $0 }.count == 1)
    #expect(bench.entries[0].isByUser)
  }

  @Test func `each event goes to views, sagas, then adapters; their events queue behind it`()
    throws
  {
    let book = HandlerLog()
    @Sendable func handler(_ name: String) -> EventHandler {
      { event, tx in
        book.note("\(name) \(event.id)")
        if event.id == "1" { try tx.emit([new("E", EventID("\(name)-1"))], to: "s") }
      }
    }
    func saga(_ name: String) -> Saga {
      Saga(name, streams: ["s"]).startOn("E") { step, event in
        try handler(name)(event, step.transaction)
      }
    }
    let domain = Domain(
      "test",
      views: ["V1", "V2"].map { EventView($0, streams: ["s"], onAny: handler($0)) },
      sagas: [saga("S1"), saga("S2")],
      adapters: ["X1", "X2"].map { EventAdapter($0, streams: ["s"], on: ["E": handler($0)]) })
    var bench = try RecordedEngine(domain)
    bench.emit(new("E", "1"), new("E", "2"), to: "s")
    let names = ["V1", "V2", "S1", "S2", "X1", "X2"]
    let ids = ["1", "2"] + names.map { "\($0)-1" }
    #expect(book.lines == ids.flatMap { id in names.map { "\($0) \(id)" } })
  }

  @Test func `a view receives each event of its streams once`() throws {
    let book = HandlerLog()
    let view = EventView("V", streams: ["mystream"], group: "vg", onAny: { e, _ in book.note(e) })
    var bench = try RecordedEngine(Domain("test", views: [view]))
    bench.emit(new("fake-event", "epic"), to: "mystream")
    bench.emit(new("fake-event", "other"), to: "elsewhere")
    #expect(book.lines == ["epic"])
    #expect(bench.world.group("vg")?.handled == 1)
    #expect(bench.world.group("vg")?.position == Position(2))
  }

  @Test func `a failing adapter emits nothing, and the next event is handled`() throws {
    let adapter = EventAdapter(
      "ad", streams: ["s"],
      on: [
        "Bad": { _, tx in
          try tx.emit([new("Side")], to: "out")
          throw Rejection("adfail")
        },
        "Ok": { _, tx in try tx.put("seen", "ok", [:]) },
      ])
    var bench = try RecordedEngine(Domain("test", adapters: [adapter]))
    bench.emit(new("Bad", "b1"), new("Ok", "b2"), to: "s")
    #expect(bench.world.log.count(of: "out") == 0)
    #expect(bench.world.recordCount(of: "seen") == 1)
    #expect(bench.world.parked.map(\.reason) == ["adfail"])
    #expect(bench.world.group("adapter-ad")?.handled == 1)
  }

  @Test func `no consumer is offered an event type that it does not handle`() throws {
    let view = EventView("V", streams: ["s"], on: ["A": { _, _ in }])
    var bench = try RecordedEngine(Domain("test", views: [view]))
    bench.perform(.emit([new("A"), new("B"), new("A")], to: "s"))
    #expect(bench.world.queue.count == 2)
    #expect(bench.perform(.deliver).entries.count == 1)
    bench.settle()
    #expect(bench.perform(.deliver).problem == "No delivery waits.")
  }

  @Test func `the same inputs on the same world give the same journal`() throws {
    func journal(_ seed: UInt64) throws -> [String] {
      try RandomShop.workbench(seed: seed, count: 30, remembering: false).entries
        .map { "\($0.kind) \($0.cause?.number ?? 0) \($0.changes)" }
    }
    #expect(try journal(3) == journal(3))
    #expect(try journal(3) != journal(4))
  }
}

extension JournalEntry.Kind {
  /// The event that the entry brought into the log.
  var appended: Position? {
    switch self {
    case .append(let position, _), .imported(let position, _): position
    default: nil
    }
  }
}
