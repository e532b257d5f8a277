import EventicleCore
import EventicleSamples
import Testing

@Suite struct PaymentTests {
  static let asked: JSON = ["orderId": "order-1", "amount": 59, "currency": "GBP"]

  @Test func `a payment is requested under a new id`() throws {
    try Specification.decisions(of: .shop).when("RequestPayment", Self.asked)
      .then(Raised("PaymentRequested", "pay-1", Self.asked))
      .thenAnswer(["paymentId": "pay-1"])
      .given("RequestPayment", Self.asked)
      .when("RequestPayment", Self.asked).thenAnswer(["paymentId": "pay-3"])
  }

  @Test(arguments: [0, -1])
  func `an amount that is not more than 0 is refused`(amount: Int) throws {
    var asked = Self.asked
    asked["amount"] = .int(amount)
    try Specification.decisions(of: .shop).when("RequestPayment", asked)
      .thenRefused("A payment's amount must be more than 0, but it is \(amount).")
  }

  @Test func `a captured payment has the amount and any authorisation`()
    throws
  {
    let given = try Specification.decisions(of: .shop).given(ShopPast.payment("requested"))
    given.when("CapturePayment", ["paymentId": "pay-1"])
      .then(Raised("PaymentSucceeded", "pay-1", Self.asked))
    var said = Self.asked
    said["auth"] = "A-77"
    given.when("CapturePayment", ["paymentId": "pay-1", "auth": "A-77"])
      .then(Raised("PaymentSucceeded", "pay-1", said))
  }

  @Test func `a declined payment has a reason, by default the card`() throws {
    let given = try Specification.decisions(of: .shop).given(ShopPast.payment("requested"))
    var said = Self.asked
    said["reason"] = "card_declined"
    given.when("DeclinePayment", ["paymentId": "pay-1"])
      .then(Raised("PaymentDeclined", "pay-1", said))
    said["reason"] = "fraud"
    given.when("DeclinePayment", ["paymentId": "pay-1", "reason": "fraud"])
      .then(Raised("PaymentDeclined", "pay-1", said))
  }

  @Test(
    arguments: [("CapturePayment", "captured"), ("DeclinePayment", "declined")],
    ["succeeded", "declined"])
  func `a payment is settled only once`(command: (String, String), status: String) throws {
    try Specification.decisions(of: .shop).given(ShopPast.payment(status))
      .when(command.0, ["paymentId": "pay-1"])
      .thenRefused(
        "pay-1 is \(status); only a payment that is requested can be \(command.1).")
  }

  @Test(arguments: ["CapturePayment", "DeclinePayment"])
  func `a payment that does not exist is refused`(command: String) throws {
    try Specification.decisions(of: .shop).when(command, ["paymentId": "pay-9"])
      .thenRefused(
        "There is no payment pay-9; RequestPayment makes one and answers with its id.")
  }
}

@Suite struct ShipmentTests {
  @Test func `a shipment is created under a new id`() throws {
    try Specification.decisions(of: .shop).when("CreateShipment", ["orderId": "order-1"])
      .then(Raised("ShipmentCreated", "ship-1", ["orderId": "order-1"]))
      .thenAnswer(["shipmentId": "ship-1"])
  }

  @Test func `a dispatched shipment has a carrier and any tracking number`() throws {
    let given = try Specification.decisions(of: .shop).given(ShopPast.shipment("created"))
    given.when("DispatchShipment", ["shipmentId": "ship-1", "carrier": "DHL"])
      .then(
        Raised("ShipmentDispatched", "ship-1", ["orderId": "order-1", "carrier": "DHL"]))
    given.when(
      "DispatchShipment", ["shipmentId": "ship-1", "carrier": "DHL", "tracking": "T1"]
    )
    .then(
      Raised(
        "ShipmentDispatched", "ship-1",
        ["orderId": "order-1", "carrier": "DHL", "tracking": "T1"]))
  }

  @Test func `a delivered shipment names its order`() throws {
    try Specification.decisions(of: .shop).given(ShopPast.shipment("dispatched"))
      .when("DeliverShipment", ["shipmentId": "ship-1"])
      .then(Raised("ShipmentDelivered", "ship-1", ["orderId": "order-1"]))
  }

  @Test(arguments: ["dispatched", "delivered"])
  func `a shipment is dispatched only once`(status: String) throws {
    try Specification.decisions(of: .shop).given(ShopPast.shipment(status))
      .when("DispatchShipment", ["shipmentId": "ship-1", "carrier": "DHL"])
      .thenRefused(
        "ship-1 is \(status); only a shipment that is created can be dispatched.")
  }

  @Test(arguments: ["created", "delivered"])
  func `a shipment is delivered only once, after dispatch`(status: String) throws {
    try Specification.decisions(of: .shop).given(ShopPast.shipment(status))
      .when("DeliverShipment", ["shipmentId": "ship-1"])
      .thenRefused(
        "ship-1 is \(status); only a shipment that is dispatched can be delivered.")
  }

  @Test(
    arguments: [
      ("DispatchShipment", ["shipmentId": "ship-9", "carrier": "DHL"]),
      ("DeliverShipment", ["shipmentId": "ship-9"]),
    ] as [(String, JSON)])
  func `a shipment that does not exist is refused`(command: String, data: JSON) throws {
    try Specification.decisions(of: .shop).when(command, data)
      .thenRefused(
        "There is no shipment ship-9; CreateShipment makes one and answers with its id.")
  }
}
