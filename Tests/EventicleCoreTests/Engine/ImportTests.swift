import CoreSupport
import EventicleSamples
import Testing

@testable import EventicleCore
@testable import EventicleWorkbench

@Suite struct ImportTests {
  static func past(_ id: EventID, _ order: DomainID = "order-7", minute: Int64 = 0) -> Event {
    Event(
      id: id, type: "OrderCreated", source: "old", stream: "orders", domainID: order,
      createdAt: .standardStart + .minutes(minute),
      data: JSONBytes(["customer": "c-1", "total": 5, "currency": "GBP"]))
  }

  @Test func `imported history keeps its ids and times, and views fold it at once`() throws {
    var bench = try RecordedEngine(.shop)
    bench.perform(.take(Self.past("a", minute: 3), reaction: .viewsOnly))
    #expect(bench.world.log.event(at: Position(1)) == Self.past("a", minute: 3))
    #expect(bench.world.recordCount(of: "OrderBoard") == 1)
    #expect(bench.world.queue.isEmpty)
    #expect(bench.world.sagas.count(of: "PaymentSaga") == 0)
    #expect(bench.world.clock == .standardStart + .minutes(3))
    #expect(bench.entries.map(\.kind) == [.imported(Position(1), "OrderCreated")])
  }

  @Test(arguments: [false, true])
  func `history is history to a saga that is paused meanwhile, and what it missed is not`(
    isIdempotent: Bool
  ) throws {
    let log = HandlerLog()
    let saga = Saga("S", streams: ["orders"]).keyed(by: "customer")
      .startOn("OrderCreated") { _, event in log.note(event) }
      .taking(ConsumerOptions(isIdempotent: isIdempotent))
    var bench = try RecordedEngine(Domain("test", sagas: [saga]))
    func place(_ id: EventID) {
      let data: JSON = ["customer": .string(id.text)]
      bench.perform(.emit([NewEvent("OrderCreated", data: data, id: id)], to: "orders"))
    }
    bench.perform(.pause("saga-S"))
    place("lived-1")
    bench.perform(.take(Self.past("told-1"), reaction: .viewsOnly))
    place("lived-2")
    bench.perform(.take(Self.past("told-2"), reaction: .viewsOnly))
    bench.perform(.resume("saga-S"))
    bench.settle()
    #expect(log.lines == ["lived-1", "lived-2"])
    #expect(bench.world.group("saga-S")?.isInStep == true)
    // In step again, it is told no history either, and everything else.
    bench.perform(.take(Self.past("told-3"), reaction: .viewsOnly))
    place("lived-3")
    bench.settle()
    #expect(log.lines == ["lived-1", "lived-2", "lived-3"])
    // An import for everybody reaches it when it goes on.
    bench.perform(.pause("saga-S"))
    bench.perform(.take(Self.past("told-4"), reaction: .everybody))
    bench.perform(.resume("saga-S"))
    bench.settle()
    #expect(log.lines.last == "told-4")
    for moment in bench.moments {
      let travelled = bench.timeline.world(after: moment.last)
      #expect(bench.fingerprint(travelled).difference(from: moment.fingerprint) == nil)
    }
  }

  @Test func `an import makes its tenants known, and their views fold it`() throws {
    var bench = try RecordedEngine(TenantTests.domain)
    func ordered(_ id: EventID, _ stream: StreamName) -> Event {
      Event(
        id: id, type: "Ordered", source: "old", stream: stream, domainID: "o-1",
        createdAt: .standardStart, data: JSONBytes(["total": 5]))
    }
    for (id, tenant) in [("1", "acme"), ("2", "acme.eu"), ("3", "system")] as [(EventID, Workspace)]
    {
      #expect(
        bench.perform(.take(ordered(id, tenant.stream("orders")), reaction: .viewsOnly))
          .problem == nil)
    }
    #expect(bench.world.tenants == ["acme", "acme.eu"])
    for tenant in ["acme", "acme.eu", "system"] as [Workspace] {
      #expect(bench.world.record(RecordKey("Board", "row", in: tenant))?.content["total"] == 5)
      let state = TenantTests.order.state(of: "o-1", in: bench.world, workspace: tenant)
      #expect(state?.version == Version(1))
    }
    // A stream that is only called like a tenant's part makes nobody known.
    bench.perform(.take(ordered("4", "beta.orders"), reaction: .viewsOnly))
    #expect(bench.world.tenants.count == 2)
    let colon = Workspace("a:b").stream("orders")
    #expect(
      bench.perform(.take(ordered("5", colon), reaction: .viewsOnly)).problem
        == TransactionError.workspaceWithColon("a:b").description)
    for moment in bench.moments {
      let travelled = bench.timeline.world(after: moment.last)
      #expect(bench.fingerprint(travelled).difference(from: moment.fingerprint) == nil)
    }
  }

  @Test(arguments: [Int64.max, Int64.min, 253_402_300_800_000, -62_135_596_800_001])
  func `an event outside the representable years is refused`(milliseconds: Int64) throws {
    var bench = try RecordedEngine(.shop)
    var event = Self.past("a")
    event.createdAt = Instant(milliseconds: milliseconds)
    let problem = TransactionError.eventTimeUnlikely("a", event.createdAt)
    #expect(
      bench.perform(.take(event, reaction: .viewsOnly)).problem == problem.description)
    #expect(bench.world.log.count == 0 && bench.world.clock == .standardStart)
    event.createdAt = Instant(milliseconds: milliseconds > 0 ? 253_402_300_799_999 : 0)
    #expect(bench.perform(.take(event, reaction: .viewsOnly)).problem == nil)
  }

  @Test func `an import reports the new time and the new tenants`() throws {
    var session = try Session(TenantTests.domain)
    func line(_ id: String, _ stream: String, _ at: String, of tenant: String = "") -> String {
      #"{"id":"\#(id)","type":"Ordered","stream":"\#(stream)","workspace":"\#(tenant)","#
        + #""createdAt":"\#(at)","data":{}}"#
    }
    try session.importEvents(Array(line("1", "orders", "2025-01-01T00:00:00Z").utf8))
    #expect(session.lastImport?.description == "1 event imported")
    let lines = [
      line("2", "orders", "2026-01-01T08:00:00Z"),
      line("3", "acme.orders", "2027-01-01T09:00:00Z", of: "acme"),
    ]
    #expect(try session.importEvents(Array(lines.joined(separator: "\n").utf8)) == 2)
    #expect(
      session.lastImport?.description
        == "2 events imported; new tenants: acme; the clock went on by "
        + "\(Interval.days(365).brief), to 2027-01-01T09:00:00.000Z")
    let error = #expect(throws: EventFileError.self) {
      try session.importEvents(Array(line("4", "orders", "9999999999999999").utf8))
    }
    #expect(error?.line == 1)
    #expect(session.head.clock == session.lastImport?.end)
  }

  @Test func `older history does not set the clock back`() throws {
    var bench = try RecordedEngine(.shop)
    bench.perform(.take(Self.past("a", minute: -9), reaction: .viewsOnly))
    #expect(bench.world.clock == .standardStart)
  }

  @Test func `sagas and adapters react to an import if requested`() throws {
    var bench = try RecordedEngine(.shop)
    bench.perform(.take(Self.past("a"), reaction: .everybody))
    #expect(bench.world.queue.count == 1)
    bench.settle()
    #expect(bench.world.sagas.count(of: "PaymentSaga") == 1)
    #expect(bench.world.recordCount(of: "OrderBoard") == 1)
  }

  @Test func `generated ids continue after imported ones`() throws {
    var bench = try RecordedEngine(.shop)
    bench.perform(.take(Self.past("a", "order-41"), reaction: .viewsOnly))
    bench.perform(.take(Self.past("b", "order-3"), reaction: .viewsOnly))
    bench.perform(.take(Self.past("c", "order-x"), reaction: .viewsOnly))
    bench.perform(.take(Self.past("d", "order-"), reaction: .viewsOnly))
    let step = bench.run("PlaceOrder", ["customer": "c-1", "total": 5])
    #expect(step.response == ["orderId": "order-42"])
  }

  @Test func `an existing event is not imported twice`() throws {
    var bench = try RecordedEngine(.shop)
    bench.perform(.take(Self.past("a"), reaction: .viewsOnly))
    let step = bench.perform(.take(Self.past("a"), reaction: .viewsOnly))
    #expect(step.problem == nil && step.entries.isEmpty)
    let other = bench.perform(.take(Self.past("a", "order-8"), reaction: .viewsOnly))
    #expect(other.problem?.contains("a at #1, with another domain id") == true)
    #expect(other.entries.isEmpty)
    #expect(bench.world.log.count == 1)
  }

  @Test func `a view that fails on imported history is parked, and the event is kept`() throws {
    let view = EventView(
      "V", streams: ["orders"],
      onAny: { _, tx in
        try tx.create("t", [:])
        throw Rejection("cannot fold")
      })
    var bench = try RecordedEngine(Domain("test", views: [view]))
    let step = bench.perform(.take(Self.past("a"), reaction: .viewsOnly))
    #expect(step.problem == "cannot fold")
    #expect(bench.world.log.count == 1)
    #expect(bench.world.recordCount(of: "t") == 0)
    #expect(bench.world.parked.map(\.reason) == ["cannot fold"])
  }
}
