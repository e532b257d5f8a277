import CoreSupport
import Testing

@testable import EventicleCore

/// That an operation costs the same however much there is, counted and not timed.
///
/// The sizes are two or three decades apart, so that a cost that grows with them shows as a
/// factor of a hundred; more would only take longer in a debug build. The larger worlds are made
/// by one call with all its events.
@Suite struct GrowthTests {
  /// What steps changed and which entries they made, each in the middle of some.
  private struct Cost: CustomStringConvertible {
    var changes = 0
    var entries = 0
    var looked = 0

    var description: String { "changes \(changes), entries \(entries), looked at \(looked)" }

    /// Whether this is at most half as much again.
    func isLike(_ small: Cost) -> Bool {
      func isLike(_ large: Int, _ small: Int) -> Bool { 2 * large <= 3 * small }
      return isLike(changes, small.changes) && isLike(entries, small.entries)
        && isLike(looked, small.looked)
    }
  }

  private func cost(_ bench: inout RecordedEngine, _ body: (inout RecordedEngine) -> Void) -> Cost {
    let before = bench.timeline.last
    body(&bench)
    var cost = Cost()
    var number = before.number + 1
    while number <= bench.timeline.count, let entry = bench.timeline.entry(JournalIndex(number)) {
      cost.changes += entry.changes.count
      cost.entries += 1
      number += 1
    }
    return cost
  }

  /// An event to each of so many things, in one step, and all that follows.
  private func fill(_ bench: inout RecordedEngine, _ type: EventType, _ count: Int, of things: Int)
  {
    let events = (0..<count).map { new(type, nil, of: DomainID("thing-\($0 % things)")) }
    bench.perform(.emit(events, to: "things"))
    bench.settle()
  }

  @Test func `an emit changes as much in a log of 1,000 events as in one of 100,000`() throws {
    func cost(_ count: Int) throws -> Cost {
      var bench = try RecordedEngine(Domain("test"), remembering: false)
      fill(&bench, "Touched", count, of: 1_000)
      return self.cost(&bench) { $0.emit(new("Touched", "last"), to: "things") }
    }
    let (small, large) = (try cost(1_000), try cost(100_000))
    #expect(large.isLike(small), "\(small) → \(large)")
    #expect(small.changes == 1)
  }

  @Test func `a delivery changes as much after 1,000 events as after 20,000`() throws {
    let view = EventView(
      "Seen", streams: ["things"],
      on: ["Asked": { event, step in try step.put("Seen", "last", ["id": .string(event.id.text)]) }]
    )
    func cost(_ count: Int) throws -> Cost {
      var bench = try RecordedEngine(Domain("test", views: [view]), remembering: false)
      fill(&bench, "Touched", count, of: 1_000)
      return self.cost(&bench) { $0.emit(new("Asked", "last"), to: "things") }
    }
    let (small, large) = (try cost(1_000), try cost(20_000))
    #expect(large.isLike(small), "\(small) → \(large)")
    #expect(small.entries == 2)
  }

  @Test func `a command folds the events of its own aggregate only`() throws {
    func cost(_ aggregates: Int) throws -> Cost {
      let counter = FoldCounter()
      let thing = AggregateRoot(
        "Thing", stream: "things",
        reducers: [
          "Touched": { state, _ in
            counter.count += 1
            state["n"] = .int((state["n"].integer ?? 0) + 1)
          }
        ])
      let touch = Command("Touch", stream: "things", [.required("id")]) { data, step in
        let id = DomainID(data["id"].string ?? "")
        var aggregate = step.load(thing, id) ?? step.new(thing, id: id)
        aggregate.raise("Touched")
        return CommandResult(events: try step.persist(&aggregate))
      }
      var bench = try RecordedEngine(
        Domain("test", aggregates: [thing], commands: [touch]), remembering: false)
      fill(&bench, "Touched", aggregates * 10, of: aggregates)
      counter.count = 0
      var cost = self.cost(&bench) { $0.run("Touch", ["id": "thing-3"]) }
      cost.looked = counter.count
      return cost
    }
    let (small, large) = (try cost(10), try cost(10_000))
    #expect(large.isLike(small), "\(small) → \(large)")
    #expect(small.looked == 11)
  }

  @Test func `a saga step examines only its own instance among 10 and among 100,000`() throws {
    func cost(_ count: Int) throws -> Cost {
      let counter = FoldCounter()
      let saga = Saga("Follow", streams: ["things"])
        .startOn("Begun") { step, event in
          step["id"] = .string(event.domainID?.text ?? "")
          try step.upsertTimer("late", after: .hours(1))
        }
        .on("Touched", matching: "id", value: { $0.domainID.map { .string($0.text) } }) { step, _ in
          counter.count += 1
          step["n"] = .int((step["n"].integer ?? 0) + 1)
          try step.upsertTimer("late", after: .hours(2))
        }
        .onTimer("late") { _ in }
      var bench = try RecordedEngine(Domain("test", sagas: [saga]), remembering: false)
      fill(&bench, "Begun", count, of: count)
      #expect(bench.world.sagas.count(of: "Follow") == count)
      #expect(bench.world.timers.count == count)
      var cost = self.cost(&bench) { $0.emit(new("Touched", nil, of: "thing-3"), to: "things") }
      cost.looked = counter.count
      return cost
    }
    let (small, large) = (try cost(10), try cost(100_000))
    #expect(large.isLike(small), "\(small) → \(large)")
    #expect(small.looked == 1)
  }

  @Test func `a query by an index examines only its matches among 1,000 and 20,000 rows`() throws {
    func looked(_ count: Int) throws -> Int {
      var world = World(startingAt: .standardStart, seed: 1)
      world.declare([RecordIndex("Row", on: "group")])
      let step = try transaction(world)
      for number in 0..<count {
        try step.put("Row", "r\(number)", ["group": number < 10 ? "few" : "many"])
      }
      var work = QueryWork()
      let found = try step.commit().0.records(
        of: "Row", where: .compare("group", .equal, "few"), &work)
      #expect(found.count == 10)
      return work.visited
    }
    #expect(try [looked(1_000), looked(20_000)] == [10, 10])
  }

  @Test func `a jump makes no more changes in 20,000 steps than its snapshot interval`() throws {
    func worst(_ count: Int) throws -> Int {
      let view = EventView(
        "Seen", streams: ["things"],
        onAny: { event, step in try step.put("Seen", "last", ["id": .string(event.id.text)]) })
      var bench = try RecordedEngine(Domain("test", views: [view]), remembering: false)
      fill(&bench, "Touched", count, of: 100)
      return stride(from: 1, through: bench.timeline.count, by: 313)
        .map { bench.timeline.cost(of: bench.timeline.cursor(after: Position($0)).entry) }.max()
        ?? 0
    }
    let (small, large) = (try worst(4_000), try worst(20_000))
    #expect(2 * large <= 3 * max(small, 4 * Limits.snapshotInterval), "\(small) → \(large)")
  }
}

/// How often a handler ran; every engine runs on one thread.
private final class FoldCounter: @unchecked Sendable {
  var count = 0
}
