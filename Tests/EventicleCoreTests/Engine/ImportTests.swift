import EventicleSamples
import Testing

@testable import EventicleCore

@Suite struct ImportTests {
  static func past(_ id: EventID, _ order: DomainID = "order-7", minute: Int64 = 0) -> Event {
    Event(
      id: id, type: "OrderCreated", source: "old", stream: "orders", domainID: order,
      createdAt: .standardStart + .minutes(minute),
      data: JSONBytes(["customer": "c-1", "total": 5, "currency": "GBP"]))
  }

  @Test func `history keeps its ids and times, and views fold it at once`() throws {
    var bench = try Workbench(.shop)
    bench.perform(.take(Self.past("a", minute: 3), reaction: .viewsOnly))
    #expect(bench.world.log.event(at: Position(1)) == Self.past("a", minute: 3))
    #expect(bench.world.recordCount(of: "OrderBoard") == 1)
    #expect(bench.world.queue.isEmpty)
    #expect(bench.world.sagas.count(of: "PaymentSaga") == 0)
    #expect(bench.world.clock == .standardStart + .minutes(3))
    #expect(bench.entries.map(\.kind) == [.imported(Position(1), "OrderCreated")])
  }

  @Test func `older history does not turn the clock back`() throws {
    var bench = try Workbench(.shop)
    bench.perform(.take(Self.past("a", minute: -9), reaction: .viewsOnly))
    #expect(bench.world.clock == .standardStart)
  }

  @Test func `if asked, sagas and adapters react as if it happened now`() throws {
    var bench = try Workbench(.shop)
    bench.perform(.take(Self.past("a"), reaction: .everybody))
    #expect(bench.world.queue.count == 1)
    bench.settle()
    #expect(bench.world.sagas.count(of: "PaymentSaga") == 1)
    #expect(bench.world.recordCount(of: "OrderBoard") == 1)
  }

  @Test func `new ids go on after those that came from outside`() throws {
    var bench = try Workbench(.shop)
    bench.perform(.take(Self.past("a", "order-41"), reaction: .viewsOnly))
    bench.perform(.take(Self.past("b", "order-3"), reaction: .viewsOnly))
    bench.perform(.take(Self.past("c", "order-x"), reaction: .viewsOnly))
    bench.perform(.take(Self.past("d", "order-"), reaction: .viewsOnly))
    let step = bench.run("PlaceOrder", ["customer": "c-1", "total": 5])
    #expect(step.response == ["orderId": "order-42"])
  }

  @Test func `an event that is there already is not taken twice`() throws {
    var bench = try Workbench(.shop)
    bench.perform(.take(Self.past("a"), reaction: .viewsOnly))
    let step = bench.perform(.take(Self.past("a"), reaction: .viewsOnly))
    #expect(step.problem?.contains("a at #1") == true)
    #expect(step.entries.isEmpty)
    #expect(bench.world.log.count == 1)
  }

  @Test func `a view that fails on history is parked, and the event is kept`() throws {
    let view = EventView(
      "V", streams: ["orders"],
      onAny: { _, tx in
        try tx.create("t", [:])
        throw Rejection("cannot fold")
      })
    var bench = try Workbench(Domain("test", views: [view]))
    let step = bench.perform(.take(Self.past("a"), reaction: .viewsOnly))
    #expect(step.problem == "cannot fold")
    #expect(bench.world.log.count == 1)
    #expect(bench.world.recordCount(of: "t") == 0)
    #expect(bench.world.parked.map(\.reason) == ["cannot fold"])
  }
}
