import EventicleCore
import EventicleSamples
import Testing

@testable import EventicleConsole

@Suite struct StatePaneTests {
  private static let order = AggregateKey("Order", "order-1")

  private static func held() throws -> SagaPaneFixture {
    try SagaPaneFixture(
      "do PlaceOrder customer=c-19 total:=59", "do DeclinePayment paymentId=pay-1")
  }

  @Test func `values come first, then the ladder, then what can be done`() throws {
    var stage = try Self.held()
    let rows = stage.rows(
      .state, stage.model(60, 20) { $0.state.subject = .instance(Self.order) })
    #expect(
      rows == [
        "┌3 State  Order order-1  onHold  v3  [Now] History─────────┐",
        "│ customer   \"c-19\"                                        │",
        "│ total      59                                            │",
        "│ currency   \"GBP\"                                         │",
        "│ status     \"onHold\"                                      │",
        "│ hold       \"card_declined\"                               │",
        "│                                                          │",
        "│ ✓ placed      → paying · onHold · paid · cancelled       │",
        "│ ✓ paying      → onHold · paid · cancelled                │",
        "│ ►▐onHold▌     → paying · paid · cancelled                │",
        "│   paid        → shipped · cancelled                      │",
        "│   shipped     → delivered                                │",
        "│   delivered ■                                            │",
        "│   cancelled ■                                            │",
        "│                                                          │",
        "│ can now    ResumeOrder → paying   MarkOrderPaid → paid   │",
        "│            CancelOrder → cancelled                       │",
        "│ refuses    HoldOrder, MarkOrderShipped, …  (why)         │",
        "│                                                          │",
        "└──────────────────────────────────────────────────────────┘",
      ])
  }

  @Test func `ways that were taken are bold`() throws {
    var stage = try Self.held()
    let buffer = stage.draw(
      .state, stage.model(60, 20) { $0.state.subject = .instance(Self.order) })
    // placed → paying was taken, placed → onHold was not.
    #expect(buffer[18, 7].style.role == .chartStateCurrent)
    #expect(buffer[27, 7].style.role == .chartEdge)
    #expect(buffer[3, 9].style.role == .chartStateCurrent)
  }

  @Test func `without room the ladder goes, then the refusals`() throws {
    var stage = try Self.held()
    func rows(_ height: Int) -> [String] {
      stage.rows(.state, stage.model(60, height) { $0.state.subject = .instance(Self.order) })
    }
    #expect(!rows(12).contains { $0.contains("► ") || $0.contains("placed") })
    #expect(rows(12).contains { $0.contains("refuses") })
    #expect(!rows(9).contains { $0.contains("refuses") })
    #expect(rows(9).contains { $0.contains("CancelOrder → cancelled") })
  }

  @Test func `changes by the event of the moment are marked`() throws {
    var stage = try Self.held()
    let model = stage.model(60, 20) {
      $0.state.subject = .instance(Self.order)
      $0.tail.extend(from: $0.moment)
      if let entry = $0.moment.timeline.appendEntry(of: Position(5)) { $0.tail.select(entry) }
    }
    #expect(model.selectedPosition == Position(5))
    let rows = stage.rows(.state, model)
    #expect(rows[4].hasPrefix("│~status     \"paying\" → \"onHold\""))
    #expect(rows[5].hasPrefix("│+hold       \"card_declined\""))
  }

  @Test func `a value that went away is marked in line with the others`() throws {
    var stage = try Self.held()
    stage.run("do ResumeOrder orderId=order-1")
    let model = stage.model(60, 20) {
      $0.state.subject = .instance(Self.order)
      $0.tail.extend(from: $0.moment)
      $0.tail.selectLast()
    }
    let rows = stage.rows(.state, model)
    #expect(rows[5].hasPrefix("│-hold       \"card_declined\""))
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
    // What is past already can do nothing any more.
    #expect(!pilot.text.contains("can now"))
    try pilot.type("agg Order/order-1")
    #expect(pilot.text.contains("Order order-1  onHold  v3"))
    try pilot.type("agg Order/order-1 @v2").type("goto #0")
    #expect(pilot.text.contains("It does not exist yet at the time cursor."))
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
    for tab in StateModel.Tab.allCases {
      let buffer = stage.draw(
        .state,
        stage.model(80, 12) {
          $0.state.subject = .instance(Self.order)
          $0.state.tab = tab
        })
      let text = SagaPaneFixture.text(of: buffer).joined()
      #expect(!text.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F })
    }
  }

  @Test func `without aggregates the pane explains how to make one`() throws {
    var stage = try SagaPaneFixture()
    let rows = stage.rows(.state, stage.model(80, 6))
    #expect(rows[1].contains("There is no aggregate yet. :PlaceOrder customer=c-19"))
  }

  @Test func `a number that changes draws its history`() throws {
    var stage = try SagaPaneFixture("do OpenAccount owner=Ada", domain: .bank)
    for line in ["Deposit accountId=acc-1 amount:=40", "Deposit accountId=acc-1 amount:=60"] {
      stage.run("do \(line)")
    }
    func balance() -> String? {
      stage.rows(
        .state,
        stage.model(60, 20) { $0.state.subject = .instance(AggregateKey("Account", "acc-1")) }
      ).first { $0.contains("balance") }
    }
    #expect(balance()?.hasPrefix("│ balance    100 ▁▄█ ") == true)
    stage.run("do Withdraw accountId=acc-1 amount:=30")
    #expect(balance()?.hasPrefix("│ balance    70 ▁▄█▆ ") == true)
    var once = try SagaPaneFixture("do OpenAccount owner=Ada", domain: .bank)
    once.run("do Deposit accountId=acc-1 amount:=40")
    let rows = once.rows(
      .state, once.model(60, 20) { $0.state.subject = .instance(AggregateKey("Account", "acc-1")) })
    #expect(rows.contains { $0.hasPrefix("│ balance    40    ") })
  }
}
