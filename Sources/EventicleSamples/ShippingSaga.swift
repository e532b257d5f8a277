import EventicleCore

extension Shop {
  /// Ships the goods of a paid order, and sends a reminder every morning until they are delivered.
  static let shippingSaga = Saga("ShippingSaga", streams: ["orders", "shipping"])
    .states("preparing", "onItsWay", "delivered")
    .startOn("OrderPaid", unlessLive: "orderId") { step, event in
      step.data = ["orderId": JSON.id(of: event), "reminders": 0, "status": "preparing"]
      try step.dispatch("CreateShipment", step.data.picking("orderId"))
      try step.upsertTimer("poll", cron: "0 4 * * *")
    }
    .on("ShipmentCreated", matching: "orderId", value: { $0.data["orderId"] }) {
      step, event in
      step["shipmentId"] = JSON.id(of: event)
    }
    .on("ShipmentDispatched", matching: "orderId", value: { $0.data["orderId"] }) {
      step, event in
      try step.dispatch(
        "MarkOrderShipped", ["orderId": step["orderId"], "shipmentId": JSON.id(of: event)])
      step["status"] = "onItsWay"
    }
    .on("ShipmentDelivered", matching: "orderId", value: { $0.data["orderId"] }) { step, _ in
      step.removeTimer("poll")
      try step.dispatch("MarkOrderDelivered", step.data.picking("orderId"))
      step["status"] = "delivered"
      step.end(keepingData: true)
    }
    .onTimer("poll") { step in
      try step["reminders"] += 1
    }
}
