import EventicleCore
import EventicleSamples
import Testing

@Suite struct ShopViewTests {
  static func row(_ status: JSON, attempts: Int = 0, at time: String = "09:00:00.000") -> JSON {
    [
      "customer": "c-19", "total": 59, "currency": "GBP", "status": status,
      "attempts": .int(attempts), "updatedAt": .string("2026-01-01T\(time)Z"),
    ]
  }

  @Test(arguments: ShopPast.statuses)
  func `the board shows every status from past events`(status: String) throws {
    try Specification(.shop).given(ShopPast.order(status))
      .thenRecord("OrderBoard", "order-1", Self.row(.string(status)))
  }

  @Test func `the board counts declined payments and shows its last change`() throws {
    try Specification(.shop).given(ShopPast.order("paying"))
      .given(
        ShopPast.event(
          "PaymentDeclined", "pay-1", in: "payments", ["orderId": "order-1"], minute: 1),
        ShopPast.event(
          "PaymentDeclined", "pay-2", in: "payments", ["orderId": "order-1"], minute: 2)
      )
      .thenRecord(
        "OrderBoard", "order-1", Self.row("paying", attempts: 2, at: "09:02:00.000"))
  }

  @Test func `a resumed order is paying again`() throws {
    try Specification(.shop).given(ShopPast.order("onHold"))
      .given(ShopPast.event("OrderResumed", "order-1"))
      .thenRecord("OrderBoard", "order-1", Self.row("paying"))
  }

  @Test func `payments without an order leave no row`() throws {
    let run = try Specification(.shop)
      .given(ShopPast.event("PaymentDeclined", "pay-1", in: "payments"))
    #expect(run.world.recordCount(of: "OrderBoard") == 0)
    run.thenParked()
  }

  @Test func `revenue has one row per currency, in cents`() throws {
    let orders: [(DomainID, JSON)] = [
      ("order-1", ["customer": "a", "total": 0.1, "currency": "GBP"]),
      ("order-2", ["customer": "a", "total": 0.2, "currency": "GBP"]),
      ("order-3", ["customer": "a", "total": 59, "currency": "EUR"]),
    ]
    try Specification(.shop)
      .given(orders.map { ShopPast.event("OrderCreated", $0.0, $0.1) })
      .given(ShopPast.event("OrderPaid", "order-2", ["paymentId": "pay-1"]))
      .thenRecord("Revenue", "GBP", ["orders": 2, "ordered": 0.3, "paid": 0.2])
      .thenRecord("Revenue", "EUR", ["orders": 1, "ordered": 59, "paid": 0])
  }

  @Test func `a payment of an unknown order is no revenue`() throws {
    let run = try Specification(.shop).given(ShopPast.event("OrderPaid", nil))
    #expect(run.world.recordCount(of: "Revenue") == 0)
    run.thenParked()
  }
}

@Suite struct MailerTests {
  static func mails(after status: String, _ event: NewEvent) throws -> [JSON] {
    let run = try Specification(.shop).given(ShopPast.order(status))
      .when(emitted: [event], to: "orders")
    return try run.world.records(of: "mail").map(\.content)
  }

  static func mail(_ subject: JSON) -> JSON {
    ["to": "c-19", "subject": subject, "orderId": "order-1"]
  }

  @Test func `customers are told of payment, shipping and cancellation`() throws {
    let paid = NewEvent("OrderPaid", "order-1", data: ["paymentId": "pay-1"])
    #expect(
      try Self.mails(after: "paying", paid) == [Self.mail("Thank you, your order is paid")])
    let shipped = NewEvent("OrderShipped", "order-1", data: ["shipmentId": "ship-1"])
    #expect(try Self.mails(after: "paid", shipped) == [Self.mail("Your order is on its way")])
    let cancelled = NewEvent("OrderCancelled", "order-1", data: ["reason": "late"])
    #expect(
      try Self.mails(after: "paying", cancelled) == [Self.mail("Your order is cancelled")])
  }

  @Test func `customers are told of the delivery of their shipment`() throws {
    let run = try Specification(.shop).given(ShopPast.order("shipped"))
      .when(
        emitted: [NewEvent("ShipmentDelivered", "ship-1", data: ["orderId": "order-1"])],
        to: "shipping")
    run.thenRecord("mail", "mail-1", Self.mail("Your order has arrived"))
    #expect(run.world.recordCount(of: "mail") == 1)
  }

  @Test func `customers are told of nothing else`() throws {
    #expect(try Self.mails(after: "shipped", NewEvent("OrderDelivered", "order-1")) == [])
    #expect(try Self.mails(after: "paying", NewEvent("OrderOnHold", "order-1")) == [])
  }

  @Test func `mails are numbered`() throws {
    let run = try Specification(.shop).given(ShopPast.order("paying"))
      .given(ShopPast.order("paying", id: "order-2"))
      .given("CancelOrder", ["orderId": "order-1", "reason": "late"])
      .given("CancelOrder", ["orderId": "order-2", "reason": "late"])
    #expect(try run.world.records(of: "mail").map(\.id) == ["mail-1", "mail-2"])
  }

  @Test func `imported history sends no mail`() throws {
    let run = try Specification(.shop).given(ShopPast.order("shipped"))
    #expect(run.world.recordCount(of: "mail") == 0)
  }
}
