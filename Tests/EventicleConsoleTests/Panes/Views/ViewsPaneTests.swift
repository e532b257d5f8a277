import EventicleCore
import EventicleSamples
import EventicleWorkbench
import Testing

@testable import EventicleConsole

@Suite struct ViewsPaneTests {
  private static let orders = [
    "do PlaceOrder customer=c-19 total:=59", "do DeclinePayment paymentId=pay-1",
    "do PlaceOrder customer=c-20 total:=12.5", "do PlaceOrder customer=c-3 total:=100",
  ]

  private func pilot(
    _ lines: [String] = orders, columns: Int = 100, rows: Int = 30
  ) throws -> ConsolePilot {
    try ConsolePilot(columns: columns, rows: rows).run(lines: lines).press("6 f")
  }

  private func ids(_ pilot: ConsolePilot) -> [String] {
    pilot.lines.compactMap { line in
      line.split(separator: " ").first { $0.hasPrefix("order-") }.map(String.init)
    }
  }

  @Test func `the rows of a view are listed in a table with the key first`() throws {
    let lines = try pilot().lines
    #expect(lines[1].hasPrefix("┏6 Views  [OrderBoard] Revenue"))
    #expect(lines[2].hasPrefix("┃ ►order    customer  total  currency  status"))
    #expect(lines[3].hasPrefix("┃► order-1  c-19         59  GBP       onHold"))
    #expect(lines[4].hasPrefix("┃  order-2  c-20       12.5  GBP       paying"))
    #expect(lines[5].hasPrefix("┃  order-3  c-3         100  GBP      ~paying"))
  }

  @Test func `S sorts by the column under the cursor, and again the other way round`() throws {
    let pilot = try pilot().press("l l S")
    #expect(pilot.text.contains("►total ▴"))
    #expect(ids(pilot) == ["order-2", "order-1", "order-3"])
    try pilot.press("S")
    #expect(pilot.text.contains("►total ▾"))
    #expect(ids(pilot) == ["order-3", "order-1", "order-2"])
    // Text is sorted as text, and arrows move the column too.
    try pilot.press("<Left> S")
    #expect(ids(pilot) == ["order-1", "order-2", "order-3"])
    try pilot.press("h h h S S")
    #expect(ids(pilot) == ["order-3", "order-2", "order-1"])
  }

  @Test func `the selection stays on its row when the order changes`() throws {
    let pilot = try pilot().press("j l l S")
    let model = pilot.model
    let state = model.views.prepared(model.context(of: .views))
    #expect(state.page.offset(of: state.list.selected) == 1)
    #expect(pilot.lines.contains { $0.contains("► order-2") })
  }

  @Test func `columns that have no room are counted, and the one under the cursor is shown`() throws
  {
    let pilot = try pilot(columns: 40)
    #expect(pilot.lines.contains { $0.contains("order    customer") && $0.contains("+4") })
    try pilot.press("l l l l")
    #expect(pilot.lines.contains { $0.contains("►status") && $0.contains("+4") })
    for columns in 40...120 {
      pilot.resize(columns, 20)
      #expect(pilot.text.contains("►status"), "\(columns)")
    }
  }

  @Test func `what changed at this moment is marked`() throws {
    let pilot = try pilot(Array(Self.orders.prefix(2)))
    #expect(pilot.lines.contains { $0.contains("order-1") && $0.contains("~onHold") })
    pilot.run("goto #1")
    #expect(pilot.lines.contains { $0.contains("+order-1") })
  }

  @Test func `a view that lags says what it lacks`() throws {
    let pilot = try pilot(PaneStory.held, columns: 100)
    #expect(
      pilot.text.contains(
        "3 behind: #5 and #6 (order-2), #7 (order-1) wait in the queue; State already knows #7"))
    pilot.run("release")
    #expect(!pilot.text.contains("behind"))
  }

  @Test func `Enter opens a row with the events that made it, and there goes to one`() throws {
    let pilot = try pilot().press("<Enter>")
    #expect(pilot.model.views.subject == .row(RecordKey("OrderBoard", "order-1")))
    #expect(pilot.text.contains("6 Views  OrderBoard/order-1"))
    #expect(pilot.text.contains("customer   \"c-19\""))
    #expect(pilot.text.contains("made by, the newest first"))
    let makers = pilot.lines.filter { $0.contains("  #") && $0.contains("Order") }
    #expect(makers.first?.contains("#5 OrderOnHold  order-1") == true)
    #expect(makers.last?.contains("#1 OrderCreated  order-1") == true)
    try pilot.press("G <Enter>")
    #expect(pilot.model.selectedPosition == Position(1))
    #expect(pilot.model.mode == .past)
  }

  @Test func `the first view is shown at once, and brackets go to the next one`() throws {
    let pilot = try ConsolePilot().press("6 ]")
    #expect(pilot.text.contains("6 Views   OrderBoard [Revenue]"))
    #expect(try pilot.press("]").text.contains("6 Views  [OrderBoard] Revenue"))
  }

  @Test func `more rows than can be sorted say so, and stay as they came`() throws {
    var session = try Session(.shop)
    try session.importEvents(Stage.history(ViewPage.mostSorted + 1))
    let pilot = try ConsolePilot(session, columns: 100, rows: 20).press("6 f l l S")
    #expect(pilot.model.message?.text.contains("up to 10,000 rows are sorted") == true)
    #expect(pilot.model.views.sort == nil)
    #expect(ids(pilot).first == "order-1")
  }

  @Test func `a long table costs as much as a short one`() throws {
    var costs: Set<Int> = []
    for count in [100, 3_000] {
      var session = try Session(.shop)
      try session.importEvents(Stage.history(count))
      let pilot = try ConsolePilot(session, columns: 100, rows: 20).press("6 f j")
      let meter = pilot.frame.meter
      costs.insert(meter.eventsRead)
      #expect(meter.handlerCalls == 0)
    }
    #expect(costs.count == 1)
  }
}
