import EventicleCore

extension Shop {
  /// One row per order, folded from events alone.
  static let orderBoard = EventView(
    "OrderBoard", streams: ["orders", "payments"],
    of: { $0.type == "PaymentDeclined" ? $0.data["orderId"].string : $0.domainID?.text },
    rows: boardRows.mapValues { dating($0) })

  private static let boardRows: [EventType: EventView.RowReducer] = [
    "OrderCreated": { row, event in
      let data = event.data.value
      for name in ["customer", "total", "currency"] { row[name] = data[name] }
      row["status"] = "placed"
      row["attempts"] = 0
    },
    "OrderPriced": { row, event in
      let data = event.data.value
      for name in ["total", "currency"] { row[name] = data[name] }
      row["status"] = "paying"
    },
    "OrderOnHold": { row, _ in row["status"] = "onHold" },
    "OrderResumed": { row, _ in row["status"] = "paying" },
    "OrderPaid": { row, _ in row["status"] = "paid" },
    "OrderShipped": { row, _ in row["status"] = "shipped" },
    "OrderDelivered": { row, _ in row["status"] = "delivered" },
    "OrderCancelled": { row, _ in row["status"] = "cancelled" },
    "PaymentDeclined": { row, _ in try row["attempts"] += 1 },
  ]

  /// Adds the time of the last change to what a reducer writes.
  private static func dating(_ change: @escaping EventView.RowReducer) -> EventView.RowReducer {
    { row, event in
      try change(&row, event)
      row["updatedAt"] = "\(event.createdAt)"
    }
  }

  /// One row per currency: the number of orders, their total, and the amount paid.
  static let revenue = EventView(
    "Revenue", streams: ["orders"],
    on: [
      "OrderCreated": { event, transaction in
        let data = event.data.value
        try changeRevenue(of: data["currency"], transaction) { row in
          try row["orders"] += 1
          try row["ordered"] += data["total"].amount
        }
      },
      "OrderPaid": { event, transaction in
        guard let id = event.domainID, let order = transaction.load(order, id) else { return }
        try changeRevenue(of: order["currency"], transaction) { row in
          try row["paid"] += order["total"].amount
        }
      },
    ])

  private static func changeRevenue(
    of currency: JSON, _ transaction: Transaction, _ body: (inout JSON) throws -> Void
  ) throws {
    guard let id = currency.string else { return }
    try transaction.change(revenue, id) { row in
      if row.object?.isEmpty ?? true { row = ["orders": 0, "ordered": 0, "paid": 0] }
      try body(&row)
    }
  }
}
