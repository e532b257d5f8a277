import EventicleCore
import EventicleWorkbench
import Testing

@testable import EventicleConsole

struct ExplorePaneTests {
  private func draw(_ model: Model, columns: Int = 44, rows: Int = 34) -> [String] {
    Stage.draw(columns: columns, rows: rows) { rect, canvas, meter in
      model.draw(.explore, in: rect, focused: true, on: &canvas, &meter)
    }.rows
  }

  private func pilot(_ lines: [String]) throws -> ConsolePilot {
    try ConsolePilot(columns: 44, rows: 60).run(lines: lines).press("8 f")
  }

  @Test func `what is alive is listed with its state and when it acts next`() throws {
    let rows = draw(Stage.model(try Stage.session(Array(Stage.flow.prefix(2)))))
    #expect(rows[0] == "┏8 Explore━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┓")
    #expect(rows[1] == "┃ sagas                             1 runs ┃")
    #expect(rows[2] == "┃  ►PaymentSaga order-1 ▼declined   in 30s ┃")
    #expect(rows[3] == "┃ aggregates                       2 alive ┃")
    #expect(rows[4] == "┃   Order    order-1 ▼ onHold           v3 ┃")
    #expect(rows[5] == "┃   Payment  pay-1   ▼ declined         v2 ┃")
    #expect(rows[6] == "┃   Shipment                          none ┃")
    #expect(rows[7] == "┃ views                               rows ┃")
    #expect(rows[8] == "┃   OrderBoard                           1 ┃")
    #expect(rows[10] == "┃ adapters                           mails ┃")
    #expect(
      rows[11] == "┃   Mailer     up to date                1 ┃" || rows[11].contains("Mailer"))
    #expect(rows[12] == "┃ streams                           events ┃")
    #expect(rows[13].hasPrefix("┃   ▌orders"))
    #expect(rows.contains { $0.hasPrefix("┃ forks") && $0.contains("at") })
    #expect(rows.contains { $0.hasPrefix("┃ stops") && $0.contains("hits") })
    #expect(!rows.joined().contains("PlaceOrder"))
  }

  @Test func `parked sagas come first, then what is due next`() throws {
    let pilot = try pilot(
      [
        "do PlaceOrder customer=a total:=1", "clock +1s", "do PlaceOrder customer=b total:=2",
        "do DeclinePayment paymentId=pay-2", "do PlaceOrder customer=c total:=3", "clock +1s",
        "do CancelOrder orderId=order-3 reason=x", "do CapturePayment paymentId=pay-3",
      ])
    let rows = pilot.lines.filter { $0.hasPrefix("┃") && $0.contains("PaymentSaga") }
    #expect(rows.count == 3)
    #expect(rows[0].contains("order-3 ✗parked"))
    #expect(rows[1].contains("order-2 ▼declined"))
    #expect(rows[2].contains("order-1"))
  }

  @Test func `a lagging view shows how far it is behind`() throws {
    let session = try Stage.session(["hold", "do PlaceOrder customer=c-19 total:=59"])
    #expect(
      draw(Stage.model(session)).contains {
        $0.contains("OrderBoard") && $0.contains("2 behind") && $0.hasSuffix("0 ┃")
      })
  }

  @Test func `over twelve of a kind fold to a row that Enter unfolds`() throws {
    let pilot = try pilot((1...20).map { "do PlaceOrder customer=c-\($0) total:=\($0)" })
    #expect(pilot.lines.contains { $0.contains("8 more") })
    #expect(!pilot.lines.contains { $0.contains("Order    order-1 ") })
    let more = try #require(
      pilot.model.explore.page.rows.firstIndex { $0.section == .aggregates && $0.title == "8 more" }
    )
    try pilot.press("gg")
    for _ in 0..<more { try pilot.press("j") }
    try pilot.press("<Enter>")
    #expect(pilot.model.explore.opened == ["Order"])
    #expect(
      pilot.model.explore.page.rows.count {
        $0.section == .aggregates && $0.title.hasPrefix("order-")
      } == 20)
    // The last touched stand first.
    let orders = pilot.model.explore.page.rows.filter { $0.title.hasPrefix("order-") }
    #expect(orders.first?.title == "order-20" && orders.first?.kind == "Order")
    #expect(orders.dropFirst().allSatisfy { $0.kind.isEmpty })
  }

  @Test func `sections fold and keep their counts`() throws {
    var model = try Stage.model()
    model.explore.folded = [.sagas]
    let rows = draw(model)
    #expect(rows[1].hasPrefix("┃▸sagas") && rows[2].hasPrefix("┃ aggregates"))
    let pilot = try pilot(Stage.flow).press("gg <Enter>")
    #expect(pilot.model.explore.folded == [.sagas])
    #expect(try pilot.press("<Enter>").model.explore.folded.isEmpty)
    #expect(try pilot.press("zM").model.explore.page.rows.count == 7)
    #expect(try pilot.press("zR").model.explore.page.rows.count > 7)
  }

  @Test func `Enter opens what a row is about`() throws {
    let pilot = try pilot(Stage.flow)
    func enter(_ subject: ExploreRow.Subject) throws {
      try pilot.press("8")
      let row = try #require(pilot.model.explore.page.rows.firstIndex { $0.subject == subject })
      pilot.workbench.configure { $0.explore.list.selected = row }
      try pilot.press("<Enter>")
    }
    try enter(.aggregate(AggregateKey("Order", "order-1")))
    #expect(pilot.model.state.subject == .instance(AggregateKey("Order", "order-1")))
    try enter(.view("Revenue"))
    #expect(pilot.model.views.subject == .rows("Revenue"))
    try enter(.troubles("parked"))
    #expect(pilot.model.focus == .tools)
    try enter(.stream("payments"))
    #expect(pilot.model.focus == .tail)
    #expect(pilot.model.tail.find?.text == "stream:payments")
    #expect(pilot.model.tail.find?.isFolded == true)
  }

  @Test func `S sorts by name and back`() throws {
    let pilot = try pilot([
      "do PlaceOrder customer=a total:=1", "do PlaceOrder customer=b total:=2",
    ])
    func orders() -> [String] {
      pilot.model.explore.page.rows.map(\.title).filter { $0.hasPrefix("order-") }
    }
    #expect(orders() == ["order-2", "order-1"])
    try pilot.press("S")
    #expect(orders() == ["order-1", "order-2"])
    #expect(pilot.text.contains("8 Explore  by name"))
    try pilot.press("S")
    #expect(orders() == ["order-2", "order-1"])
  }

  @Test func `the selection stays on its thing while time moves`() throws {
    let pilot = try pilot([
      "do PlaceOrder customer=a total:=1", "do PlaceOrder customer=b total:=2",
    ])
    let row = try #require(
      pilot.model.explore.page.rows.firstIndex { $0.title == "order-1" })
    pilot.workbench.configure { $0.explore.list.selected = row }
    try pilot.press("j k")
    pilot.run("do DeclinePayment paymentId=pay-1")
    let explore = pilot.model.explore
    #expect(explore.page.rows[explore.list.selected].title == "order-1")
    #expect(explore.list.selected != row)
  }

  @Test func `thousands of aggregates cost no more than hundreds`() throws {
    var meters: Set<WorkMeter> = []
    for count in [600, 4_000] {
      var session = try Stage.session([])
      try session.importEvents(Stage.history(count))
      let model = Stage.model(session)
      let drawn = Stage.draw(columns: 44, rows: 30) { rect, canvas, meter in
        model.draw(.explore, in: rect, focused: true, on: &canvas, &meter)
      }
      #expect(drawn.rows.contains { $0.contains("\(count - 12) more") })
      #expect(model.explore.prepared(model.context(of: .explore)).page.rows.count < 40)
      var meter = drawn.meter
      // Longer counts write as many cells.
      meter.cellsWritten = 0
      meters.insert(meter)
    }
    #expect(meters.count == 1)
  }
}
