import EventicleCore
import Testing

@testable import EventicleConsole

@Suite struct StatePaneTests {
  private static let order = AggregateKey("Order", "order-1")

  private static func held() throws -> SagaPaneFixture {
    try SagaPaneFixture(
      "do PlaceOrder customer=c-19 total:=59", "do DeclinePayment paymentId=pay-1")
  }

  @Test func `the state is a tree below the sequence of statuses`() throws {
    var stage = try Self.held()
    let rows = stage.rows(
      .state, stage.model(60, 10) { $0.state.subject = .instance(Self.order) })
    #expect(rows[0] == "┌3 State  Order order-1  onHold  v3  [Now] History─────────┐")
    #expect(rows[1] == "│  history  placed › paying › onHold                       │")
    #expect(rows[3] == "│  customer  \"c-19\"                                        │")
    #expect(rows[6] == "│  status    \"onHold\"                                      │")
    #expect(rows[7] == "│  hold      \"card_declined\"                               │")
  }

  @Test func `changes by the selected event are marked`() throws {
    var stage = try Self.held()
    let model = stage.model(60, 12) {
      $0.state.subject = .instance(Self.order)
      $0.tail.extend(from: $0.moment)
      if let entry = $0.moment.timeline.appendEntry(of: Position(5)) { $0.tail.select(entry) }
    }
    #expect(model.selectedPosition == Position(5))
    let rows = stage.rows(.state, model)
    #expect(rows[6].hasPrefix("│~ status    \"paying\" → \"onHold\""))
    #expect(rows[7].hasPrefix("│+ hold      \"card_declined\""))
  }

  @Test func `the state is that at the cursor`() throws {
    var stage = try Self.held()
    stage.run("goto #1")
    let rows = stage.rows(
      .state, stage.model(60, 10) { $0.state.subject = .instance(Self.order) })
    #expect(rows[0].contains("paying  v2"))
    stage.run("goto start")
    let none = stage.rows(
      .state, stage.model(60, 10) { $0.state.subject = .instance(Self.order) })
    #expect(none.joined().contains("It does not exist yet at the time cursor."))
  }

  @Test func `a version that is asked for is shown, until another subject is`() throws {
    let pilot = try ConsolePilot(columns: 120, rows: 40).type("do PlaceOrder customer=c-1 total:=5")
    try pilot.type("do DeclinePayment paymentId=pay-1").type("agg Order/order-1 @v1")
    #expect(pilot.text.contains("Order order-1  placed  v1 of 3"))
    try pilot.type("agg Order/order-1")
    #expect(pilot.text.contains("Order order-1  onHold  v3"))
    try pilot.type("agg Order/order-1 @v2").type("goto #0")
    #expect(pilot.text.contains("It does not exist yet at the time cursor."))
  }

  @Test func `the history has one row per event`() throws {
    var stage = try Self.held()
    let rows = stage.rows(
      .state,
      stage.model(90, 8) {
        $0.state.subject = .instance(Self.order)
        $0.state.tab = .history
        $0.state.list.selected = 2
      })
    #expect(rows[0].contains("onHold  v3  Now [History]"))
    #expect(rows[3].hasPrefix("│ v2 #2 09:00:00.000  OrderPriced   status placed → paying"))
    #expect(
      rows[4].hasPrefix(
        "│ v3 #5 09:00:00.000  OrderOnHold   status paying → onHold  hold + \"card_declined\""))
    #expect(rows[7].hasSuffix(" 3 of 3 ┘"))
  }

  @Test
  func `drawing a long history reads the rows on screen, and beyond the limit it shows no states`()
    throws
  {
    var stage = try SagaPaneFixture("emit orders OrderPriced order-1 total:=1 --count 2500")
    let model = stage.model(80, 20) {
      $0.state.subject = .instance(Self.order)
      $0.state.tab = .history
      $0.state.list.selected = 2_499
    }
    _ = stage.draw(.state, model)
    #expect(stage.meter.eventsRead <= 40)
    var early = model
    early.state.list.selected = 100
    _ = stage.draw(.state, early)
    #expect(stage.meter.eventsRead <= 40)
    early.state.tab = .state
    let text = stage.rows(.state, early).joined()
    #expect(text.contains("2500 events are more than the 2000 that are folded for this pane."))
  }

  @Test func `aggregates are listed in a table`() throws {
    var stage = try Self.held()
    stage.run("do PlaceOrder customer=c-20 total:=12.5")
    let orders = stage.rows(
      .state, stage.model(60, 8) { $0.state.subject = .instances("Order") })
    #expect(orders[1].hasPrefix("│ id       status  version"))
    #expect(orders[2].hasPrefix("│ order-1  onHold  v3"))
    #expect(orders[7].hasSuffix(" 1 of 2 ┘"))
  }

  @Test func `control characters in data are never drawn`() throws {
    var stage = try SagaPaneFixture("do PlaceOrder customer=\"a\\u001b[31mb\" total:=59")
    stage.run("emit orders OrderOnHold order-1 reason:=\"\\\"x\\\\u001b[2Jy\\\"\"")
    let buffer = stage.draw(
      .state, stage.model(80, 12) { $0.state.subject = .instance(Self.order) })
    let text = SagaPaneFixture.text(of: buffer).joined()
    #expect(!text.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F })
  }

  @Test func `without aggregates the pane explains how to make one`() throws {
    var stage = try SagaPaneFixture()
    let rows = stage.rows(.state, stage.model(80, 6))
    #expect(rows[1].contains("There is no aggregate yet. :PlaceOrder customer=c-19"))
  }
}
