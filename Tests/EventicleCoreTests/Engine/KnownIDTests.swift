import CoreSupport
import Testing

@testable import EventicleCore

/// One id is one event, by whatever door it comes.
@Suite struct KnownIDTests {
  static let order = AggregateRoot(
    "Order", stream: "orders",
    reducers: ["Placed": { state, _ in state["n"] = .int((state["n"].integer ?? 0) + 1) }])

  static func bench() throws -> RecordedEngine {
    try RecordedEngine(Domain("test", aggregates: [order]))
  }

  static func history(_ world: World, _ id: DomainID = "o") -> [EventID] {
    var found: [EventID] = []
    world.forEachEvent(of: AggregateKey("Order", id)) { event, _ in found.append(event.id) }
    return found
  }

  /// Persists one event of an order in a step of its own.
  @discardableResult
  static func place(
    _ bench: inout RecordedEngine, _ id: EventID, _ data: JSON = [:], of order: DomainID = "o",
    loads: Bool = true, emits: Bool = true
  ) -> Step {
    bench.perform(
      .direct(
        DirectCommand(stream: "orders") { tx in
          var mine = (loads ? tx.load(Self.order, order) : nil) ?? tx.new(Self.order, id: order)
          mine.raise("Placed", data, id: id)
          let events = try tx.persist(&mine, publish: false)
          #expect(mine.newEvents.isEmpty)
          #expect(mine.version == tx.load(Self.order, order)?.version)
          #expect(mine.state == tx.load(Self.order, order)?.state)
          return CommandResult(events: emits ? events : [])
        }))
  }

  @Test func `the same event three times in two calls is written once, groups or none`() throws {
    var bench = try Self.bench()
    bench.emit(new("D", "d1"), new("D", "d2"), new("D", "d1"), to: "d")
    #expect(bench.emit(new("D", "d1"), to: "d").problem == nil)
    #expect(bench.world.events(in: "d").map(\.id) == ["d1", "d2"])
  }

  @Test func `the order of members in the data does not make another event`() throws {
    var bench = try Self.bench()
    bench.emit(new("D", "d1", ["a": 1, "b": 2]), to: "d")
    #expect(bench.emit(new("D", "d1", ["b": 2, "a": 1]), to: "d").problem == nil)
    #expect(bench.world.log.count == 1)
  }

  @Test func `another event under a known id is refused with what is not the same`() throws {
    var bench = try Self.bench()
    bench.emit(new("D", "d1", of: "x", ["a": 1]), to: "d")
    func problem(_ event: NewEvent, _ stream: StreamName = "d") -> String? {
      var copy = bench
      return copy.emit(event, to: stream).problem
    }
    let start = "There is another event with the id d1 at #1, with "
    let end = "; leave the id out or change it."
    #expect(problem(new("D", "d1", of: "x", ["a": 2])) == "\(start)other data\(end)")
    #expect(problem(new("E", "d1", of: "x", ["a": 1])) == "\(start)another type\(end)")
    #expect(problem(new("D", "d1", of: "y", ["a": 1])) == "\(start)another domain id\(end)")
    #expect(problem(new("D", "d1", of: "x", ["a": 1]), "e") == "\(start)another stream\(end)")
    #expect(
      problem(new("E", "d1", ["a": 2]))
        == "\(start)another type and another domain id and other data\(end)")
  }

  @Test func `history that is imported twice is there once, and other history is refused`() throws {
    var bench = try Self.bench()
    var event = Event(
      id: "1", type: "Placed", source: "old", stream: "orders", domainID: "o",
      createdAt: .standardStart, data: JSONBytes(["a": 1]))
    for _ in 0..<2 {
      #expect(bench.perform(.take(event, reaction: .everybody)).problem == nil)
    }
    #expect(bench.world.log.count == 1 && Self.history(bench.world) == ["1"])
    event.data = JSONBytes(["a": 2])
    let problem = TransactionError.eventIDTaken("1", Position(1), differing: "other data")
    #expect(bench.perform(.take(event, reaction: .everybody)).problem == problem.description)
    // What came by one door is known at the others.
    #expect(bench.emit(new("Placed", "1", of: "o", ["a": 1]), to: "orders").problem == nil)
    #expect(bench.world.log.count == 1)
  }

  @Test(arguments: [true, false], [true, false])
  func `a command that persists with an id of its own can be carried out again`(
    loads: Bool, emits: Bool
  ) throws {
    var bench = try Self.bench()
    for _ in 0..<3 {
      #expect(Self.place(&bench, "a", loads: loads, emits: emits).problem == nil)
      bench.pass(.seconds(1))
    }
    #expect(Self.history(bench.world) == ["a"])
    #expect(bench.world.log.count == (emits ? 1 : 0))
    // What is new is written behind it.
    #expect(Self.place(&bench, "b").problem == nil)
    #expect(Self.history(bench.world) == ["a", "b"])
    for moment in bench.moments {
      let travelled = bench.timeline.world(after: moment.last)
      #expect(bench.fingerprint(travelled).difference(from: moment.fingerprint) == nil)
    }
  }

  @Test(arguments: [true, false])
  func `an id that was persisted with other data, or by another aggregate, is refused`(
    emits: Bool
  ) throws {
    var bench = try Self.bench()
    Self.place(&bench, "a", ["n": 1], emits: emits)
    let other = Self.place(&bench, "a", ["n": 2], emits: emits).problem
    #expect(other?.hasPrefix("There is another event with the id a") == true)
    if emits {
      let foreign = Self.place(&bench, "a", ["n": 1], of: "p").problem
      #expect(foreign?.contains("another domain id") == true)
    }
    #expect(Self.history(bench.world) == ["a"])
    #expect(Self.history(bench.world, "p").isEmpty)
  }

  @Test func `an event that one step persists and a later one emits is in the history once`() throws
  {
    var bench = try Self.bench()
    Self.place(&bench, "a", emits: false)
    Self.place(&bench, "b", emits: true)
    #expect(Self.history(bench.world) == ["a", "b"])
    #expect(bench.emit(new("Placed", "a", of: "o"), to: "orders").problem == nil)
    #expect(Self.history(bench.world) == ["a", "b"])
    #expect(bench.world.events(in: "orders").map(\.id) == ["b", "a"])
    #expect(Self.place(&bench, "a").problem == nil)
    #expect(Self.history(bench.world) == ["a", "b"] && bench.world.log.count == 2)
    for moment in bench.moments {
      let travelled = bench.timeline.world(after: moment.last)
      #expect(bench.fingerprint(travelled).difference(from: moment.fingerprint) == nil)
    }
  }

  @Test func `an id that an aggregate raises twice is one event`() throws {
    var bench = try Self.bench()
    let step = bench.perform(
      .direct(
        DirectCommand(stream: "orders") { tx in
          var mine = tx.new(Self.order, id: "o")
          for _ in 0..<2 { mine.raise("Placed", id: "a") }
          mine.raise("Placed")
          let events = try tx.persist(&mine, publish: false)
          #expect(mine["n"] == 2 && mine.version == Version(2))
          mine.raise("Placed", ["other": 1], id: "a")
          #expect(throws: TransactionError.eventIDTaken("a", nil, differing: "other data")) {
            try tx.persist(&mine, publish: false)
          }
          return CommandResult(events: events)
        }))
    #expect(step.problem == nil)
    #expect(Self.history(bench.world).count == 2 && bench.world.log.count == 2)
  }

  @Test func `an event that was persisted and is emitted as another one is refused`() throws {
    var bench = try Self.bench()
    let step = bench.perform(
      .direct(
        DirectCommand(stream: "orders") { tx in
          var mine = tx.new(Self.order, id: "o")
          mine.raise("Placed", ["n": 1], id: "a")
          try tx.persist(&mine, publish: false)
          try tx.emit([new("Placed", "a", of: "o", ["n": 2])], to: "orders")
          return CommandResult()
        }))
    #expect(step.problem?.contains("persisted and not emitted, with other data") == true)
    #expect(Self.history(bench.world).isEmpty && bench.world.log.count == 0)
  }
}
