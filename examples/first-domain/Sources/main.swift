import EventicleCore

enum Shop {
  struct TooLate: RejectionError {
    let order: DomainID
    var description: String { "Too late for \(order)." }
  }

  static let order = AggregateRoot(
    "Order", stream: "orders",
    reducers: [
      "OrderPlaced": { state, _ in state["status"] = "placed" },
      "OrderPaid": { state, _ in state["status"] = "paid" },
      "OrderCancelled": { state, _ in state["status"] = "cancelled" },
    ])

  static let buy = Command("Buy", stream: "orders", [.required("item")]) { data, transaction in
    var placed = transaction.new(order)
    placed.raise("OrderPlaced", data)
    try transaction.persist(&placed)
    return .done
  }

  /// A command that ends the wait for the money, one way or the other.
  static func close(_ command: String, _ event: EventType) -> Command {
    Command(command, stream: "orders", [.required("order")]) { data, transaction in
      var placed = try transaction.existing(order, data["order"])
      guard placed["status"] == "placed" else { throw TooLate(order: placed.id) }
      placed.raise(event)
      try transaction.persist(&placed)
      return .done
    }
  }

  static let board = EventView(
    "Board", streams: ["orders"], indexed: ["status"],
    rows: [
      "OrderPlaced": { row, event in row = ["item": event.data["item"], "status": "open"] },
      "OrderPaid": { row, _ in row["status"] = "paid" },
      "OrderCancelled": { row, _ in row["status"] = "cancelled" },
    ])

  static let patience = Saga("Patience", streams: ["orders"])
    .startOn("OrderPlaced", unlessLive: "order") { step, _ in
      try step.upsertTimer("unpaid", after: .minutes(15))
    }
    .on("OrderPaid", matching: "order") { step, _ in step.end() }
    .onTimer("unpaid") { step in
      try step.dispatch("Cancel", ["order": step["order"]])
      step.end()
    }

  static let mailer = EventAdapter(
    "Mailer", streams: ["orders"],
    on: ["OrderCancelled": { event, _ in print("mail:", event.key, "is cancelled") }])

  static let domain = Domain("shop") {
    order
    [buy, close("Pay", "OrderPaid"), close("Cancel", "OrderCancelled")]
    board
    patience
    mailer
  }
}

let app = try Eventicle(Shop.domain)
try app.dispatch("Buy", ["item": "tea"])
try app.dispatch("Buy", ["item": "milk"])
try app.dispatch("Pay", ["order": "order-1"])
try app.advance(by: .minutes(20))
try app.eventClient.coldStream("orders") { print($0.createdAt, $0.key, $0.type) }
let unpaid = try app.world.records(of: Shop.board, where: "status" != "paid")
for row in unpaid { print(row.id, row["item"], row["status"]) }
do { try app.dispatch("Pay", ["order": "order-2"]) } catch let late as Shop.TooLate {
  print(late)
}
