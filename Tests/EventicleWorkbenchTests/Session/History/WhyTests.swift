import EventicleSamples
import TestSupport
import Testing

@testable import EventicleCore
@testable import EventicleWorkbench

/// Why something is as it is, who reads what, and what a command would do.
@Suite struct WhyTests {
  @Test func `each step that changed a value is told up to the person who began it`() throws {
    var session = try HistorySessions.shop(HistorySessions.declined)
    let reply = session.run("why Order/order-1.status")
    let rows = try #require(reply.output?.array)
    #expect(rows.map { $0["event"].integer } == [1, 2, 5])
    #expect(rows.last?["changes"].array?.first?["new"] == "onHold")
    #expect(
      rows.last?["causes"]
        == [
          "C HoldOrder", "S PaymentSaga order-1", "#4 PaymentDeclined", "C DeclinePayment", "you",
        ])
    #expect(
      reply.message
        == "Order/order-1.status was changed by 3 steps · last paying → onHold · #5 OrderOnHold ← "
        + "C HoldOrder ← S PaymentSaga order-1 ← #4 PaymentDeclined ← C DeclinePayment ← you")
  }

  @Test func `sagas and rows of views have their steps too`() throws {
    var session = try HistorySessions.shop(HistorySessions.declined + ["clock +30s"])
    let saga = try #require(session.run("why PaymentSaga/order-1.status").output?.array)
    #expect(
      saga.map { $0["changes"].array?.first?["new"].string } == [
        "awaitingPayment", "declined", "retrying",
      ])
    #expect(saga.last?["by"] == "S PaymentSaga on T retry")
    let row = try #require(session.run("why OrderBoard/order-1.status").output?.array)
    #expect(row.map { $0["by"].string }.last == "V OrderBoard on #12 OrderResumed")
  }

  @Test func `only what has happened at the moment counts`() throws {
    var session = try HistorySessions.shop(HistorySessions.declined)
    _ = session.run("goto #3")
    #expect(session.run("why Order/order-1.status").output?.array?.count == 2)
  }

  @Test func `what is not there is refused with what is`() throws {
    var session = try HistorySessions.shop(HistorySessions.declined)
    for line in ["why Order/order-9", "why Nothing/x", "why Order", "why Order/order-1.[", "why"] {
      #expect(session.run(line).problem != nil, "\(line)")
    }
  }

  @Test func `readers of a type are listed, and a type that nobody reads is said`() throws {
    var session = try HistorySessions.shop(HistorySessions.declined)
    let names = session.run("who reads OrderPaid").output?.array?.compactMap { $0["name"].string }
    #expect(names == ["Order", "OrderBoard", "Revenue", "ShippingSaga", "Mailer"])
    #expect(
      session.run("who reads OrderPayd").message
        == "nobody reads OrderPayd; did you mean OrderPaid?")
  }

  @Test func `a command is tried at the moment that is shown, and nothing is done`() throws {
    var session = try HistorySessions.shop(HistorySessions.declined)
    let before = session.timeline.count
    let now = session.run("what if CapturePayment paymentId=pay-1")
    #expect(now.message.contains("refused"))
    _ = session.run("goto #3")
    let then = session.run("what if CapturePayment paymentId=pay-1")
    #expect(then.message.hasPrefix("if at #3.1: +#4 PaymentSucceeded pay-1"), "\(then.message)")
    #expect(
      session.timeline.count == before && "\(session.timeline.name(of: session.cursor))" == "#3.1")
    #expect(session.run("what if save x.tape").problem != nil)
    #expect(session.run("what").problem != nil)
    #expect(
      session.run("what if PlaceOrder").problem?.message
        == "PlaceOrder needs customer and total; add customer=… total:=59.")
    #expect(session.run("what if Nope").problem?.column == 9)
  }

  @Test func `what waits anyway is told apart from what a line does`() throws {
    var session = try HistorySessions.shop(["PlaceOrder customer=c-19 total:=59"])
    #expect(session.run("goto #1").problem == nil)
    #expect(session.moment.world.queue.count > 0)
    let then = session.run("what if emit orders OrderNoted order-1")
    #expect(then.output?["events"].array?.count == 1, "\(then.message)")
    #expect(then.message.contains("deliveries that waited would be made as well"))
    #expect(then.output?["madeAnyway"].integer ?? 0 > 0)

    _ = session.run("live")
    _ = session.run("hold")
    let held = session.run("what if PlaceOrder customer=c-2 total:=5")
    #expect(held.message.contains("would wait, the engine is held"), "\(held.message)")
  }
}
