import EventicleCore
import Testing

@testable import EventicleConsole

@Suite struct NextPaneTests {
  @Test func `what waits is listed in the order of delivery, above the armed timers`() throws {
    var stage = try SagaPaneFixture(
      "do PlaceOrder customer=c-19 total:=59", "do DeclinePayment paymentId=pay-1", "clock +1s",
      "hold", "do PlaceOrder customer=c-20 total:=12")
    let rows = stage.rows(.next, stage.model(66, 12))
    #expect(rows[0].hasPrefix("┌5 Next  queue 4 · timers 2──"))
    #expect(rows[1].hasPrefix("│ queue, in the order of delivery"))
    #expect(rows[2].hasPrefix("│ #6 OrderCreated  → V OrderBoard"))
    #expect(rows[3].hasPrefix("│ #6 OrderCreated  → V Revenue"))
    #expect(rows[5].hasPrefix("│ #7 OrderPriced   → V OrderBoard"))
    #expect(rows[6].hasPrefix("│ timers"))
    #expect(rows[7].hasPrefix("│ in 29s    09:00:30  T retry    PaymentSaga order-1"))
    #expect(rows[8].hasPrefix("│ in 4m59s  09:05:00  T timeout  PaymentSaga order-1"))
  }

  @Test func `what there is nothing of is one row, and the title says it in that order`() throws {
    var stage = try SagaPaneFixture("do PlaceOrder customer=c-19 total:=59")
    let rows = stage.rows(.next, stage.model(50, 8))
    #expect(rows[0].hasPrefix("┌5 Next  timers 1 · queue 0──"))
    #expect(rows[1].hasPrefix("│►in 5m"))
    #expect(rows[2].hasPrefix("│ queue     empty: nothing waits"))
    var empty = try SagaPaneFixture()
    let none = empty.rows(.next, empty.model(40, 8))
    #expect(none[1].contains("queue     empty: nothing waits"))
    #expect(none[2].contains("timers    none is armed"))
  }

  @Test func `what a timer sends is shown once an earlier firing has sent it`() throws {
    let pilot = try ConsolePilot(columns: 100, rows: 24).run(
      "do PlaceOrder customer=c-19 total:=59", "do DeclinePayment paymentId=pay-1")
    try pilot.press("5 f")
    #expect(pilot.lines.contains { $0.contains("T retry    PaymentSaga order-1  ") })
    #expect(!pilot.text.contains("→"))
    pilot.run("fire", "do DeclinePayment paymentId=pay-2")
    #expect(
      pilot.lines.contains { $0.contains("T retry    PaymentSaga order-1 → ResumeOrder, …") })
    // Before that firing nothing is known of it.
    pilot.run("goto #5")
    #expect(!pilot.text.contains("→ ResumeOrder"))
  }

  @Test func `narrow panes keep the name and the remaining time`() throws {
    var stage = try SagaPaneFixture("do PlaceOrder customer=c-19 total:=59")
    let rows = stage.rows(.next, stage.model(28, 8))
    #expect(rows[1] == "│►in 5m  T timeout order-1 │")
  }

  @Test func `parked work shows its reason`() throws {
    var stage = try SagaPaneFixture(
      "emit work Begun w id=1", "emit work Broken w id=1", domain: SagaPaneFixture.workbench)
    let model = stage.model(70, 10)
    let rows = stage.rows(.next, model)
    #expect(rows.contains { $0.hasPrefix("│ ✗ #2 Broken → S Work  The drill is broken") })
    let row = rows.firstIndex { $0.contains("✗ #2") } ?? 0
    #expect(stage.draw(.next, model)[26, row].style.role == .statusError)
  }

  @Test func `Enter goes to the event of a delivery, and to the saga of a timer`() throws {
    let pilot = try ConsolePilot(columns: 100, rows: 24).run(lines: PaneStory.held).press("5")
    #expect(pilot.lines.contains { $0.contains("►#5 OrderCreated") })
    try pilot.press("<Enter>")
    #expect(pilot.model.selectedPosition == Position(5))
    try pilot.press("L 5 G <Enter>")
    #expect(pilot.model.focus == .saga)
    guard case .instance(let key) = pilot.model.saga.subject else {
      Issue.record("no saga is shown")
      return
    }
    #expect(key.saga == "PaymentSaga")
  }

  @Test func `headings are passed over`() throws {
    let pilot = try ConsolePilot(columns: 100, rows: 24).run(lines: PaneStory.held).press("5 f gg")
    func isHead() -> Bool {
      NextRows(pilot.model.shown.world).isHead(pilot.model.panes[NextPane.self].list.selected)
    }
    for key in Array(repeating: "j", count: 12) + Array(repeating: "k", count: 12) {
      try pilot.press(key)
      #expect(!isHead())
    }
  }

  @Test func `keys are named where they do something`() throws {
    let pilot = try ConsolePilot(columns: 100, rows: 24).run(lines: PaneStory.held).press("5 f")
    #expect(pilot.text.contains("i deliver now   D delay   X drop   T twice   K crash in it"))
    try pilot.press("G")
    #expect(pilot.text.contains("i deliver next   t fire the first timer"))
    try pilot.press(",")
    #expect(!pilot.text.contains("deliver next"))
  }

  @Test(arguments: [
    ("X", "* dropped by you: #5 OrderCreated → V Revenue will never come"),
    ("T", "* doubled by you: #5 OrderCreated → V Revenue comes once more after it"),
    ("K", "* #5 OrderCreated → V Revenue: "), ("i", "* #5 OrderCreated → V Revenue: "),
    ("D <Enter>", "* delayed by you: #5 OrderCreated → V Revenue comes at 09:00:32"),
  ])
  func `the keys act on the selected delivery`(keys: String, message: String) throws {
    let pilot = try ConsolePilot(columns: 120, rows: 24).run(lines: PaneStory.held).press("5 f j")
    try pilot.press(keys)
    #expect(pilot.model.message?.text.hasPrefix(message) == true, "\(pilot.text)")
  }

  @Test func `the delivery that comes next anyway is no act of a person`() throws {
    let pilot = try ConsolePilot(columns: 120, rows: 24).run(lines: PaneStory.held).press("5 f i")
    #expect(pilot.model.message?.text.hasPrefix("#5 OrderCreated → V OrderBoard: ") == true)
  }

  @Test func `elsewhere the keys say where they work`() throws {
    let pilot = try ConsolePilot(columns: 120, rows: 24).run(lines: PaneStory.held).press("1 X")
    #expect(pilot.text.contains("select a delivery in Next first: 5 goes there"))
    try pilot.press("L X")
    #expect(pilot.text.contains("nothing waits to be delivered; Space holds what comes"))
  }
}
