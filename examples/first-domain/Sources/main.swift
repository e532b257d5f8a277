import EventicleCore

enum Shop {
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
    return CommandResult(events: try transaction.persist(&placed))
  }

  /// A command that ends the wait for the money, one way or the other.
  static func close(_ command: String, _ event: EventType) -> Command {
    Command(command, stream: "orders", [.required("order")]) { data, transaction in
      var placed = try transaction.existing(order, data["order"])
      guard placed["status"] == "placed" else { throw Rejection("Too late for \(placed.id).") }
      placed.raise(event)
      return CommandResult(events: try transaction.persist(&placed))
    }
  }

  static let board = EventView(
    "Board", streams: ["orders"],
    onAny: { event, transaction in
      try transaction.change("Board", event.key) { row in row["last"] = .string(event.type.text) }
    })

  static let patience = Saga("Patience", streams: ["orders"])
    .startOn("OrderPlaced") { step, event in
      step["order"] = .string(event.key)
      try step.upsertTimer("unpaid", after: .minutes(15))
    }
    .on("OrderPaid", matching: "order", value: { .string($0.key) }) { step, _ in step.end() }
    .onTimer("unpaid") { step in
      try step.dispatch("Cancel", ["order": step["order"]])
      step.end()
    }

  static let domain = Domain(
    "shop", aggregates: [order],
    commands: [buy, close("Pay", "OrderPaid"), close("Cancel", "OrderCancelled")],
    views: [board], sagas: [patience])
}

let app = try Eventicle(Shop.domain)
try app.dispatch("Buy", ["item": "tea"])
try app.dispatch("Buy", ["item": "milk"])
try app.dispatch("Pay", ["order": "order-1"])
try app.advance(by: .minutes(20))
try app.eventClient.coldStream("orders") { print($0.createdAt, $0.key, $0.type) }
for row in try app.world.records(of: "Board") { print(row.id, row.content) }
do { try app.dispatch("Pay", ["order": "order-2"]) } catch { print(error) }
