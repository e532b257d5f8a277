import EventicleCore
import EventicleSamples
import Testing

@Suite struct ShippingSagaTests {
  static func data(_ status: JSON, reminders: Int = 0) -> JSON {
    [
      "orderId": "order-1", "shipmentId": "ship-1", "reminders": .int(reminders),
      "status": status,
    ]
  }

  static func paid() throws -> Specification {
    try Specification(.shop).given("PlaceOrder", ["customer": "c-19", "total": 59])
      .given("CapturePayment", ["paymentId": "pay-1"])
  }

  static func dispatched() throws -> Specification {
    try paid().given("DispatchShipment", ["shipmentId": "ship-1", "carrier": "DHL"])
  }

  @Test func `a paid order starts an instance that creates a shipment`() throws {
    let run = try Specification(.shop).given("PlaceOrder", ["customer": "c-19", "total": 59])
      .when("CapturePayment", ["paymentId": "pay-1"])
    #expect(run.newEvents.last == Raised("ShipmentCreated", "ship-1", ["orderId": "order-1"]))
    run.thenSaga("ShippingSaga", Self.data("preparing"), timers: ["poll"]).thenParked()
  }

  @Test func `an order that is paid again starts no second instance`() throws {
    let again = NewEvent("OrderPaid", "order-1", data: ["paymentId": "pay-1"])
    let run = try Self.paid().when(emitted: [again], to: "orders")
    #expect(run.world.sagas.count(of: "ShippingSaga") == 1)
    #expect(run.newEvents.count == 1)
  }

  @Test func `the poll reminds every morning at 4 until delivery`() throws {
    let paid = try Self.paid()
    #expect(paid.world.timers.next?.due.description == "2026-01-02T04:00:00.000Z")
    let threeDays = paid.when(passes: .days(3))
    threeDays.then().thenSaga(
      "ShippingSaga", Self.data("preparing", reminders: 3), timers: ["poll"])
    #expect(threeDays.world.timers.next?.due.description == "2026-01-05T04:00:00.000Z")
  }

  @Test func `a dispatched shipment marks the order as shipped`() throws {
    try Self.paid().when("DispatchShipment", ["shipmentId": "ship-1", "carrier": "DHL"])
      .then(
        Raised("ShipmentDispatched", "ship-1", ["orderId": "order-1", "carrier": "DHL"]),
        Raised("OrderShipped", "order-1", ["shipmentId": "ship-1"])
      )
      .thenSaga("ShippingSaga", Self.data("onItsWay"), timers: ["poll"])
  }

  @Test func `a delivered shipment marks the order as delivered and ends the instance`() throws {
    let run = try Self.dispatched().when("DeliverShipment", ["shipmentId": "ship-1"])
    run.then(
      Raised("ShipmentDelivered", "ship-1", ["orderId": "order-1"]),
      Raised("OrderDelivered", "order-1")
    )
    .thenSaga("ShippingSaga", Self.data("delivered"), ended: true).thenParked()
    #expect(run.world.timers.count == 0)
  }

  @Test func `an ended instance sends no reminder and delivers nothing`() throws {
    let ended = try Self.dispatched().given("DeliverShipment", ["shipmentId": "ship-1"])
    ended.when(passes: .days(2)).then()
    let late = NewEvent("ShipmentDelivered", "ship-1", data: ["orderId": "order-1"])
    ended.when(emitted: [late], to: "shipping").then(
      Raised("ShipmentDelivered", "ship-1", late.data.value)
    )
    .thenSaga("ShippingSaga", Self.data("delivered"), ended: true).thenParked()
  }
}
