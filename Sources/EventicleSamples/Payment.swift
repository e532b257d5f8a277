import EventicleCore

extension Shop {
  /// One attempt to collect the money for an order.
  static let payment = AggregateRoot(
    "Payment", stream: "payments", idPrefix: "pay",
    lifecycle: Lifecycle(
      .state("requested", to: "succeeded", "declined"), .final("succeeded"), .final("declined")),
    reducers: [
      "PaymentRequested": { state, event in
        let data = event.data.value
        for name in ["orderId", "amount", "currency"] { state[name] = data[name] }
        state["status"] = "requested"
      },
      "PaymentSucceeded": { state, _ in state["status"] = "succeeded" },
      "PaymentDeclined": { state, _ in state["status"] = "declined" },
    ])

  /// The commands of payments.
  static let paymentCommands = [requestPayment, capturePayment, declinePayment]

  private static let paymentID = CommandField.required("paymentId", idOf: "Payment")

  private static let requestPayment = Command(
    "RequestPayment", stream: "payments",
    [.required("orderId", idOf: "Order"), .required("amount", .number), .required("currency")],
    summary: "ask the bank for the money"
  ) { data, transaction in
    var data = data
    data["amount"] = try data["amount"].inCents()
    guard data["amount"] > 0 else {
      throw Rejection("A payment's amount must be more than 0, but it is \(data["amount"]).")
    }
    var payment = transaction.new(payment)
    payment.raise("PaymentRequested", data.picking("orderId", "amount", "currency"))
    try transaction.persist(&payment)
    return CommandResult(response: ["paymentId": "\(payment.id)"])
  }

  private static let capturePayment = settle(
    "CapturePayment", .optional("auth"), summary: "the bank pays", "captured",
    raising: "PaymentSucceeded")

  private static let declinePayment = settle(
    "DeclinePayment", .optional("reason", standard: "card_declined"), summary: "the bank refuses",
    "declined", raising: "PaymentDeclined")

  /// A command that settles a payment as captured or declined, once.
  private static func settle(
    _ command: String, _ field: CommandField, summary: String, _ participle: String,
    raising type: EventType
  ) -> Command {
    Command(command, stream: "payments", [paymentID, field], summary: summary) {
      data, transaction in
      var payment = try transaction.existing(payment, data["paymentId"], madeBy: "RequestPayment")
      try payment.mustBe(["requested"], toBe: participle)
      var said = payment.state.picking("orderId", "amount", "currency")
      if !data[field.name].isNull { said[field.name] = data[field.name] }
      payment.raise(type, said)
      try transaction.persist(&payment)
      return .done
    }
  }
}
