import EventicleCore

/// Past events of the shop.
enum ShopPast {
  static let statuses = ["placed", "paying", "onHold", "paid", "shipped", "delivered", "cancelled"]

  /// An event with an id of its own.
  static func event(
    _ type: EventType, _ id: DomainID?, in stream: StreamName = "orders",
    _ data: JSON = .emptyObject, minute: Int64 = 0
  ) -> Event {
    Event(
      id: EventID("\(stream)-\(id?.text ?? "")-\(type)-\(minute)"), type: type, source: "shop",
      stream: stream, domainID: id, createdAt: .standardStart + .minutes(minute),
      data: JSONBytes(data))
  }

  /// The shortest history that leaves an order in a status.
  static func order(_ status: String, id: DomainID = "order-1") -> [Event] {
    let placed = event("OrderCreated", id, ["customer": "c-19", "total": 59, "currency": "GBP"])
    let paying = [placed, event("OrderPriced", id, ["total": 59, "currency": "GBP"])]
    let paid = paying + [event("OrderPaid", id, ["paymentId": "pay-1"])]
    let shipped = paid + [event("OrderShipped", id, ["shipmentId": "ship-1"])]
    return switch status {
    case "placed": [placed]
    case "paying": paying
    case "onHold": paying + [event("OrderOnHold", id, ["reason": "stock"])]
    case "paid": paid
    case "shipped": shipped
    case "delivered": shipped + [event("OrderDelivered", id)]
    case "cancelled": paying + [event("OrderCancelled", id, ["reason": "changed my mind"])]
    default: []
    }
  }

  /// A payment of `order-1` in a status.
  static func payment(_ status: String) -> [Event] {
    let asked: JSON = ["orderId": "order-1", "amount": 59, "currency": "GBP"]
    let requested = event("PaymentRequested", "pay-1", in: "payments", asked)
    return switch status {
    case "succeeded": [requested, event("PaymentSucceeded", "pay-1", in: "payments", asked)]
    case "declined": [requested, event("PaymentDeclined", "pay-1", in: "payments", asked)]
    default: [requested]
    }
  }

  /// A shipment of `order-1` in a status.
  static func shipment(_ status: String) -> [Event] {
    let order: JSON = ["orderId": "order-1"]
    let created = event("ShipmentCreated", "ship-1", in: "shipping", order)
    let dispatched = [
      created,
      event(
        "ShipmentDispatched", "ship-1", in: "shipping", ["orderId": "order-1", "carrier": "DHL"]),
    ]
    return switch status {
    case "dispatched": dispatched
    case "delivered":
      dispatched + [event("ShipmentDelivered", "ship-1", in: "shipping", order)]
    default: [created]
    }
  }
}
