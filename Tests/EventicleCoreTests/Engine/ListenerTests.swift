import CoreSupport
import TestSupport
import Testing

@testable import EventicleCore

/// One answer to who listens: that by which the engine delivers.
@Suite struct ListenerTests {
  static let names: [StreamName] = [
    "orders", "orders*", "*", "acme.orders", "orders.paid", "o*s",
    Workspace("acme").stream("orders"),
    Workspace("acme").stream("*"), Workspace("orders").stream("paid"), "globex.*",
  ]

  static func view(_ name: String, _ streams: [StreamName]) -> EventView {
    EventView(name, streams: streams, onAny: { _, _ in })
  }

  @Test func `a name, a star and a tenant's part are listed as the engine offers them`() throws {
    let domain = Domain(
      "test", aggregates: [AggregateRoot("Order", stream: "orders", reducers: [:])],
      views: Self.names.enumerated().map { Self.view("v\($0.offset)", [$0.element]) })
    func listed(_ stream: StreamName) -> [Int] {
      domain.listeners(to: stream).compactMap { Int($0.name.dropFirst()) }
    }
    #expect(listed("orders") == [0, 1, 2, 5])
    #expect(listed("acme.orders") == [2, 3])
    #expect(listed("orders.paid") == [1, 2, 4])
    #expect(listed(Workspace("acme").stream("orders")) == [0, 1, 2, 3, 5, 6, 7])
    #expect(listed(Workspace("globex").stream("orders")) == [0, 1, 2, 5])
    // A tenant who is called like the beginning of a stream is shown like it, and is another one.
    #expect(listed(Workspace("orders").stream("paid")) == [2, 4, 8])
    #expect(listed("globex.orders") == [2, 9])
  }

  @Test func `a stream that the domain writes to is never a tenant's part of another`() {
    let domain = Domain(
      "test",
      commands: [Command("C", stream: "orders.paid") { _, _ in CommandResult() }],
      views: [Self.view("V", ["orders.paid"])])
    #expect(domain.listeners(to: Workspace("orders").stream("paid")).isEmpty)
    #expect(domain.listeners(to: Workspace("orders").stream("orders.paid")).count == 1)
  }

  @Test(arguments: seeds(40))
  func `every look tells of the listeners and the aggregate that the engine knows`(
    seed: UInt64
  ) throws {
    var random = SeededRandom(seed: seed)
    let views = (0..<6).map { index in
      Self.view("v\(index)", (0..<random.number(1...2)).map { _ in random.pick(Self.names) })
    }
    let saga = Saga("S", streams: [random.pick(Self.names)]).onEvery("T") { _, _ in }
    let domain = Domain(
      "test", aggregates: [AggregateRoot("Order", stream: "orders", reducers: [:])],
      views: views, sagas: [saga],
      adapters: [EventAdapter("A", streams: [random.pick(Self.names)], onAny: { _, _ in })])
    var bench = try RecordedEngine(domain, remembering: false)
    let streams = ["orders", "acme.orders", "orders.paid", "paid", "x"] as [StreamName]
    for _ in 0..<12 {
      let workspace = random.pick([.system, "acme", "orders", "globex"] as [Workspace])
      bench.emit(new("T", of: "d"), to: workspace.stream(random.pick(streams)))
    }
    let look = MomentView(
      cursor: bench.timeline.headCursor, world: bench.world, timeline: bench.timeline,
      domain: domain)
    for number in 1...12 {
      let event = try #require(bench.world.log.event(at: Position(number)))
      let offered = bench.timeline.deliveries(of: Position(number)).compactMap { index in
        if case .delivery(_, let consumer, _, _) = bench.timeline.entry(index)?.kind {
          consumer
        } else {
          nil
        }
      }
      #expect(domain.listeners(to: event.stream) == offered)
      #expect(look.deliveries(of: Position(number)).map(\.consumer) == offered)
      let numbers = bench.engine.registry.consumers(of: event.stream, "T")
      #expect(numbers.compactMap { bench.engine.registry.consumer($0)?.name } == offered)
      let key = look.aggregateKey(of: event)
      #expect((key != nil) == (event.stream.logical == "orders"))
      if let key {
        #expect(key.workspace == event.workspace)
        #expect(bench.world.histories.version(of: key).number > 0)
        #expect(look.aggregate(key) != nil)
      }
    }
  }
}
