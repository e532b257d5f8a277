import EventicleCore
import EventicleSamples
import Testing

@Suite struct OrderTests {
  /// A command that changes an order's status: when it may, what it raises, how it refuses.
  struct Move: Sendable, CustomTestStringConvertible {
    let command: String
    let arguments: JSON
    let accepted: [String]
    let refusal: String
    let event: EventType
    let data: JSON
    let status: String

    var testDescription: String { command }
  }

  static let moves = [
    Move(
      command: "HoldOrder", arguments: ["reason": "stock"], accepted: ["placed", "paying"],
      refusal: "only an order that is placed or paying can be held.",
      event: "OrderOnHold", data: ["reason": "stock"], status: "onHold"),
    Move(
      command: "ResumeOrder", arguments: [:], accepted: ["onHold"],
      refusal: "only an order that is onHold can be resumed.",
      event: "OrderResumed", data: [:], status: "paying"),
    Move(
      command: "MarkOrderPaid", arguments: ["paymentId": "pay-7"],
      accepted: ["placed", "paying", "onHold"],
      refusal: "only an order that is placed, paying or onHold can be marked as paid.",
      event: "OrderPaid", data: ["paymentId": "pay-7"], status: "paid"),
    Move(
      command: "MarkOrderShipped", arguments: ["shipmentId": "ship-7"], accepted: ["paid"],
      refusal: "only an order that is paid can be marked as shipped.",
      event: "OrderShipped", data: ["shipmentId": "ship-7"], status: "shipped"),
    Move(
      command: "MarkOrderDelivered", arguments: [:], accepted: ["shipped"],
      refusal: "only an order that is shipped can be marked as delivered.",
      event: "OrderDelivered", data: [:], status: "delivered"),
    Move(
      command: "CancelOrder", arguments: ["reason": "late"],
      accepted: ["placed", "paying", "onHold", "paid"],
      refusal: "only an order that is placed, paying, onHold or paid can be cancelled.",
      event: "OrderCancelled", data: ["reason": "late"], status: "cancelled"),
  ]

  @Test(arguments: moves, ShopPast.statuses)
  func `an order changes status only from the statuses that allow it`(
    move: Move, status: String
  ) throws {
    var arguments = move.arguments
    arguments["orderId"] = "order-1"
    let asked = try Specification.decisions(of: .shop).given(ShopPast.order(status))
      .when(move.command, arguments)
    if move.accepted.contains(status) {
      asked.then(Raised(move.event, "order-1", move.data)).thenAnswer(nil)
      let state = asked.engine.domain.aggregate("Order")?.state(of: "order-1", in: asked.world)
      #expect(state?.state["status"].string == move.status)
    } else {
      asked.thenRefused("order-1 is \(status); \(move.refusal)")
    }
  }

  @Test(arguments: moves)
  func `a command for an unknown order says how to create one`(move: Move) throws {
    var arguments = move.arguments
    arguments["orderId"] = "order-9"
    try Specification.decisions(of: .shop).given(ShopPast.order("paying"))
      .when(move.command, arguments)
      .thenRefused(
        "There is no order order-9; PlaceOrder makes one and answers with its id.")
  }

  @Test func `placing an order creates and prices it`() throws {
    try Specification.decisions(of: .shop)
      .when("PlaceOrder", ["customer": "c-19", "total": 59])
      .then(
        Raised("OrderCreated", "order-1", ["customer": "c-19", "total": 59, "currency": "GBP"]),
        Raised("OrderPriced", "order-1", ["total": 59, "currency": "GBP"])
      )
      .thenAnswer(["orderId": "order-1"])
      .thenState(
        "Order", "order-1",
        ["customer": "c-19", "total": 59, "currency": "GBP", "status": "paying"])
  }

  @Test func `placing an order keeps its currency and lines`() throws {
    let lines: JSON = [["sku": "SKU-1", "qty": 2]]
    try Specification.decisions(of: .shop)
      .when(
        "PlaceOrder", ["lines": lines, "customer": "c-1", "total": 5, "currency": "EUR"]
      )
      .then(
        Raised(
          "OrderCreated", "order-1",
          ["customer": "c-1", "total": 5, "currency": "EUR", "lines": lines]),
        Raised("OrderPriced", "order-1", ["total": 5, "currency": "EUR"]))
  }

  @Test func `the second order gets the next id`() throws {
    try Specification.decisions(of: .shop)
      .given("PlaceOrder", ["customer": "c-1", "total": 1])
      .when("PlaceOrder", ["customer": "c-1", "total": 1])
      .thenAnswer(["orderId": "order-2"])
  }

  @Test(arguments: [
    ("59", "59"), ("59.10", "59.1"), ("59.999", "60"), ("0.126", "0.13"), ("1e2", "100"),
    ("19.9", "19.9"),
  ])
  func `money is rounded to cents and written briefly`(given: String, kept: String) throws {
    let asked = try Specification.decisions(of: .shop)
      .when("PlaceOrder", ["customer": "c-1", "total": try JSON(parsing: given)])
    #expect(
      asked.world.log.event(at: Position(2))?.data.description == """
        {"total":\(kept),"currency":"GBP"}
        """)
  }

  @Test(arguments: [("0", "0"), ("-5", "-5"), ("-0.5", "-0.5"), ("0.001", "0")])
  func `a total that is not more than 0 is refused`(given: String, shown: String) throws {
    try Specification.decisions(of: .shop)
      .when("PlaceOrder", ["customer": "c-1", "total": try JSON(parsing: given)])
      .thenRefused("An order's total must be more than 0, but it is \(shown).")
  }

  @Test func `an empty customer is refused`() throws {
    try Specification.decisions(of: .shop).when("PlaceOrder", ["customer": "", "total": 5])
      .thenRefused("An order needs a customer, but the customer is empty; add customer=c-19.")
  }

  @Test(
    arguments: [
      (["total": 5], "PlaceOrder needs customer, a text."),
      (["customer": "c-1"], "PlaceOrder needs total, a number."),
      (
        ["customer": "c-1", "total": "5"],
        "total of PlaceOrder must be a number, but it is a string: \"5\"."
      ),
      (
        ["customer": "c-1", "total": 5, "lines": "none"],
        "lines of PlaceOrder must be an array, but it is a string: \"none\"."
      ),
    ] as [(JSON, String)])
  func `missing arguments and arguments of a wrong kind are refused`(
    data: JSON, sentence: String
  ) throws {
    try Specification.decisions(of: .shop).when("PlaceOrder", data).thenRefused(sentence)
  }
}
