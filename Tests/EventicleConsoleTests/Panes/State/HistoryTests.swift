import EventicleCore
import EventicleWorkbench
import Testing

@testable import EventicleConsole

/// A row of an aggregate's history is a moment: what keys do to it, before and after.
@Suite struct HistoryTests {
  private static let order = AggregateKey("Order", "order-1")

  /// A console that looks at the history of order-1, which has five versions.
  private static func console() throws -> ConsolePilot {
    let pilot = try ConsolePilot(columns: 120, rows: 40).run(lines: PaneStory.orders)
    return try pilot.type("agg Order/order-1").press("]")
  }

  @Test func `the history has one row per version, later ones dim`() throws {
    var stage = try SagaPaneFixture()
    for line in PaneStory.orders.prefix(7) { stage.run(line) }
    stage.run("goto #5")
    let model = stage.model(80, 8) {
      $0.state.subject = .instance(Self.order)
      $0.state.tab = .history
    }
    let rows = stage.rows(.state, model)
    #expect(
      rows == [
        "┌3 State  Order order-1  onHold  v3  Now [History]─────────────────────────────┐",
        "│ v  by               what changed                       when · who            │",
        "│ 1  #1 OrderCreated  + customer, total, currency, sta…  09:00:00  you         │",
        "│ 2  #2 OrderPriced   status placed → paying             09:00:00  you         │",
        "│►3  #5 OrderOnHold   status paying → onHold  + hold     09:00:02  PaymentSaga │",
        "│┊4  #9 OrderResumed  status onHold → paying  - hold     09:00:32  T retry     │",
        "│┊5  #15 OrderPaid    status paying → paid  + paymentId  09:00:32  PaymentSaga │",
        "└───────────────────────────────────────────────────────────────────── v3 of 5 ┘",
      ])
    let buffer = stage.draw(.state, model)
    #expect(buffer[2, 5].style.role == .timeFuture)
    #expect(buffer[2, 3].style.role != .timeFuture)
  }

  @Test func `standing on a version is standing at its moment`() throws {
    let pilot = try Self.console()
    #expect(pilot.text.contains("v5 of 5"))
    #expect(pilot.model.moment.isAtHead)
    let places = pilot.model.back.count
    try pilot.press("k k")
    #expect(pilot.text.contains("v3 of 5"))
    #expect(pilot.model.selectedPosition == Position(5))
    #expect(pilot.model.moment.name.description == "#5.1")
    #expect(pilot.text.contains("►   5"))
    #expect(pilot.model.message == nil)
    #expect(pilot.model.back.count == places)
    #expect(pilot.model.focus == .state)
    try pilot.press("g g")
    #expect(pilot.text.contains("v1 of 5"))
    #expect(pilot.model.selectedPosition == Position(1))
    // The second version has the same moment, and a row of its own all the same.
    #expect(pilot.model.moment.world.log.count == 2)
    try pilot.press("k")
    #expect(pilot.model.selectedPosition == Position(1))
    try pilot.press("j")
    #expect(pilot.text.contains("v2 of 5"))
    #expect(pilot.model.selectedPosition == Position(2))
    // Another way through time is followed by the row.
    try pilot.type("goto #9")
    #expect(pilot.text.contains("v4 of 5"))
    #expect(pilot.model.state.aim == nil)
  }

  @Test func `the last version of all goes live`() throws {
    let pilot = try ConsolePilot(columns: 120, rows: 40)
      .run("do PlaceOrder customer=c-19 total:=59", "do DeclinePayment paymentId=pay-1")
      .type("agg Order/order-1")
    try pilot.press("] k")
    #expect(!pilot.model.moment.isAtHead)
    try pilot.press("j")
    #expect(pilot.model.moment.isAtHead)
    #expect(pilot.model.tail.isFollowing)
  }

  @Test func `a filtered tail does not take the aggregate away`() throws {
    let pilot = try Self.console().type("filter Shipment").type("agg Order/order-1")
    try pilot.type("goto end").press("k k")
    #expect(pilot.model.state.subject == .instance(Self.order))
    #expect(pilot.text.contains("v3 of 5"))
  }

  @Test func `two versions are compared, and Esc is back`() throws {
    let pilot = try Self.console().press("d")
    #expect(pilot.text.contains("v5 marked · v5 of 5"))
    try pilot.press("k k d")
    #expect(pilot.text.contains(" v3 → v5: 3 values differ"))
    #expect(pilot.text.contains("│~status") || pilot.text.contains("┃~status"))
    #expect(pilot.text.contains("~status      \"onHold\" → \"paid\""))
    #expect(pilot.text.contains("+paymentId"))
    #expect(pilot.text.contains("-hold"))
    try pilot.press("<Esc>")
    #expect(pilot.text.contains("v3 of 5"))
    #expect(pilot.model.focus == .state)
    // A mark is forgotten first, then Esc goes on as everywhere.
    try pilot.press("d <Esc>")
    #expect(pilot.model.state.marked == nil)
    #expect(pilot.model.focus == .state)
    try pilot.press("<Esc>")
    #expect(pilot.model.focus == .tail)
  }

  @Test func `Enter opens the event of a version`() throws {
    let pilot = try Self.console().press("k k <Enter>")
    #expect(pilot.model.focus == .event)
    #expect(pilot.model.selectedPosition == Position(5))
  }

  @Test func `a click stands on a version`() throws {
    let pilot = try Self.console()
    let row = try #require(pilot.lines.firstIndex { $0.contains("#2 OrderPriced") })
    let rect = try #require(pilot.model.layout.panes[.state])
    pilot.workbench.send(
      .mouse(MouseEvent(.press(.left), at: Point(column: rect.column + 4, row: row))))
    #expect(pilot.model.selectedPosition == Position(2))
  }

  @Test
  func `drawing a long history reads the rows on screen, and beyond the limit it shows no states`()
    throws
  {
    var stage = try SagaPaneFixture("emit orders OrderPriced order-1 total:=1 --count 2500")
    let model = stage.model(80, 20) {
      $0.state.subject = .instance(Self.order)
      $0.state.tab = .history
    }
    _ = stage.draw(.state, model)
    #expect(stage.meter.eventsRead <= 40)
    #expect(stage.meter.entriesRead <= 80)
    var early = model
    early.state.aim = Version(100)
    _ = stage.draw(.state, early)
    #expect(stage.meter.eventsRead <= 40)
    early.state.aim = nil
    early.state.tab = .state
    let text = stage.rows(.state, early).joined()
    #expect(text.contains("2500 events are more than the 2000 that are folded for this pane."))
  }
}
