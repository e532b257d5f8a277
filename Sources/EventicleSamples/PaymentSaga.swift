import EventicleCore

extension Shop {
  /// Collects the money for an order in up to three attempts within five minutes.
  static let paymentSaga = paymentSagaRetrying(after: .seconds(30))

  /// The same with another pause before it tries again.
  static func paymentSagaRetrying(after pause: Interval) -> Saga {
    Saga("PaymentSaga", streams: ["orders", "payments"])
      .states("awaitingPayment", "declined", "retrying", "paid", "failed", "expired")
      .startOn("OrderCreated", unlessLive: "orderId") { step, event in
        let data = event.data.value
        step.data = [
          "orderId": JSON.id(of: event), "amount": data["total"], "currency": data["currency"],
          "attempts": 0, "status": "awaitingPayment",
        ]
        try requestPayment(step)
        try step.upsertTimer("timeout", after: .minutes(5))
      }
      .on("PaymentDeclined", matching: "orderId", value: { $0.data["orderId"] }) {
        step, event in
        try step["attempts"] += 1
        guard step["attempts"] < 3 else {
          step["status"] = "failed"
          try cancel(step, reason: "payment failed after 3 attempts")
          return step.end(keepingData: true)
        }
        step["status"] = "declined"
        try step.dispatch(
          "HoldOrder", ["orderId": step["orderId"], "reason": event.data["reason"]])
        try step.upsertTimer("retry", after: pause)
      }
      .on("PaymentSucceeded", matching: "orderId", value: { $0.data["orderId"] }) {
        step, event in
        step.removeTimer("retry")
        step.removeTimer("timeout")
        try step.dispatch(
          "MarkOrderPaid", ["orderId": step["orderId"], "paymentId": JSON.id(of: event)])
        step["status"] = "paid"
        step.end(keepingData: true)
      }
      .onTimer("retry") { step in
        step["status"] = "retrying"
        try step.dispatch("ResumeOrder", ["orderId": step["orderId"]])
        try requestPayment(step)
      }
      .onTimer("timeout") { step in
        step["status"] = "expired"
        let order = step.transaction.load(order, step["orderId"])
        if order?["status"] != "cancelled" {
          try cancel(step, reason: "no payment within 5 minutes")
        }
        step.end(keepingData: true)
      }
  }

  private static func requestPayment(_ step: SagaStep) throws {
    try step.dispatch("RequestPayment", step.data.picking("orderId", "amount", "currency"))
  }

  private static func cancel(_ step: SagaStep, reason: String) throws {
    try step.dispatch("CancelOrder", ["orderId": step["orderId"], "reason": .string(reason)])
  }
}
