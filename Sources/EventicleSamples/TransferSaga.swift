import EventicleCore

extension Bank {
  /// Withdraws money from one account and deposits it to the other, or returns it if that fails.
  static let transferSaga = Saga("TransferSaga", streams: ["transfers", "accounts"])
    .states("withdrawing", "depositing", "completed", "failed")
    .startOn("TransferRequested", unlessLive: "transferId") {
      step, event in
      step.data = event.data.value.picking("from", "to", "amount")
      step["transferId"] = JSON.id(of: event)
      step["status"] = "withdrawing"
      do {
        try move(step, "Withdraw", "from")
        try step.upsertTimer("expiry", after: .minutes(1))
      } catch let refusal as any RejectionError {
        try fail(step, reason: "\(refusal)")
      }
    }
    .on("MoneyWithdrawn", matching: "transferId", value: { $0.data["transferId"] }) {
      step, _ in
      step["status"] = "depositing"
      do {
        try move(step, "Deposit", "to")
      } catch let refusal as any RejectionError {
        try move(step, "Deposit", "from")
        try fail(step, reason: "\(refusal)")
      }
    }
    .on("MoneyDeposited", matching: "transferId", value: { $0.data["transferId"] }) {
      step, _ in
      step["status"] = "completed"
      try tell(step, "TransferCompleted")
      step.end(keepingData: true)
    }
    .onTimer("expiry") { step in
      // Once the money is deposited, only the event that says so is outstanding.
      guard step["status"] == "withdrawing" else { return }
      try move(step, "Deposit", "from")
      try fail(step, reason: "timed out")
    }

  private static func move(_ step: SagaStep, _ command: String, _ account: String) throws {
    try step.dispatch(
      command,
      [
        "accountId": step[account], "amount": step["amount"], "transferId": step["transferId"],
      ])
  }

  private static func fail(_ step: SagaStep, reason: JSON) throws {
    step["status"] = "failed"
    try tell(step, "TransferFailed", ["reason": reason])
    step.end(keepingData: true)
  }

  private static func tell(_ step: SagaStep, _ type: EventType, _ data: JSON = [:]) throws {
    try step.transaction.emit(
      type, step["transferId"].string ?? "", to: "transfers", data: data)
  }
}
