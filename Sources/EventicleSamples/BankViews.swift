import EventicleCore

extension Bank {
  /// One row per account.
  static let balances = EventView(
    "Balances", streams: ["accounts"],
    rows: [
      "AccountOpened": { row, event in
        let data = event.data.value
        for name in ["owner", "currency"] { row[name] = data[name] }
        row["balance"] = 0
        row["status"] = "active"
      },
      "MoneyDeposited": { row, event in
        try row["balance"] += event.data["amount"].amount
      },
      "MoneyWithdrawn": { row, event in
        try row["balance"] -= event.data["amount"].amount
      },
      "AccountFrozen": { row, _ in row["status"] = "frozen" },
      "AccountUnfrozen": { row, _ in row["status"] = "active" },
    ])

  /// One row per transfer, with its outcome.
  static let ledger = EventView(
    "Ledger", streams: ["transfers"],
    rows: [
      "TransferRequested": { row, event in
        let data = event.data.value
        for name in ["from", "to", "amount"] { row[name] = data[name] }
        row["outcome"] = "requested"
      },
      "TransferCompleted": { row, _ in row["outcome"] = "completed" },
      "TransferFailed": { row, event in
        row["outcome"] = "failed"
        row["reason"] = event.data["reason"]
      },
    ])
}
