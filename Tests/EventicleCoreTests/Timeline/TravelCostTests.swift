import EventicleSamples
import Testing

@testable import EventicleCore

@Suite struct TravelCostTests {
  /// A shop with `count` imported orders, and a few steps after them.
  static func bench(imported count: Int) throws -> RecordedEngine {
    var bench = try RecordedEngine(.shop, remembering: false)
    for number in 1...count {
      let event = Event(
        id: EventID("e\(number)"), type: "OrderCreated", source: "old", stream: "orders",
        domainID: DomainID("order-\(number)"), createdAt: .standardStart,
        data: JSONBytes(["customer": "c-1", "total": 5, "currency": "GBP"]))
      bench.perform(.take(event, reaction: .viewsOnly))
    }
    bench.run("PlaceOrder", ["customer": "c-1", "total": 5])
    return bench
  }

  /// The changes applied or reverted to step one event back, from each of the last hundred places.
  static func work(_ bench: RecordedEngine) -> [Int] {
    let timeline = bench.timeline
    var cursor = timeline.headCursor
    var world = timeline.head
    var work: [Int] = []
    for _ in 0..<100 {
      guard let earlier = timeline.previous(before: cursor) else { break }
      work.append(timeline.cost(of: earlier.entry, nearby: (cursor.entry, world)))
      world = timeline.world(after: earlier.entry, nearby: (cursor.entry, world))
      cursor = earlier
    }
    return work
  }

  @Test func `stepping back costs the same in a log of 200 events and of 20,000`() throws {
    let small = try Self.bench(imported: 200)
    let large = try Self.bench(imported: 20_000)
    #expect(small.world.log.count == 203)
    #expect(large.world.log.count == 20_003)
    #expect(Self.work(large) == Self.work(small))
    #expect(Self.work(large).allSatisfy { $0 < 60 })
  }

  @Test func `a jump costs at most the way from the nearest snapshot`() throws {
    let bench = try Self.bench(imported: 20_000)
    let timeline = bench.timeline
    for number in stride(from: 0, through: timeline.count, by: 501) {
      #expect(timeline.cost(of: JournalIndex(number)) <= 8 * Limits.snapshotInterval)
    }
  }
}
