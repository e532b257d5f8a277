import CoreSupport
import TestSupport
import Testing

@testable import EventicleCore

/// Ids that somebody else gave, and that the engine would have made next.
@Suite struct GivenIDTests {
  static let order = AggregateRoot("Order", stream: "orders", reducers: [:])

  static let domain = Domain(
    "test", aggregates: [order],
    commands: [
      Command("place", stream: "orders") { _, transaction in
        var order = transaction.new(order)
        order.raise("Placed")
        return CommandResult(events: try transaction.persist(&order))
      }
    ])

  /// The ids that an engine would make for its next events.
  static func comingIDs(_ engine: Engine, _ count: Int) throws -> [EventID] {
    var copy = engine
    return try (0..<count).map { _ in
      let position = copy.world.log.last.next
      _ = copy.perform(.emit([NewEvent("Made")], to: "elsewhere"))
      return try #require(copy.world.log.id(at: position))
    }
  }

  @Test(arguments: 1...3)
  func `a given event id is skipped when it would be generated`(ahead: Int) throws {
    var bench = try RecordedEngine(Self.domain)
    let coming = try Self.comingIDs(bench.engine, ahead)
    for id in coming { bench.emit(new("Given", id), to: "elsewhere") }
    for _ in 0..<4 {
      #expect(bench.run("place").problem == nil)
      #expect(bench.emit(new("Made"), to: "elsewhere").problem == nil)
    }
    let ids = (1...bench.world.log.count).compactMap { bench.world.log.id(at: Position($0)) }
    #expect(Set(ids).count == ids.count)
    for moment in bench.moments {
      let travelled = bench.timeline.world(after: moment.last)
      #expect(bench.fingerprint(travelled).difference(from: moment.fingerprint) == nil)
    }
  }

  @Test func `events imported from a world of the same seed do not block new ids`() throws {
    var other = try RecordedEngine(Self.domain)
    for _ in 0..<3 { other.run("place") }
    var bench = try RecordedEngine(Self.domain)
    for event in other.world.events(in: "orders") {
      #expect(bench.perform(.take(event, reaction: .viewsOnly)).problem == nil)
    }
    for _ in 0..<3 { #expect(bench.run("place").problem == nil) }
    #expect(bench.world.log.count == 6)
    #expect(
      bench.world.events(in: "orders").map(\.domainID)
        == ["order-1", "order-2", "order-3", "order-4", "order-5", "order-6"])
  }

  @Test func `a given aggregate id is skipped when it would be generated`() throws {
    var bench = try RecordedEngine(Self.domain)
    bench.emit(new("Placed", of: "order-1"), new("Placed", of: "order-2"), to: "orders")
    #expect(bench.run("place").problem == nil)
    #expect(bench.run("place").problem == nil)
    #expect(
      bench.world.events(in: "orders").suffix(2).map(\.domainID) == ["order-3", "order-4"])
  }

  @Test func `a given record id is skipped when it would be generated`() throws {
    let other = try Eventicle(source: "test")
    var made = ""
    try other.dispatch(on: "s") { transaction in
      made = try transaction.create("Row", [:]).key.id
      return CommandResult()
    }
    let app = try Eventicle(source: "test")
    try app.dispatch(on: "s") { [made] transaction in
      try transaction.create("Row", [:], id: made)
      try transaction.create("Row", [:])
      return CommandResult()
    }
    #expect(app.world.recordCount(of: "Row") == 2)
  }
}
