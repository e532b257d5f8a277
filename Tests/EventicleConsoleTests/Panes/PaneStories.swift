import EventicleCore
import EventicleWorkbench

@testable import EventicleConsole
@testable import EventicleSamples

/// What has happened in the shop before a pane is looked at.
enum PaneStory {
  /// Two orders with one declined card, then one that fails and one whose time runs out.
  static let orders = [
    "do PlaceOrder customer=c-19 total:=59", "clock +2s", "do DeclinePayment paymentId=pay-1",
    "do PlaceOrder customer=c-7 total:=20", "clock +30s", "do CapturePayment paymentId=pay-2",
    "do CapturePayment paymentId=pay-3", "do DispatchShipment shipmentId=ship-1 carrier=DHL",
    "do DeliverShipment shipmentId=ship-1", "do PlaceOrder customer=c-9 total:=5",
    "do DeclinePayment paymentId=pay-4", "clock +30s", "do DeclinePayment paymentId=pay-5",
    "clock +30s", "do DeclinePayment paymentId=pay-6", "do PlaceOrder customer=c-2 total:=8",
    "clock +5m",
  ]

  /// A card that is declined, tried again half a minute later and declined again, within one
  /// conversation because the answers of the bank name what they answer.
  static let late = [
    "do PlaceOrder customer=c-19 total:=59", "clock +2s",
    "emit payments PaymentDeclined pay-1 orderId=order-1 amount:=59 reason=card_declined causedBy:#3",
    "clock +30s",
    "emit payments PaymentDeclined pay-2 orderId=order-1 amount:=59 reason=card_declined causedBy:#7",
    "do PlaceOrder customer=c-7 total:=20", "clock +30s", "clock +5m",
  ]

  /// A payment for a cancelled order, which the saga cannot take, and a refused command.
  static let trouble = [
    "do PlaceOrder customer=c-19 total:=59", "clock +2s", "do CancelOrder orderId=order-1 reason=x",
    "clock +3s", "do CapturePayment paymentId=pay-1", "do CapturePayment paymentId=pay-1",
  ]

  /// Two commands given while held; the saga has dealt with the first.
  static let held = [
    "do PlaceOrder customer=c-19 total:=59", "clock +2s", "hold",
    "do DeclinePayment paymentId=pay-1", "do PlaceOrder customer=c-20 total:=20", "step delivery",
    "step delivery",
  ]

  /// The same with a delivery dropped, one delayed and one doubled.
  static let acts =
    held + ["drop #7>OrderBoard", "delay #6>OrderBoard 20s", "dup #5>PaymentSaga"]

  /// Stops of several kinds, of which some have been hit.
  static let stopping =
    orders.prefix(9) + [
      "stop failure", "stop E PaymentDeclined if data.amount>50",
      "stop S PaymentSaga becomes failed",
      "stop change Order .hold note", "stop T PaymentSaga/*/timeout", "stop off 5",
      "stop E OrderCreated hits 2 once",
    ]

  /// Three forks, one of them of a fork.
  static let forks = [
    "do PlaceOrder customer=c-19 total:=59", "clock +2s", "do CapturePayment paymentId=pay-1",
    "goto #3", "fork late-pay", "clock +5m", "do CapturePayment paymentId=pay-1", "fork later",
    "clock +1d", "switch main", "fork other",
  ]

  // MARK: - Consoles whose focused pane fills a screen of a width

  /// The map at the row of #5, whose conversation began with #4.
  static func map(_ columns: Int) throws -> ConsolePilot {
    try ConsolePilot(columns: columns, rows: 60).run(lines: orders).run("goto #5").press("7 f")
  }

  /// An order that nobody pays for in time, a moment after it was placed, with a tab open.
  static func conversation(_ columns: Int, _ tab: String) throws -> ConsolePilot {
    let keys = ["flow": "]", "lanes": "] ]", "gantt": "["][tab] ?? ""
    return try ConsolePilot(columns: columns, rows: 60).run(lines: late).run("goto #4")
      .press("7 f \(keys)").press("j j j j j")
  }

  static func hits(_ columns: Int) throws -> ConsolePilot {
    try ConsolePilot(columns: columns, rows: 60).run(lines: Array(stopping)).press("9 f j")
  }

  static func acts(_ columns: Int) throws -> ConsolePilot {
    try ConsolePilot(columns: columns, rows: 60).run(lines: acts).press("5 f j j")
  }

  static func stops(_ columns: Int) throws -> ConsolePilot {
    try ConsolePilot(columns: columns, rows: 60).run(lines: trouble).press("9 f")
  }

  static func forks(_ columns: Int) throws -> ConsolePilot {
    try ConsolePilot(columns: columns, rows: 60).run(lines: forks).press("9 ] f")
  }

  /// Main and the fork in which the payment came too late, side by side.
  static func compared(_ columns: Int) throws -> ConsolePilot {
    try ConsolePilot(columns: columns, rows: 60).run(lines: forks).run("compare main late-pay")
      .press("f")
  }

  /// A fork whose history was changed twice.
  static func edited(_ columns: Int) throws -> ConsolePilot {
    let lines =
      Array(orders.prefix(5)) + ["fork kinder", "skip #4", "edit #1 total:=70", "compare"]
    return try ConsolePilot(columns: columns, rows: 60).run(lines: lines).press("f")
  }

  /// Everything done again after the payment saga was changed.
  static func verified(_ columns: Int) throws -> ConsolePilot {
    var session = try Session(.shop)
    for line in orders.prefix(12) { _ = session.run(line) }
    let shop = Domain.shop
    try session.adopt(
      Domain(
        "shop", summary: shop.summary, aggregates: shop.aggregates, commands: shop.commands,
        views: shop.views,
        sagas: [Shop.paymentSagaRetrying(after: .seconds(10)), Shop.shippingSaga],
        adapters: shop.adapters))
    return try ConsolePilot(session, columns: columns, rows: 60).press("v f")
  }

  /// What made an order what it is.
  static func why(_ columns: Int) throws -> ConsolePilot {
    try ConsolePilot(columns: columns, rows: 60).run(lines: orders)
      .run("why Order/order-1.status").press("f")
  }

  static func log(_ columns: Int) throws -> ConsolePilot {
    let pilot = try ConsolePilot(columns: columns, rows: 60).run(lines: trouble)
    pilot.run("do PlaceOrdr customer=c-1")
    pilot.workbench.send(.report(StatusMessage("events.ndjson: 3 of 5 events were taken in")))
    pilot.workbench.send(
      .report(StatusMessage("line 4 of events.ndjson is no event\u{1b}[31m: {", .problem)))
    return try pilot.press("9 ] ] f k k")
  }

  static func consumers(_ columns: Int) throws -> ConsolePilot {
    try ConsolePilot(columns: columns, rows: 60).run(lines: held).press("9 ] ] ] f")
  }

  static func explore(_ columns: Int) throws -> ConsolePilot {
    try ConsolePilot(columns: columns, rows: 60).run(lines: held).press("8 f")
  }

  /// The board sorted by what an order costs.
  static func views(_ columns: Int) throws -> ConsolePilot {
    try ConsolePilot(columns: columns, rows: 60).run(lines: held).press("6 f l l S")
  }

  /// After a timer has fired once.
  static func next(_ columns: Int) throws -> ConsolePilot {
    let lines =
      orders.prefix(5) + [
        "do DeclinePayment paymentId=pay-2", "hold",
        "do PlaceOrder customer=c-20 total:=20",
      ]
    return try ConsolePilot(columns: columns, rows: 60).run(lines: Array(lines)).press("5 f")
  }

  /// The declined payments of the story while they are searched for.
  static func found(_ columns: Int, _ rows: Int, _ keys: String) throws -> ConsolePilot {
    try ConsolePilot(columns: columns, rows: rows).run(lines: orders)
      .press("gg / type:PaymentDeclined \(keys)")
  }
}
