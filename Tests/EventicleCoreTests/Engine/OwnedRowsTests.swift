import CoreSupport
import TestSupport
import Testing

@testable import EventicleCore

/// A view owns all rows that it writes, whatever their types and workspaces.
@Suite struct OwnedRowsTests {
  /// Counts events in rows of its own name, and of two other types.
  static func counting(_ name: String, into types: String...) -> EventView {
    EventView(
      name, streams: ["s"],
      onAny: { event, tx in
        try tx.change(name, event.key) { $0["n"] = .int(($0["n"].integer ?? 0) + 1) }
        for type in types {
          try tx.change(type, "count") { $0["n"] = .int(($0["n"].integer ?? 0) + 1) }
        }
        if event.type == "Cleared" { for type in types { try tx.delete(type, "count") } }
      })
  }

  static func bench(_ views: EventView...) throws -> RecordedEngine {
    try RecordedEngine(Domain("test", views: views))
  }

  @Test func `a swap replaces the rows of every type that a view writes, and counts none twice`()
    throws
  {
    var bench = try Self.bench(Self.counting("Board", into: "tally", "more"))
    for _ in 0..<3 { bench.emit(new("T", of: "a"), to: "s") }
    #expect(try bench.engine.rebuild("Board").isEqual)
    #expect(try bench.engine.rebuild("Board").equal == 3)
    let before = bench.world
    #expect(bench.perform(.swap(view: "Board")).problem == nil)
    #expect(bench.world.record(RecordKey("tally", "count"))?.content == ["n": 3])
    #expect(try bench.world.records(of: "more") == before.records(of: "more"))
  }

  @Test func `rows of other types that are wrong, missing or too many are put right`() throws {
    var bench = try Self.bench(Self.counting("Board", into: "tally"))
    for _ in 0..<3 { bench.emit(new("T", of: "a"), to: "s") }
    bench.perform(
      .direct(
        DirectCommand(stream: "x") { tx in
          try tx.put("tally", "count", ["n": 9])
          try tx.put("tally", "strange", [:])
          try tx.delete("Board", "a")
          return CommandResult()
        }))
    let found = try bench.engine.rebuild("Board")
    #expect(found.differing.map(\.key) == [RecordKey("tally", "count")])
    #expect(found.extra.map(\.key) == [RecordKey("tally", "strange")])
    #expect(found.missing.map(\.key) == [RecordKey("Board", "a")])
    #expect(found.json["differing"].array?.first?["type"] == "tally")
    #expect(found.shared.isEmpty)
    let before = bench.fingerprint(bench.world)
    let step = bench.perform(.swap(view: "Board"))
    #expect(step.problem == nil)
    #expect(bench.world.record(RecordKey("tally", "count"))?.content == ["n": 3])
    #expect(try bench.engine.rebuild("Board").isEqual)
    let back = bench.timeline.world(after: JournalIndex(bench.timeline.count - step.entries.count))
    #expect(bench.fingerprint(back).difference(from: before) == nil)
  }

  @Test func `two views that write the same type are both named, and nothing is swapped`() throws {
    var bench = try Self.bench(
      Self.counting("Board", into: "tally"), Self.counting("Stats", into: "tally"))
    bench.emit(new("T", of: "a"), to: "s")
    let before = bench.fingerprint(bench.world)
    for (view, other) in [("Board", "Stats"), ("Stats", "Board")] {
      let found = try bench.engine.rebuild(view)
      #expect(found.shared.map(\.type) == ["tally"] && found.shared.first?.views == [other])
      let problem = EngineError.viewSharesRows(view, "tally", with: [other]).description
      for evenTrimmed in [true, false] {
        let step = bench.perform(.swap(view: view, evenTrimmed: evenTrimmed))
        #expect(step.problem == problem && step.entries.isEmpty)
      }
      #expect(problem.hasPrefix("\(view) and \(other) both write rows of the type tally"))
    }
    #expect(bench.fingerprint(bench.world).difference(from: before) == nil)
  }

  @Test func `a view that writes rows of another view's name shares them`() throws {
    var bench = try Self.bench(Self.counting("Board", into: "Stats"), Self.counting("Stats"))
    bench.emit(new("T", of: "a"), to: "s")
    #expect(try bench.engine.rebuild("Stats").shared.first?.views == ["Board"])
    #expect(try bench.engine.rebuild("Board").shared.first?.views == ["Stats"])
  }

  @Test func `rows that a view would write for the first time do not cost others theirs`() throws {
    let book = HandlerLog()
    let view = EventView(
      "Board", streams: ["s"],
      onAny: { _, tx in if book.isFailing { try tx.put("settings", "new", [:]) } })
    var bench = try Self.bench(view)
    bench.emit(new("T"), to: "s")
    // Where there are no such rows yet, they are the view's.
    book.isFailing = true
    #expect(try bench.engine.rebuild("Board").missing.map(\.key.type) == ["settings"])
    bench.perform(
      .direct(
        DirectCommand(stream: "x") { tx in
          try tx.put("settings", "mine", [:])
          return CommandResult()
        }))
    let problem = EngineError.viewSharesRows("Board", "settings", with: []).description
    #expect(bench.perform(.swap(view: "Board")).problem == problem)
    #expect(try bench.world.records(of: "settings").map(\.id) == ["mine"])
  }

  @Test func `rows that a swap wrote for the first time are the view's from then on`() throws {
    let book = HandlerLog()
    let view = EventView(
      "Board", streams: ["s"],
      onAny: { _, tx in
        if book.isFailing {
          try tx.change("tally", "count") { $0["n"] = .int(($0["n"].integer ?? 0) + 1) }
        }
      })
    var bench = try Self.bench(view)
    bench.emit(new("T"), new("T"), to: "s")
    book.isFailing = true
    for _ in 0..<2 {
      #expect(bench.perform(.swap(view: "Board")).problem == nil)
      #expect(bench.world.record(RecordKey("tally", "count"))?.content == ["n": 2])
    }
  }

  @Test
  func `what commands write that a view dispatches, and what aggregates keep, is not its own`()
    throws
  {
    let root = AggregateRoot(
      "Order", stream: "orders", checkpoint: { _ in [:] }, reducers: [:])
    let note = Command("Note", stream: "orders") { _, tx in
      try tx.put("notes", "1", [:])
      return CommandResult()
    }
    let view = EventView(
      "Board", streams: ["s"],
      onAny: { event, tx in
        try tx.dispatch(CommandIntent("Note", [:], idempotencyKey: event.id.text))
        var order = tx.new(root)
        order.raise("Seen")
        try tx.persist(&order)
        try tx.put("tally", "own", [:])
      })
    var bench = try RecordedEngine(
      Domain("test", aggregates: [root], commands: [note], views: [view]))
    bench.emit(new("T"), to: "s")
    #expect(bench.world.viewTables.all.map(\.table) == [TableName(.system, "tally")])
  }

  @Test func `what a failed handling wrote is nobody's`() throws {
    let view = EventView(
      "Board", streams: ["s"],
      onAny: { _, tx in
        try tx.put("tally", "own", [:])
        throw Rejection("no")
      })
    var bench = try Self.bench(view)
    bench.emit(new("T"), to: "s")
    #expect(bench.world.viewTables.isEmpty)
  }

  @Test(arguments: seeds(40))
  func `any history compares equal over all types and tenants, and a swap changes nothing`(
    seed: UInt64
  ) throws {
    var random = SeededRandom(seed: seed)
    var bench = try Self.bench(
      Self.counting("Board", into: "tally", "more"), Self.counting("Other", into: "rest"))
    let tenants: [Workspace] = [.system, "acme", "bolt"]
    for number in 0..<40 {
      let type: EventType = random.below(6) == 0 ? "Cleared" : "T"
      let event = new(type, EventID("\(number)"), of: DomainID("c\(random.below(4))"))
      let tenant = random.pick(tenants)
      bench.perform(
        .direct(
          DirectCommand(stream: "s", workspace: tenant) { _ in CommandResult(events: [event]) }))
      if random.below(3) > 0 { bench.settle() }
    }
    func rows() -> [Record] {
      bench.world.rows(of: bench.world.tables(of: "Board") + bench.world.tables(of: "Other"))
    }
    let before = rows()
    for view in ["Board", "Other"] {
      let found = try bench.engine.rebuild(view)
      #expect(found.isEqual && found.shared.isEmpty && found.equal > 0)
      #expect(bench.perform(.swap(view: view)).problem == nil)
    }
    #expect(rows() == before)
    bench.settle()
    #expect(try bench.engine.rebuild("Board").isEqual)
    for moment in bench.moments {
      let travelled = bench.timeline.world(after: moment.last)
      #expect(bench.fingerprint(travelled).difference(from: moment.fingerprint) == nil)
    }
  }
}
