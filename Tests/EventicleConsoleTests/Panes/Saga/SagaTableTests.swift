import EventicleCore
import EventicleWorkbench
import TestSupport
import Testing

@testable import EventicleConsole

@Suite struct SagaTableTests {
  @Test func `instances are listed worst first, with what wakes them next`() throws {
    var stage = try SagaPaneFixture()
    for line in PaneStory.trouble { stage.run(line) }
    for line in [
      "do PlaceOrder customer=c-7 total:=20", "do PlaceOrder customer=c-8 total:=30", "clock +1m",
      "do DeclinePayment paymentId=pay-2", "do CapturePayment paymentId=pay-3",
    ] { stage.run(line) }
    let all = stage.rows(.saga, stage.model(80, 9) { $0.saga.subject = .instances(nil) })
    #expect(
      all == [
        "┌4 Saga  list──────────────────────────────────────────────────────────────────┐",
        "│ saga           key       now ▴            steps   age    next                │",
        "│►PaymentSaga    order-1   ✗ parked at #5   1       1m5s   timeout in 3m55s    │",
        "│ PaymentSaga    order-2   ▼declined        2       1m     retry in 30s        │",
        "│ ShippingSaga   order-3   preparing        2       0 s    poll in 18h58m      │",
        "│ PaymentSaga    order-3   ■ paid           2       1m     —                   │",
        "│                                                                              │",
        "│                                                                              │",
        "└─────────────────────────────────────────────── 1 of 4 · 3 running · 1 parked ┘",
      ])
    let one = stage.rows(.saga, stage.model(60, 8) { $0.saga.subject = .instances("PaymentSaga") })
    #expect(one[0].hasPrefix("┌4 Saga  list PaymentSaga──"))
    #expect(one[3].contains("order-2"))
    #expect(one[7].hasSuffix(" 1 of 3 · 2 running · 1 parked ┘"))
    let narrow = stage.rows(.saga, stage.model(40, 8) { $0.saga.subject = .instances(nil) })
    #expect(narrow[2].hasPrefix("│►order-1   ✗ parked at #5 "))
  }

  @Test func `more instances than can be sorted stand in the order in which they began`() throws {
    var stage = try SagaPaneFixture("do PlaceOrder customer=c-19 total:=59 --count 501")
    stage.run("do CapturePayment paymentId=pay-1")
    let rows = stage.rows(
      .saga, stage.model(80, 9) { $0.saga.subject = .instances("PaymentSaga") })
    #expect(rows[1].contains(" now   "))
    #expect(rows[2].contains("order-1   ■ paid"))
    #expect(rows[8].hasSuffix("─ 1 of 501 ┘"))
  }

  @Test func `without sagas the pane explains how one starts`() throws {
    var stage = try SagaPaneFixture()
    for subject in [SagaModel.Subject.nothing, .instances(nil)] {
      let rows = stage.rows(.saga, stage.model(76, 6) { $0.saga.subject = subject })
      #expect(rows[1].contains("No saga has started. :PlaceOrder customer=c-19 total:=59"))
    }
  }

  @Test func `a table of 2,000 costs no more than one of 20`() throws {
    var small = try SagaPaneFixture("do PlaceOrder customer=c-19 total:=59 --count 20")
    var large = try SagaPaneFixture("do PlaceOrder customer=c-19 total:=59 --count 2000")
    #expect(large.session.moment.world.sagas.count(of: "PaymentSaga") == 2_000)
    for (pane, setUp) in Self.lists {
      _ = small.draw(pane, small.model(100, 18, setUp))
      _ = large.draw(pane, large.model(100, 18, setUp))
      #expect(large.meter.eventsRead <= small.meter.eventsRead, "\(pane)")
      #expect(large.meter.entriesRead <= small.meter.entriesRead, "\(pane)")
    }
  }

  private static let lists: [(PaneID, @Sendable (inout Model) -> Void)] = [
    (.saga, { $0.saga.subject = .instances(nil) }),
    (.state, { $0.state.subject = .instances("Order") }),
    (.views, { $0.views.subject = .rows("OrderBoard") }),
    (.next, { _ in }),
  ]

  @Test(arguments: UInt64(0)..<60) func `nothing is drawn outside, at any size`(seed: UInt64) throws
  {
    var random = SeededRandom(seed: seed)
    var stage = try SagaPaneFixture(
      "do PlaceOrder customer=c-19 total:=59", "do DeclinePayment paymentId=pay-1", "clock +30s")
    stage.run(random.pick(["live", "goto #3", "goto start", "do CapturePayment paymentId=pay-2"]))
    let sizes = [(0, 0), (1, 1), (2, 2), (3, 40), (200, 50), (80, 3)]
    let (columns, rows) =
      random.number(0...3) == 0
      ? random.pick(sizes) : (random.number(0...200), random.number(0...50))
    let order = AggregateKey("Order", "order-1")
    for subject in [SagaModel.Subject.nothing, .instances(nil), .instance(SagaPaneFixture.payment)]
    {
      try check(.saga, columns, rows, stage) { $0.saga.subject = subject }
    }
    for subject in [
      StateModel.Subject.nothing, .instances("Order"), .instance(order),
    ] {
      try check(.state, columns, rows, stage) {
        $0.state.subject = subject
        $0.state.tab = random.pick([.state, .history])
        $0.state.text.scroll = random.number(0...30)
      }
    }
    for subject in [
      ViewsModel.Subject.nothing, .rows("OrderBoard"), .row(RecordKey("OrderBoard", "order-1")),
    ] {
      try check(.views, columns, rows, stage) {
        $0.views.subject = subject
        $0.views.list.selected = random.number(0...30)
      }
    }
    try check(.next, columns, rows, stage) { _ in }
  }

  /// Draws a pane in the middle of a larger canvas and checks that the margin stays blank.
  private func check(
    _ pane: PaneID, _ columns: Int, _ rows: Int, _ stage: SagaPaneFixture,
    _ setUp: (inout Model) -> Void
  ) throws {
    let model = stage.model(columns + 6, rows + 4, setUp)
    var canvas = Canvas(size: model.size)
    var meter = WorkMeter()
    let rect = Rect(column: 3, row: 2, columns: columns, rows: rows)
    model.draw(pane, in: rect, focused: true, on: &canvas, &meter)
    for row in 0..<model.size.rows {
      for column in 0..<model.size.columns {
        guard !rect.contains(Point(column: column, row: row)) else { continue }
        #expect(canvas.buffer[column, row] == .blank, "\(pane) \(columns)×\(rows)")
      }
    }
  }
}
