import EventicleCore

extension Shop {
  /// Mails customers about their orders; a mail is only a record and is not sent.
  static let mailer = EventAdapter(
    "Mailer", streams: ["orders", "shipping"], group: "mailer",
    on: [
      "OrderPaid": mail("Thank you, your order is paid"),
      "OrderShipped": mail("Your order is on its way"),
      "OrderCancelled": mail("Your order is cancelled"),
      "ShipmentDelivered": mail("Your order has arrived"),
    ])

  private static func mail(_ subject: JSON) -> EventHandler {
    { event, transaction in
      // Events of a shipment have the order's id in their data.
      let named = event.data["orderId"].string.map { DomainID($0) }
      guard let id = named ?? event.domainID, let order = transaction.load(order, id) else {
        return
      }
      try transaction.create(
        "mail",
        ["to": order["customer"], "subject": subject, "orderId": .string(id.text)],
        id: transaction.nextID("mail").text)
    }
  }
}
