import EventicleSamples
import Testing

@testable import EventicleCore
@testable import EventicleWorkbench

@Suite struct SessionRunningTests {
  /// The demo flow, with the cursor at its start.
  static func shop() throws -> Session {
    var session = try TapeRun(demoFlow).session
    _ = session.run("goto start")
    return session
  }

  @Test(arguments: [
    ("E OrderPaid", "A Order/order-1.status = paid"),
    ("E Payment* .reason = card_declined", "A Payment/pay-1.status = declined"),
    ("C DeclinePayment", "A Payment/pay-1.status = declined"),
    ("S ShippingSaga", "S ShippingSaga/order-1.status = preparing"),
    ("S PaymentSaga/order-1.status = retrying", "S PaymentSaga/order-1.attempts = 1"),
    ("S PaymentSaga/order-1.status = declined", "A Order/order-1.status = onHold"),
    ("T PaymentSaga/order-1/retry", "S PaymentSaga/order-1.status = retrying"),
    ("T PaymentSaga", "S PaymentSaga/order-1.status = retrying"),
    ("V Revenue", "V Revenue/GBP.orders = 1"),
    ("A Payment/pay-2", "A Payment/pay-2.status = requested"),
    ("A Order/order-1.status = onHold", "A Order/order-1.status = onHold"),
    ("A Shipment/ship-1", "A Order/order-1.status = paid"),
    ("change Order/order-1 .status", "A Order/order-1.status = paying"),
  ])
  func `running to a selector stops where it first holds`(stop: String, proof: String) throws {
    var session = try Self.shop()
    let reply = session.run("run to \(stop)")
    #expect(reply.message.hasPrefix("stopped at j"), "\(reply.message)")
    #expect(!session.isAtHead)
    let check = session.run("expect \(proof)")
    #expect(check.problem == nil, "\(check.problem?.message ?? "")")
    // The stop is the first place where it holds: one entry earlier it does not.
    #expect(session.cursor.entry.number > 0)
    #expect(reply.journal == nil)
  }

  @Test(arguments: [
    "run to S PaymentSaga/order-9", "run to E OrderCreated .total = 1",
    "run to E OrderCreated if data.total>100", "run to A Order/order-9",
    "run to A Order/order-1.status = lost", "run to error", "run to T ShippingSaga",
    "run to V Nothing", "run to C Nothing", "run to S PaymentSaga/order-1.status = lost",
    "run to T PaymentSaga/order-1/poll", "run to change Order/order-1 .colour",
  ])
  func `running to what never happens ends at the head and says so`(line: String) throws {
    var session = try Self.shop()
    let reply = session.run(line)
    #expect(reply.problem == nil, "\(reply.problem?.message ?? "")")
    #expect(reply.message == "nothing fits up to the head, \(session.timeline.last)")
    #expect(session.isAtHead)
  }

  @Test func `a condition narrows the stop`() throws {
    var session = try Self.shop()
    let first = session.run("run to E PaymentRequested")
    let start = session.cursor
    _ = session.run("run to E PaymentRequested if cause:#1")
    #expect(first.message.hasPrefix("stopped at "))
    #expect(session.cursor.entry > start.entry)
    _ = session.run("goto start")
    _ = session.run("run to E Order* if type:OrderPaid")
    #expect(session.run("expect A Order/order-1.status = paid").problem == nil)
  }

  @Test func `running without a target goes to the head`() throws {
    var session = try Self.shop()
    let steps = session.timeline.stepCount(after: session.cursor.entry, upTo: session.timeline.last)
    #expect(session.run("run").message == "no stop before the end · \(steps) steps on")
    #expect(session.isAtHead)
  }

  @Test func `queued deliveries run until the stop, the rest stay queued`() throws {
    var session = try Session(.shop)
    _ = session.run("hold")
    _ = session.run("do PlaceOrder customer=c-19 total:=59")
    #expect(session.run("expect missing S PaymentSaga/order-1").problem == nil)
    let reply = session.run("run to S PaymentSaga")
    #expect(reply.message.hasPrefix("stopped at j"))
    #expect(reply.journal != nil)
    #expect(session.run("expect S PaymentSaga/order-1.status = awaitingPayment").problem == nil)
    #expect(session.isHeld)
    #expect(!session.head.queue.isEmpty)
    _ = session.run("run")
    #expect(session.head.queue.isEmpty)
    #expect(session.isHeld)
  }

  @Test func `imported events can be run to`() throws {
    var session = try Session(.shop)
    let lines = (1...2).map {
      #"{"id":"e\#($0)","type":"OrderCreated","stream":"orders","domainId":"order-\#($0)","#
        + #""createdAt":\#(1_767_258_000_000 + $0),"data":{"total":\#($0)}}"#
    }
    try session.importEvents(Array(lines.joined(separator: "\n").utf8))
    for line in ["run to E OrderCreated .total = 2", "run to A Order/order-2"] {
      _ = session.run("goto start")
      #expect(session.run(line).message.hasPrefix("stopped at "))
      #expect(session.shown.log.count == 2)
    }
    _ = session.run("goto start")
    _ = session.run("step agg Order/order-2")
    #expect(session.shown.log.count == 2)
  }
}
