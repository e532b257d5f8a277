import EventicleCore
import EventicleSamples
import Testing

@Suite struct PaymentSagaTests {
  static let money: JSON = ["orderId": "order-1", "amount": 59, "currency": "GBP"]

  /// The data that the instance keeps.
  static func data(_ status: JSON, attempts: Int) -> JSON {
    var data = money
    data["attempts"] = .int(attempts)
    data["status"] = status
    return data
  }

  static func declined(_ payment: DomainID) -> Raised {
    var data = money
    data["reason"] = "card_declined"
    return Raised("PaymentDeclined", payment, data)
  }

  static func placed() throws -> Specification {
    try Specification(.shop).given("PlaceOrder", ["customer": "c-19", "total": 59])
  }

  /// An order whose payment has been declined `count` times, retried after each but the last.
  static func declinedTimes(_ count: Int) throws -> Specification {
    var run = try placed()
    for number in 1...count {
      run = try run.given("DeclinePayment", ["paymentId": .string("pay-\(number)")])
      if number < count { run = run.given(passed: .seconds(30)) }
    }
    return run
  }

  @Test func `an order starts an instance that requests its payment`() throws {
    try Specification(.shop).when("PlaceOrder", ["customer": "c-19", "total": 59])
      .then(
        Raised("OrderCreated", "order-1", ["customer": "c-19", "total": 59, "currency": "GBP"]),
        Raised("OrderPriced", "order-1", ["total": 59, "currency": "GBP"]),
        Raised("PaymentRequested", "pay-1", Self.money)
      )
      .thenSaga("PaymentSaga", Self.data("awaitingPayment", attempts: 0), timers: ["timeout"])
      .thenParked()
  }

  @Test func `an order created again starts no second instance`()
    throws
  {
    let again = NewEvent(
      "OrderCreated", "order-1", data: ["customer": "c-19", "total": 59, "currency": "GBP"])
    let run = try Self.placed().when(emitted: [again], to: "orders").then(
      Raised("OrderCreated", "order-1", again.data.value))
    #expect(run.world.sagas.count(of: "PaymentSaga") == 1)
  }

  @Test func `a declined payment puts the order on hold until a retry`() throws {
    try Self.placed().when("DeclinePayment", ["paymentId": "pay-1"])
      .then(
        Self.declined("pay-1"), Raised("OrderOnHold", "order-1", ["reason": "card_declined"])
      )
      .thenSaga(
        "PaymentSaga", Self.data("declined", attempts: 1), timers: ["timeout", "retry"])
  }

  @Test func `the retry resumes the order and requests another payment`() throws {
    try Self.declinedTimes(1).when(timer: "retry")
      .then(
        Raised("OrderResumed", "order-1"), Raised("PaymentRequested", "pay-2", Self.money)
      )
      .thenSaga("PaymentSaga", Self.data("retrying", attempts: 1), timers: ["timeout"])
  }

  @Test func `the retry comes after exactly 30 seconds`() throws {
    let declined = try Self.declinedTimes(1)
    declined.when(passes: .milliseconds(29_999)).then()
    #expect(declined.when(passes: .seconds(30)).newEvents.count == 2)
  }

  @Test func `the third decline cancels the order and ends the instance`() throws {
    let run = try Self.declinedTimes(2).given(passed: .seconds(30))
      .when("DeclinePayment", ["paymentId": "pay-3"])
    run.then(
      Self.declined("pay-3"),
      Raised("OrderCancelled", "order-1", ["reason": "payment failed after 3 attempts"])
    )
    .thenSaga("PaymentSaga", Self.data("failed", attempts: 3), ended: true)
    #expect(run.world.timers.count == 0)
  }

  @Test func `a payment that succeeds pays the order and ends the instance`() throws {
    let run = try Self.placed().when("CapturePayment", ["paymentId": "pay-1"])
    #expect(
      run.newEvents.prefix(2) == [
        Raised("PaymentSucceeded", "pay-1", Self.money),
        Raised("OrderPaid", "order-1", ["paymentId": "pay-1"]),
      ])
    run.thenSaga("PaymentSaga", Self.data("paid", attempts: 0), ended: true)
    #expect(
      run.entries.contains {
        $0.kind
          == .timerCancelled(
            TimerKey(
              SagaKey("PaymentSaga", "saga-1"), "timeout"))
      })
  }

  @Test func `a payment that succeeds after a retry counts the attempt`() throws {
    try Self.declinedTimes(1).given(passed: .seconds(30))
      .when("CapturePayment", ["paymentId": "pay-2"])
      .thenSaga("PaymentSaga", Self.data("paid", attempts: 1), ended: true)
      .thenParked()
  }

  @Test func `an order that is not paid within 5 minutes is cancelled`() throws {
    let placed = try Self.placed()
    placed.when(passes: .milliseconds(299_999)).then()
    placed.when(passes: .minutes(5))
      .then(
        Raised("OrderCancelled", "order-1", ["reason": "no payment within 5 minutes"])
      )
      .thenSaga("PaymentSaga", Self.data("expired", attempts: 0), ended: true)
  }

  @Test func `the timeout ignores an order already cancelled`() throws {
    try Self.placed().given("CancelOrder", ["orderId": "order-1", "reason": "changed my mind"])
      .when(timer: "timeout").then()
      .thenSaga("PaymentSaga", Self.data("expired", attempts: 0), ended: true)
      .thenParked()
  }

  @Test func `the timeout ends an instance that waits for a retry`()
    throws
  {
    let run = try Self.declinedTimes(1).when(timer: "timeout")
    run.then(Raised("OrderCancelled", "order-1", ["reason": "no payment within 5 minutes"]))
    run.when(passes: .minutes(1)).then().thenParked()
  }

  @Test func `an ended instance ignores late payments`() throws {
    let expired = try Self.placed().given(passed: .minutes(5))
    let late = expired.when("CapturePayment", ["paymentId": "pay-1"])
    late.then(Raised("PaymentSucceeded", "pay-1", Self.money)).thenParked()
      .thenSaga("PaymentSaga", Self.data("expired", attempts: 0), ended: true)
    #expect(
      late.entries.contains {
        guard case .delivery(_, let consumer, _, let outcome) = $0.kind else { return false }
        return consumer.name == "PaymentSaga" && outcome == .ignored("its instance has ended")
      })
  }

  @Test func `a decline of a cancelled order is parked, because it cannot be held`()
    throws
  {
    try Self.placed().given("CancelOrder", ["orderId": "order-1", "reason": "changed my mind"])
      .when("DeclinePayment", ["paymentId": "pay-1"])
      .then(Self.declined("pay-1"))
      .thenParked(
        "order-1 is cancelled; only an order that is placed or paying can be held."
      )
      .thenSaga("PaymentSaga", Self.data("awaitingPayment", attempts: 0), timers: ["timeout"])
  }

  @Test func `each order has an instance of its own`() throws {
    try Self.placed().given("PlaceOrder", ["customer": "c-2", "total": 5])
      .when("DeclinePayment", ["paymentId": "pay-1"])
      .thenSaga(
        "PaymentSaga", at: 0, Self.data("declined", attempts: 1), timers: ["timeout", "retry"]
      )
      .thenSaga(
        "PaymentSaga", at: 1,
        [
          "orderId": "order-2", "amount": 5, "currency": "GBP", "attempts": 0,
          "status": "awaitingPayment",
        ], timers: ["timeout"])
  }
}
