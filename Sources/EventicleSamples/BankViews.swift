import EventicleCore

extension Bank {
  /// A row per account.
  static let balances = EventView(
    "Balances", streams: ["accounts"],
    on: [
      "AccountOpened": { event, transaction in
        let data = event.data.value
        try changeRow("Balances", event, transaction) { row in
          for name in ["owner", "currency"] { row[name] = data[name] }
          row["balance"] = 0
          row["status"] = "active"
        }
      },
      "MoneyDeposited": { event, transaction in
        let amount = event.data.value["amount"].amount
        try changeRow("Balances", event, transaction) { row in
          row["balance"] = .money(row["balance"].amount + amount)
        }
      },
      "MoneyWithdrawn": { event, transaction in
        let amount = event.data.value["amount"].amount
        try changeRow("Balances", event, transaction) { row in
          row["balance"] = .money(row["balance"].amount - amount)
        }
      },
      "AccountFrozen": { event, transaction in
        try changeRow("Balances", event, transaction) { $0["status"] = "frozen" }
      },
      "AccountUnfrozen": { event, transaction in
        try changeRow("Balances", event, transaction) { $0["status"] = "active" }
      },
    ])

  /// A row per transfer, with its outcome.
  static let ledger = EventView(
    "Ledger", streams: ["transfers"],
    on: [
      "TransferRequested": { event, transaction in
        let data = event.data.value
        try changeRow("Ledger", event, transaction) { row in
          for name in ["from", "to", "amount"] { row[name] = data[name] }
          row["outcome"] = "requested"
        }
      },
      "TransferCompleted": { event, transaction in
        try changeRow("Ledger", event, transaction) { $0["outcome"] = "completed" }
      },
      "TransferFailed": { event, transaction in
        let reason = event.data.value["reason"]
        try changeRow("Ledger", event, transaction) { row in
          row["outcome"] = "failed"
          row["reason"] = reason
        }
      },
    ])

  private static func changeRow(
    _ view: String, _ event: Event, _ transaction: Transaction, _ body: (inout JSON) -> Void
  ) throws {
    guard let id = event.domainID else { return }
    try transaction.change(view, id.text, body)
  }
}
