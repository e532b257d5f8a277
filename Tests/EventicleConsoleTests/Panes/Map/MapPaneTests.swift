import EventicleCore
import EventicleSamples
import EventicleWorkbench
import TestSupport
import Testing

@testable import EventicleConsole

/// The flow of the shop as the map shows it, and its keys.
@Suite struct MapPaneTests {
  // MARK: - What is drawn

  /// The rows of the map without its border and blanks at their ends.
  private func rows(_ pilot: ConsolePilot, _ columns: Int = 120) -> [String] {
    pilot.screen(of: .map, columns, 50).rows.map { row in
      String(row.dropFirst().dropLast()).trimmingSpaces
    }
  }

  @Test func `counts and solid lines are of the moment, later links are dotted`() throws {
    let pilot = try PaneStory.map(120)
    #expect(
      rows(pilot).contains {
        $0.hasPrefix("ResumeOrder ┄┄┄┄┄┄┄┄┄► OrderResumed       ·  ┄┄┄┄► OrderBoard")
      })
    pilot.run("goto #9")
    #expect(
      rows(pilot).contains { $0.hasPrefix("ResumeOrder ──") || $0.hasPrefix("ResumeOrder ━━") })
    #expect(rows(pilot).contains { $0.contains("OrderResumed       1  ") })
    try pilot.press("L")
    #expect(rows(pilot).contains { $0.contains("► OrderCreated       4  ") })
  }

  @Test func `the conversation of the selected event is heavy, with the instance that it woke`()
    throws
  {
    let rows = rows(try PaneStory.map(120))
    #expect(rows[0].contains("lit: what #4 PaymentDeclined set off"))
    #expect(
      rows.contains {
        $0.contains("DeclinePayment ━━━━━━► PaymentDeclined    1  ━━┳━► PaymentSaga order-1")
      })
    #expect(rows.contains { $0.contains("━► HoldOrder · retry 30s") })
    #expect(rows.contains { $0.hasSuffix("┄► CancelOrder · timeout off") })
    #expect(
      rows.contains {
        $0.hasPrefix("HoldOrder ━━━━━━━━━━━► OrderOnHold        1  ━━━━► OrderBoard")
      })
    #expect(rows.contains { $0.hasPrefix("PlaceOrder ────────┬─► OrderCreated") })
  }

  @Test func `what a command makes is learnt, and not guessed before`() throws {
    let pilot = try ConsolePilot.zoomed(120, on: "7")
    #expect(rows(pilot).contains { $0.hasPrefix("PlaceOrder ┄┄┄┄┄┄┄┄┄┤├┄► OrderCancelled") })
    pilot.run("do PlaceOrder customer=c-19 total:=59")
    #expect(rows(pilot).contains { $0.hasPrefix("PlaceOrder ━") && $0.contains("━► OrderCreated") })
    #expect(rows(pilot).contains { $0.contains("PaymentSaga starts order-1") })
  }

  @Test func `timers say when they fire and what they do then`() throws {
    let rows = rows(try PaneStory.map(120))
    #expect(
      rows.contains {
        $0.hasPrefix("retry    in 30s   ") && $0.contains("┄► ResumeOrder, RequestPayment")
      })
    #expect(rows.contains { $0.hasPrefix("timeout  in 4m58s ") && $0.contains("PaymentSaga ends") })
    #expect(rows.contains { $0.hasPrefix("poll     not armed") })
  }

  @Test func `events that were emitted and imported say so, and hostile names are harmless`() throws
  {
    let pilot = try ConsolePilot.zoomed(120, on: "7")
    pilot.run(#"emit notes "No\u001b[31mted" n-1"#)
    #expect(rows(pilot).contains { $0.hasPrefix("STREAM  ▌notes") })
    #expect(rows(pilot).contains { $0.hasPrefix("emitted") && $0.contains("► No") })
    #expect(!pilot.screen(of: .map, 120, 50).rows.joined().unicodeScalars.contains("\u{1b}"))
  }

  // MARK: - Keys

  /// The text of the selected cell.
  private func selected(_ pilot: ConsolePilot) -> String {
    let map = pilot.model.panes[MapPane.self]
    guard let cell = map.cell else { return "" }
    return StyledLine(
      map.page.lines[map.list.selected].parts.filter {
        $0.column >= cell.column && $0.column < cell.column + cell.width
      }.map(\.piece)
    ).text.string
  }

  @Test(arguments: [
    ("", "", "PlaceOrder"), ("", "j", "HoldOrder"), ("j", "k", "PlaceOrder"),
    ("", "l", "OrderCreated"), ("l", "j", "OrderPriced"), ("l", "l", "PaymentSaga starts"),
    ("l l", "l", "RequestPayment · timeout 5m"), ("l l l", "l", "RequestPayment"),
    ("l l j", "h", "OrderCreated"), ("l j", "h", "PlaceOrder"),
    ("j", "h", "HoldOrder, CancelOrder"),
    ("", "G", "poll"), ("G", "gg", "PlaceOrder"),
  ])
  func `a key walks the flow`(before: String, keys: String, after: String) throws {
    let pilot = try ConsolePilot(columns: 120, rows: 60).run(lines: PaneStory.orders).press("1 7")
    try pilot.press(before).press(keys)
    let text = selected(pilot)
    #expect(text.hasPrefix(after), "\(text)")
  }

  @Test func `Enter goes to the newest of what is selected, up to the moment`() throws {
    let pilot = try ConsolePilot(columns: 120, rows: 60).run(lines: PaneStory.orders).press("7 l")
    try pilot.press("<Enter>")
    #expect(pilot.model.moment.name.position == Position(35))
    #expect(pilot.model.moment.log.type(at: Position(34)) == "OrderCreated")
    try pilot.run("goto #5").press("<Enter>")
    #expect(pilot.model.moment.name.position == Position(2))
  }

  @Test func `Enter on what happens later only goes to its first time`() throws {
    let pilot = try ConsolePilot(columns: 120, rows: 60).run(lines: PaneStory.orders).run("goto #5")
    try pilot.press("7 j j l <Enter>")
    #expect(pilot.model.moment.log.type(at: Position(9)) == "OrderResumed")
    #expect(pilot.model.moment.name.position == Position(10))
  }

  @Test func `a colon on a command fills the bar, elsewhere it opens it empty`() throws {
    let pilot = try ConsolePilot(columns: 120, rows: 60).press("7 :")
    #expect(pilot.model.bar?.text == "do PlaceOrder ")
    try pilot.press("<Esc> 2 :")
    #expect(pilot.model.bar?.text == "")
  }

  @Test(arguments: [0, 1, 2, 5, 9, 20, 24])
  func `Enter is offered just where it goes somewhere`(row: Int) throws {
    let pilot = try ConsolePilot(columns: 120, rows: 60).run(lines: PaneStory.orders)
    try pilot.press("7" + String(repeating: " j", count: row))
    let isOffered = FooterBar.actions(pilot.model).contains(.open)
    let before = pilot.model.moment.cursor
    try pilot.press("<Enter>")
    #expect(isOffered == (pilot.model.moment.cursor != before))
  }

  // MARK: - Places

  @Test(arguments: [(200, 50, PaneID.saga), (120, 40, .tail)])
  func `the map takes the saga's place on a large screen, and all of a smaller one`(
    columns: Int, rows: Int, other: PaneID
  ) throws {
    // Before anything has happened the start list takes the whole screen.
    let pilot = try ConsolePilot(columns: columns, rows: rows)
      .run("do PlaceOrder customer=c-19 total:=59")
    let place = pilot.model.layout.panes[other]
    #expect(place != nil && pilot.model.layout.panes[.map] == nil)
    try pilot.press("7")
    #expect(pilot.model.layout.panes[other] == nil)
    #expect(pilot.model.layout.panes.count == 1 || pilot.model.layout.panes[.map] == place)
  }
}
