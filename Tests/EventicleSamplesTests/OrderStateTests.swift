import EventicleCore
import EventicleSamples
import Testing

@Suite struct OrderStateTests {
  static let states: [(String, JSON)] = {
    let start: JSON = ["customer": "c-19", "total": 59, "currency": "GBP"]
    func state(_ status: JSON, _ more: [(String, JSON)] = []) -> JSON {
      var state = start
      state["status"] = status
      for (name, value) in more { state[name] = value }
      return state
    }
    let paid = ("paymentId", JSON.string("pay-1"))
    let shipped = ("shipmentId", JSON.string("ship-1"))
    return [
      ("placed", state("placed")), ("paying", state("paying")),
      ("onHold", state("onHold", [("hold", "stock")])), ("paid", state("paid", [paid])),
      ("shipped", state("shipped", [paid, shipped])),
      ("delivered", state("delivered", [paid, shipped])), ("cancelled", state("cancelled")),
    ]
  }()

  @Test(arguments: states)
  func `each event folds into its state`(status: String, state: JSON) throws {
    try Specification(.shop).given(ShopPast.order(status)).thenState("Order", "order-1", state)
  }

  @Test func `pricing an order sets its total`() throws {
    try Specification(.shop)
      .given(ShopPast.order("placed"))
      .given(ShopPast.event("OrderPriced", "order-1", ["total": 60, "currency": "EUR"]))
      .thenState(
        "Order", "order-1",
        ["customer": "c-19", "total": 60, "currency": "EUR", "status": "paying"])
  }

  @Test(arguments: ["OrderResumed", "OrderCancelled", "OrderPaid"] as [EventType])
  func `an order no longer on hold forgets the reason`(type: EventType) throws {
    let run = try Specification(.shop).given(ShopPast.order("onHold"))
      .given(ShopPast.event(type, "order-1", ["paymentId": "pay-1"]))
    let state = run.engine.domain.aggregate("Order")?.state(of: "order-1", in: run.world)?.state
    #expect(state?.object?["hold"] == nil)
  }

  @Test func `payments and shipments fold into their states`() throws {
    let asked: JSON = ["orderId": "order-1", "amount": 59, "currency": "GBP"]
    for status in ["requested", "succeeded", "declined"] {
      var state = asked
      state["status"] = .string(status)
      try Specification(.shop).given(ShopPast.payment(status)).thenState("Payment", "pay-1", state)
    }
    let states: [(String, JSON)] = [
      ("created", ["orderId": "order-1", "status": "created"]),
      ("dispatched", ["orderId": "order-1", "status": "dispatched", "carrier": "DHL"]),
      ("delivered", ["orderId": "order-1", "status": "delivered", "carrier": "DHL"]),
    ]
    for (status, state) in states {
      try Specification(.shop).given(ShopPast.shipment(status))
        .thenState("Shipment", "ship-1", state)
    }
  }
}
