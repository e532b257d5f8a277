import EventicleSamples
import TestSupport

@testable import EventicleCore

/// Random customers, banks and carriers of a shop.
enum RandomShop {
  /// An engine after `count` random actions, some rejected, some failing, some only half delivered.
  static func workbench(seed: UInt64, count: Int, remembering: Bool = true) throws -> RecordedEngine
  {
    var bench = try RecordedEngine(.shop, seed: seed, remembering: remembering)
    var random = SeededRandom(seed: seed &+ 1)
    for _ in 0..<count { act(&bench, &random) }
    return bench
  }

  /// Performs one random action.
  static func act(_ bench: inout RecordedEngine, _ random: inout SeededRandom) {
    func id(_ prefix: String) -> JSON {
      let last = max(1, bench.world.counter(prefix))
      return .string("\(prefix)-\(Int.random(in: 1...last, using: &random))")
    }
    func ask(_ type: String, _ data: JSON) {
      bench.perform(.dispatch(CommandIntent(type, data)))
    }
    switch Int.random(in: 0..<16, using: &random) {
    case 0, 1, 2:
      ask(
        "PlaceOrder", ["customer": "c-1", "total": .int(Int.random(in: -1...99, using: &random))])
    case 3, 4: ask("DeclinePayment", ["paymentId": id("pay")])
    case 5, 6: ask("CapturePayment", ["paymentId": id("pay")])
    case 7: ask("DispatchShipment", ["shipmentId": id("ship"), "carrier": "DHL"])
    case 8: ask("DeliverShipment", ["shipmentId": id("ship")])
    case 9: ask("CancelOrder", ["orderId": id("order"), "reason": "no"])
    case 10: ask("HoldOrder", ["orderId": id("order"), "reason": "stock"])
    case 11:
      let new = NewEvent("Noted", "order-1", data: ["n": 1])
      bench.perform(.emit([new, NewEvent("", nil), new], to: "notes"))
      bench.perform(.emit([new, new], to: Bool.random(using: &random) ? "notes" : "orders"))
    case 12:
      let past = Event(
        id: EventID("old-\(random.next() % 8)"), type: "OrderCreated", source: "old",
        stream: "orders", domainID: "order-70", createdAt: bench.world.clock + .seconds(-5),
        data: JSONBytes(["customer": "c-2", "total": 3, "currency": "EUR"]))
      bench.perform(
        .take(past, reaction: Bool.random(using: &random) ? .viewsOnly : .everybody))
    case 13: bench.pass(.seconds(Int64.random(in: 0...400, using: &random)))
    case 14: if let timer = bench.world.timers.next { bench.perform(.fire(timer.key)) }
    default: bench.pass(.hours(20))
    }
    if Int.random(in: 0..<4, using: &random) == 0 {
      for _ in 0..<Int.random(in: 0...3, using: &random) { bench.perform(.deliver) }
    } else {
      bench.settle()
    }
  }
}
