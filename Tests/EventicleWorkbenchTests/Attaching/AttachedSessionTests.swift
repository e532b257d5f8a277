import EventicleCore
import EventicleSamples
import EventicleWorkbench
import Testing

/// A session that takes the events of another system does nothing of its own with them.
@Suite struct AttachedSessionTests {
  private static let now = Instant(milliseconds: 1_767_300_000_000)

  private func wire(
    _ number: Int, _ type: String = "OrderCreated", stream: String = "orders",
    id: String? = nil, data: String = #"{"customer":"c-19","total":59}"#,
    createdAt: Int64 = 1_767_258_000_000
  ) -> WireEvent {
    let body =
      #"{"id":"\#(id ?? "e-\(number)")","type":"\#(type)","domainId":"order-1","#
      + #""source":"shop","createdAt":\#(createdAt),"data":\#(data)}"#
    return WireEvent(
      stream: stream, place: .redis(milliseconds: UInt64(createdAt) + UInt64(number), sequence: 0),
      body: Array(body.utf8))
  }

  private func session(_ domain: Domain = .shop) throws -> Session {
    var session = try Session(domain, startingAt: Self.now)
    session.attach(as: "shop-prod")
    return session
  }

  @Test func `views and aggregates fold, and no saga sends a command`() throws {
    var session = try session()
    session.take(
      [wire(1), wire(2, "OrderPriced", data: #"{"total":59,"currency":"GBP"}"#)],
      arrivedAt: Self.now)
    #expect(session.head.log.count == 2)
    #expect(session.head.queue.isEmpty)
    #expect(session.head.timers.count == 0)
    #expect(session.head.sagas.count(of: "PaymentSaga") == 0)
    #expect(session.head.histories.count(of: "Order") == 1)
    #expect(session.head.recordCount(of: "OrderBoard") == 1)
    #expect(session.nextTimer == nil)
  }

  @Test func `the clock begins with the first event, and follows them`() throws {
    var session = try session()
    session.take([wire(1)], arrivedAt: Self.now)
    #expect(session.head.clock == Instant(milliseconds: 1_767_258_000_000))
    session.take([wire(2, createdAt: 1_767_258_060_000)], arrivedAt: Self.now)
    #expect(session.head.clock == Instant(milliseconds: 1_767_258_060_000))
  }

  @Test func `an event of a clock far ahead keeps its time and moves the clock by little`() throws {
    var session = try session()
    let far: Int64 = 253_402_300_799_999
    session.take([wire(1), wire(2, createdAt: far), wire(3)], arrivedAt: Self.now)
    #expect(session.head.log.event(at: Position(2))?.createdAt.milliseconds == far)
    #expect(session.head.clock == Self.now + Limits.remoteLead)
    session.take([wire(4, createdAt: far)], arrivedAt: Self.now)
    #expect(session.head.clock <= Self.now + Limits.remoteLead + Interval(milliseconds: 1))
    #expect(session.run("verify").problem == nil)
  }

  @Test func `an event that comes again is counted, whatever it says`() throws {
    var session = try session()
    session.take(
      [wire(1), wire(1), wire(2, id: "e-1", data: #"{"other":1}"#)], arrivedAt: Self.now)
    #expect(session.head.log.count == 1)
    #expect(session.attachment?.seenAgain == 2)
    #expect(session.attachment?.taken == 1)
  }

  @Test func `what is no event is shown and no handler sees it`() throws {
    var session = try session()
    var bad = wire(1)
    bad.body = Array("<order/>".utf8)
    bad.headers = [
      .init("type", Array("OrderCreated".utf8)), .init("domainId", Array("order-1".utf8)),
    ]
    session.take([bad, wire(2)], arrivedAt: Self.now)
    #expect(session.head.log.count == 2)
    #expect(session.attachment?.opaque == 1)
    #expect(session.head.parkedCount == 0)
    #expect(session.head.recordCount(of: "OrderBoard") == 1)
    let event = try #require(session.head.log.event(at: Position(1)))
    #expect(OpaqueData.isOpaque(event.data))
    #expect(session.head.histories.count(of: "Order") == 1)
  }

  @Test func `an event has its place and what was unusual beside its own members`() throws {
    var session = try session()
    var event = wire(1)
    let body = #"{"type":"OrderCreated","place":"Leeds","createdAt":1767258000000,"n":1.50}"#
    event.body = Array(body.utf8)
    session.take([event], arrivedAt: Self.now)
    let taken = try #require(session.head.log.event(at: Position(1)))
    #expect(RemoteNotice.place(of: taken) == "orders@1767258000001-0")
    #expect(RemoteNotice.quirks(of: taken) == ["id:place", "data:none"])
    #expect(
      taken.additionalMembers?.description.hasPrefix(#"{"place":"Leeds","n":1.50,"$place":"#)
        == true)
  }

  @Test(arguments: [
    "emit orders OrderCreated order-2", "do PlaceOrder customer=c-1 total:=1", "clock +5m", "undo",
    "release", "hold", "import x.ndjson", "domain bank",
  ])
  func `a line that would do something is refused with the way out`(line: String) throws {
    var session = try session()
    session.take([wire(1)], arrivedAt: Self.now)
    let entries = session.timeline.count
    let problem = session.run(line).problem?.message
    #expect(problem?.contains("shop-prod is attached read-only") == true, "\(problem ?? "")")
    #expect(problem?.contains("fork NAME") == true)
    #expect(session.timeline.count == entries)
  }

  @Test func `in a fork all can be tried while main goes on`() throws {
    var session = try session()
    session.take([wire(1)], arrivedAt: Self.now)
    #expect(session.run("fork what-if").problem == nil)
    #expect(session.run("do PlaceOrder customer=c-1 total:=1").problem == nil)
    let count = session.head.log.count
    session.take([wire(2, id: "e-2")], arrivedAt: Self.now)
    #expect(session.head.log.count == count)
    #expect(session.run("switch main").problem == nil)
    #expect(session.head.log.count == 2)
  }

  @Test func `who looks at the past stays there while events come`() throws {
    var session = try session()
    session.take((1...5).map { wire($0) }, arrivedAt: Self.now)
    #expect(session.run("goto #2").problem == nil)
    let before = session.moment.cursor
    session.take([wire(6)], arrivedAt: Self.now)
    session.note(remote: "the connection is lost: a test")
    #expect(session.moment.cursor == before)
    #expect(session.moment.world.log.count == 2)
    #expect(session.run("live").problem == nil)
    #expect(session.head.log.count == 6)
  }

  @Test func `what happens to the connection is an entry of its own, and no failure`() throws {
    var session = try session()
    session.take([wire(1)], arrivedAt: Self.now)
    session.note(remote: "4 events of orders are gone (retention)")
    let last = try #require(session.timeline.entry(session.timeline.last))
    #expect(last.kind == .trouble("4 events of orders are gone (retention)"))
    #expect(last.origin == .backend && last.cause == nil)
    #expect(session.run("verify").problem == nil)
  }

  @Test func `time does not pass by itself in what is attached`() throws {
    var session = try session()
    session.take([wire(1)], arrivedAt: Self.now)
    let hasFired = session.pass(until: Self.now + Interval(milliseconds: 86_400_000))
    #expect(!hasFired)
    #expect(session.head.clock == Instant(milliseconds: 1_767_258_000_000))
  }
}
