import CoreSupport
import TestSupport
import Testing

@testable import EventicleCore

/// Reading events in parts, compared with reading them one by one.
@Suite struct StreamReaderTests {
  private static let streams: [StreamName] = ["orders", "orders.eu", "payments", "bills"]

  /// An engine with events of four streams, one of which hands out its newest alone.
  private static func engine(seed: UInt64, count: Int = 60) throws -> Engine {
    var random = SeededRandom(seed: seed)
    let domain = Domain("test", upcasters: try UpcastingTests.upcasters())
    var engine = try Engine(domain, seed: seed)
    for number in 0..<count {
      let stream = Gen.element(of: streams).next(&random)
      let type = Gen<EventType>.element(of: ["T", "Touched", "Paid"]).next(&random)
      let event = new(type, EventID("e\(number)"), ["cents": .int(number * 100)])
      _ = engine.perform(.emit([event], to: stream))
    }
    _ = engine.perform(.trim("payments", keeping: 3))
    return engine
  }

  /// All that a reader reads, in parts of a size.
  private static func read(
    _ reader: StreamReader, _ world: World, after start: Position, upTo end: Position, by limit: Int
  ) -> (events: [Event], positions: [Position]) {
    var (events, positions): ([Event], [Position]) = ([], [])
    var reached = start
    for _ in 0..<1_000 where reached < end {
      let part = reader.part(of: world, after: reached, upTo: end, limit: limit)
      #expect(part.events.count <= limit)
      #expect(part.events.count == part.positions.count)
      #expect(part.reached > reached)
      events += part.events
      positions += part.positions
      reached = part.reached
    }
    #expect(reached >= end)
    return (events, positions)
  }

  @Test(
    arguments: [["orders"], ["payments"], ["orders*"], ["bills", "payments"], ["*"], ["nobody"]]
      as [[StreamName]], seeds(12))
  func `the parts together equal the streams`(names: [StreamName], seed: UInt64) throws {
    let engine = try Self.engine(seed: seed)
    let world = engine.world
    var random = SeededRandom(seed: seed &+ 1)
    let reader = StreamReaders(engine).reader(of: names)
    let wanted = Self.streams.filter { stream in
      names.contains { $0 == stream || ($0.isPattern && $0.covers(stream)) }
    }
    for limit in [1, 2, 7, 100] {
      let start = Position(Int.random(in: 0..<world.log.count, using: &random))
      let end = Position(Int.random(in: start.number...world.log.count, using: &random))
      let (events, positions) = Self.read(reader, world, after: start, upTo: end, by: limit)
      let naive = (1..<(world.log.count + 1)).map { Position($0) }.filter { position in
        guard position > start, position <= end, let event = world.log.event(at: position),
          wanted.contains(event.stream), event.type != "Touched"
        else { return false }
        return world.log.streamPosition(of: position) > world.trimmed(event.stream)
      }
      #expect(positions == naive)
      #expect(events.map(\.id) == naive.compactMap { world.log.event(at: $0)?.id })
      #expect(!events.contains { $0.type == "Paid" || $0.type == "Touched" })
    }
  }

  @Test func `news are the later events of the streams that are read`() throws {
    var engine = try Engine(Domain("test"))
    _ = engine.perform(.emit([new("A"), new("B")], to: "orders"))
    _ = engine.perform(.emit([new("C")], to: "payments"))
    let readers = StreamReaders(engine)
    let orders = readers.reader(of: ["orders"])
    #expect(orders.hasNews(in: engine.world, after: Position(1)))
    #expect(!orders.hasNews(in: engine.world, after: Position(2)))
    let all = readers.reader(of: ["*"])
    #expect(all.hasNews(in: engine.world, after: Position(2)))
    #expect(!all.hasNews(in: engine.world, after: Position(3)))
  }

  @Test func `an event that no upcaster can convert is delivered as stored`() throws {
    var engine = try Engine(Domain("test", upcasters: try UpcastingTests.upcasters()))
    _ = engine.perform(.emit([new("Paid", "broken", ["note": "no cents"])], to: "bills"))
    let part = StreamReaders(engine).reader(of: ["bills"])
      .part(of: engine.world, after: Position(0), upTo: Position(1), limit: 9)
    #expect(part.events.map(\.type) == ["Paid"])
    #expect(part.events.map(\.data.value) == [["note": "no cents"]])
    #expect(part.positions == [Position(1)])
  }
}
