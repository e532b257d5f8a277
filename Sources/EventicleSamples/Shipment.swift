import EventicleCore

extension Shop {
  /// The shipment of an order's goods.
  static let shipment = AggregateRoot(
    "Shipment", stream: "shipping", idPrefix: "ship",
    lifecycle: Lifecycle(
      .state("created", to: "dispatched"), .state("dispatched", to: "delivered"),
      .final("delivered")),
    reducers: [
      "ShipmentCreated": { state, event in
        state["orderId"] = event.data["orderId"]
        state["status"] = "created"
      },
      "ShipmentDispatched": { state, event in
        state["status"] = "dispatched"
        state["carrier"] = event.data["carrier"]
      },
      "ShipmentDelivered": { state, _ in state["status"] = "delivered" },
    ])

  /// The commands of shipments.
  static let shipmentCommands = [createShipment, dispatchShipment, deliverShipment]

  private static let shipmentID = CommandField.required("shipmentId", idOf: "Shipment")

  private static let createShipment = Command(
    "CreateShipment", stream: "shipping", [.required("orderId", idOf: "Order")],
    summary: "pack the goods"
  ) { data, transaction in
    var shipment = transaction.new(shipment)
    shipment.raise("ShipmentCreated", data.picking("orderId"))
    try transaction.persist(&shipment)
    return CommandResult(response: ["shipmentId": "\(shipment.id)"])
  }

  private static let dispatchShipment = Command(
    "DispatchShipment", stream: "shipping",
    [shipmentID, .required("carrier"), .optional("tracking")],
    summary: "hand the goods to a carrier"
  ) { data, transaction in
    var shipment = try transaction.existing(
      shipment, data["shipmentId"], madeBy: "CreateShipment")
    try shipment.mustBe(["created"], toBe: "dispatched")
    var said = shipment.state.picking("orderId")
    for name in ["carrier", "tracking"] where !data[name].isNull { said[name] = data[name] }
    shipment.raise("ShipmentDispatched", said)
    try transaction.persist(&shipment)
    return .done
  }

  private static let deliverShipment = Command(
    "DeliverShipment", stream: "shipping", [shipmentID], summary: "the goods have arrived"
  ) { data, transaction in
    var shipment = try transaction.existing(
      shipment, data["shipmentId"], madeBy: "CreateShipment")
    try shipment.mustBe(["dispatched"], toBe: "delivered")
    shipment.raise("ShipmentDelivered", shipment.state.picking("orderId"))
    try transaction.persist(&shipment)
    return .done
  }
}
