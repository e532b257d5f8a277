import EventicleCore

extension Shop {
  /// A row per order, from the events alone.
  static let orderBoard = EventView(
    "OrderBoard", streams: ["orders", "payments"],
    on: [
      "OrderCreated": { event, transaction in
        let data = event.data.value
        try changeRow(event, of: JSON.id(of: event), transaction) { row in
          for name in ["customer", "total", "currency"] { row[name] = data[name] }
          row["status"] = "placed"
          row["attempts"] = 0
        }
      },
      "OrderPriced": { event, transaction in
        let data = event.data.value
        try changeRow(event, of: JSON.id(of: event), transaction) { row in
          for name in ["total", "currency"] { row[name] = data[name] }
          row["status"] = "paying"
        }
      },
      "OrderOnHold": setStatus("onHold"),
      "OrderResumed": setStatus("paying"),
      "OrderPaid": setStatus("paid"),
      "OrderShipped": setStatus("shipped"),
      "OrderDelivered": setStatus("delivered"),
      "OrderCancelled": setStatus("cancelled"),
      "PaymentDeclined": { event, transaction in
        try changeRow(event, of: event.data.value["orderId"], transaction) { row in
          row["attempts"] = .int((row["attempts"].integer ?? 0) + 1)
        }
      },
    ])

  /// A row per currency: how many orders, what they come to, and what has been paid of it.
  static let revenue = EventView(
    "Revenue", streams: ["orders"],
    on: [
      "OrderCreated": { event, transaction in
        let data = event.data.value
        try changeRevenue(of: data["currency"], transaction) { row in
          row["orders"] = .int((row["orders"].integer ?? 0) + 1)
          row["ordered"] = .money(row["ordered"].amount + data["total"].amount)
        }
      },
      "OrderPaid": { event, transaction in
        guard let id = event.domainID, let order = transaction.load(order, id) else { return }
        try changeRevenue(of: order["currency"], transaction) { row in
          row["paid"] = .money(row["paid"].amount + order["total"].amount)
        }
      },
    ])

  private static func setStatus(_ status: JSON) -> EventHandler {
    { event, transaction in
      try changeRow(event, of: JSON.id(of: event), transaction) { $0["status"] = status }
    }
  }

  private static func changeRow(
    _ event: Event, of orderID: JSON, _ transaction: Transaction, _ body: (inout JSON) -> Void
  ) throws {
    guard let id = orderID.string else { return }
    try transaction.change("OrderBoard", id) { row in
      body(&row)
      row["updatedAt"] = .string(event.createdAt.description)
    }
  }

  private static func changeRevenue(
    of currency: JSON, _ transaction: Transaction, _ body: (inout JSON) -> Void
  ) throws {
    guard let id = currency.string else { return }
    try transaction.change("Revenue", id) { row in
      if row.object?.isEmpty ?? true { row = ["orders": 0, "ordered": 0, "paid": 0] }
      body(&row)
    }
  }
}
