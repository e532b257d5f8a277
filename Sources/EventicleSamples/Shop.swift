public import EventicleCore

extension Domain {
  /// A shop: orders that are paid for and shipped.
  public static let shop = Domain(
    "shop", summary: "Orders that are paid for and shipped.",
    aggregates: [Shop.order, Shop.payment, Shop.shipment],
    commands: Shop.orderCommands + Shop.paymentCommands + Shop.shipmentCommands,
    views: [Shop.orderBoard, Shop.revenue],
    sagas: [Shop.paymentSaga, Shop.shippingSaga],
    adapters: [Shop.mailer])
}
