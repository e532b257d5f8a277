import EventicleCore

extension Bank {
  /// A transfer of money from one account to another.
  static let transfer = AggregateRoot(
    "Transfer", stream: "transfers", idPrefix: "tr",
    lifecycle: Lifecycle(
      .state("requested", to: "completed", "failed"), .final("completed"), .final("failed")),
    reducers: [
      "TransferRequested": { state, event in
        let data = event.data.value
        for name in ["from", "to", "amount"] { state[name] = data[name] }
        state["status"] = "requested"
      },
      "TransferCompleted": { state, _ in state["status"] = "completed" },
      "TransferFailed": { state, event in
        state["status"] = "failed"
        state["reason"] = event.data["reason"]
      },
    ])

  /// The commands of transfers.
  static let transferCommands = [requestTransfer]

  private static let requestTransfer = Command(
    "RequestTransfer", stream: "transfers",
    [
      .required("from", idOf: "Account"), .required("to", idOf: "Account"),
      .required("amount", .number),
    ], summary: "money is to go from one account to another"
  ) { data, transaction in
    let amount = try positive(data["amount"], "transfer")
    for name in ["from", "to"] {
      _ = try transaction.existing(account, data[name], madeBy: "OpenAccount")
    }
    var transfer = transaction.new(transfer)
    transfer.raise(
      "TransferRequested", ["from": data["from"], "to": data["to"], "amount": amount])
    try transaction.persist(&transfer)
    return CommandResult(response: ["transferId": "\(transfer.id)"])
  }
}
