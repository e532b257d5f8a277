import EventicleCore

/// A namespace for the declarations of the shop.
enum Shop {}

extension Shop {
  /// A customer's order, from placing it to its delivery.
  static let order = AggregateRoot(
    "Order", stream: "orders",
    lifecycle: Lifecycle(
      .state("placed", to: "paying", "onHold", "paid", "cancelled"),
      .state("paying", to: "onHold", "paid", "cancelled"),
      .state("onHold", to: "paying", "paid", "cancelled"),
      .state("paid", to: "shipped", "cancelled"), .state("shipped", to: "delivered"),
      .final("delivered"), .final("cancelled")),
    reducers: [
      "OrderCreated": { state, event in
        let data = event.data.value
        for name in ["customer", "total", "currency"] { state[name] = data[name] }
        state["status"] = "placed"
      },
      "OrderPriced": { state, event in
        let data = event.data.value
        for name in ["total", "currency"] { state[name] = data[name] }
        state["status"] = "paying"
      },
      "OrderOnHold": { state, event in
        state["status"] = "onHold"
        state["hold"] = event.data["reason"]
      },
      "OrderResumed": { state, _ in
        state["status"] = "paying"
        state.remove("hold")
      },
      "OrderPaid": { state, event in
        state["status"] = "paid"
        state["paymentId"] = event.data["paymentId"]
        state.remove("hold")
      },
      "OrderShipped": { state, event in
        state["status"] = "shipped"
        state["shipmentId"] = event.data["shipmentId"]
      },
      "OrderDelivered": { state, _ in state["status"] = "delivered" },
      "OrderCancelled": { state, _ in
        state["status"] = "cancelled"
        state.remove("hold")
      },
    ])

  /// The commands of orders.
  static let orderCommands = [
    placeOrder, holdOrder, resumeOrder, markOrderPaid, markOrderShipped, markOrderDelivered,
    cancelOrder,
  ]

  private static let orderID = CommandField.required("orderId", idOf: "Order")

  private static let placeOrder = Command(
    "PlaceOrder", stream: "orders",
    [
      .required("customer"), .required("total", .number),
      .optional("currency", standard: "GBP"), .optional("lines", .array),
    ],
    summary: "a customer orders something"
  ) { data, transaction in
    var data = data
    data["total"] = try data["total"].inCents()
    guard data["customer"] != "" else {
      throw Rejection("An order needs a customer, but the customer is empty; add customer=c-19.")
    }
    guard data["total"] > 0 else {
      throw Rejection("An order's total must be more than 0, but it is \(data["total"]).")
    }
    var order = transaction.new(order)
    order.raise("OrderCreated", data.picking("customer", "total", "currency", "lines"))
    order.raise("OrderPriced", data.picking("total", "currency"))
    try transaction.persist(&order)
    return CommandResult(response: ["orderId": "\(order.id)"])
  }

  private static let holdOrder = change(
    "HoldOrder", [.required("reason")], summary: "keep an order back",
    from: ["placed", "paying"], "held", raising: "OrderOnHold", "reason")

  private static let resumeOrder = change(
    "ResumeOrder", summary: "go on with an order that is on hold",
    from: ["onHold"], "resumed", raising: "OrderResumed")

  private static let markOrderPaid = change(
    "MarkOrderPaid", [.required("paymentId", idOf: "Payment")], summary: "the money is there",
    from: ["placed", "paying", "onHold"], "marked as paid", raising: "OrderPaid", "paymentId")

  private static let markOrderShipped = change(
    "MarkOrderShipped", [.required("shipmentId", idOf: "Shipment")],
    summary: "the goods are on their way",
    from: ["paid"], "marked as shipped", raising: "OrderShipped", "shipmentId")

  private static let markOrderDelivered = change(
    "MarkOrderDelivered", summary: "the customer has the goods",
    from: ["shipped"], "marked as delivered", raising: "OrderDelivered")

  private static let cancelOrder = change(
    "CancelOrder", [.required("reason")], summary: "call an order off",
    from: ["placed", "paying", "onHold", "paid"], "cancelled", raising: "OrderCancelled", "reason")

  /// A command that changes an order's status, if the current one allows it.
  private static func change(
    _ command: String, _ fields: [CommandField] = [], summary: String, from accepted: [String],
    _ participle: String, raising type: EventType, _ kept: String...
  ) -> Command {
    Command(command, stream: "orders", [orderID] + fields, summary: summary) { data, transaction in
      var order = try transaction.existing(order, data["orderId"], madeBy: "PlaceOrder")
      try order.mustBe(accepted, toBe: participle)
      order.raise(type, data.picking(kept))
      try transaction.persist(&order)
      return .done
    }
  }
}
