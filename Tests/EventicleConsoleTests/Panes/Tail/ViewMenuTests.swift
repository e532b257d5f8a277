import EventicleCore
import EventicleSamples
import EventicleWorkbench
import TestSupport
import Testing

@testable import EventicleConsole

/// `z`: one menu of how things are shown.
@Suite struct ViewMenuTests {
  private func pilot(_ columns: Int = 120, _ rows: Int = 40) throws -> ConsolePilot {
    try ConsolePilot(columns: columns, rows: rows).run(lines: PaneStory.orders)
  }

  @Test func `the menu has five lines`() throws {
    let pilot = try pilot().press("z")
    let lines = pilot.lines.joined(separator: "\n")
    for word in ["fold or unfold", "wrap:", "time:", "columns:", "gaps:"] {
      #expect(lines.contains(word), "\(word)")
    }
    #expect(!lines.contains("unfold all") && !lines.contains("in the middle"))
    #expect(pilot.model.keymap.continuations(of: pilot.model.pendingKeys).count == 8)
  }

  @Test func `pauses lose their rows and get them back, and the row stays`() throws {
    let pilot = try pilot().press("k k k")
    let (before, selected) = (pilot.model.tail.rows.packed, pilot.model.selectedEntry)
    #expect(pilot.text.contains("nothing happens"))
    try pilot.press("zg")
    #expect(!pilot.text.contains("nothing happens"))
    #expect(pilot.model.selectedEntry == selected)
    #expect(pilot.model.message?.text == "Tail: pauses have no row")
    pilot.run("clock +1h", "do PlaceOrder customer=c-3 total:=5")
    #expect(!pilot.text.contains("nothing happens"))
    try pilot.press("zg")
    let after = pilot.model.tail.rows.packed
    #expect(Array(after.prefix(before.count)) == before)
    #expect(after.count { $0 < 0 } == before.count { $0 < 0 } + 1)
  }

  @Test func `rows that are read beside the terminal have pauses as they are shown`() throws {
    var session = try Session(.shop)
    try session.importEvents(Stage.history(10_000))
    let pilot = ConsolePilot(session, columns: 120, rows: 30)
    try pilot.press("zg")
    let rows = pilot.model.tail.rows
    #expect(rows.indexed == pilot.model.moment.timeline.count)
    #expect(!rows.packed.contains { $0 < 0 })
    try pilot.press("zg")
    var all = TailRows()
    all.extend(from: pilot.model.moment, within: TailRows.Budget(entries: Int.max, work: Int.max))
    #expect(pilot.model.tail.rows.packed == all.packed)
  }

  @Test func `times are told since the row above, since the cause, and of the day again`() throws {
    let pilot = try pilot()
    pilot.run("goto #9")
    func line(_ type: String) throws -> String {
      try #require(pilot.lines.first { $0.contains("  \(type)") || $0.contains("▼\(type)") })
    }
    try pilot.press("gg zt")
    #expect(pilot.lines[2].contains("+ row"))
    #expect(try line("PaymentDeclined").contains("+2s"))
    try pilot.press("zt")
    #expect(pilot.lines[2].contains("+ cause"))
    #expect(try line("OrderOnHold").contains("+0ms"))
    try pilot.press("zt")
    #expect(pilot.lines[2].contains("time") && !pilot.lines[2].contains("+ "))
  }

  @Test(arguments: [40, 56, 80, 100, 120, 200])
  func `fewer columns leave what happened`(columns: Int) throws {
    let pilot = try pilot(columns, 40).press("f zc")
    func head() -> String { pilot.lines.prefix(4).joined() }
    #expect(!head().contains(" reacted"))
    try pilot.press("zc")
    #expect(!head().contains(" because"))
    #expect(pilot.text.contains("Order"))
    for line in pilot.lines { #expect(line.count == columns) }
    try pilot.press("zc")
    #expect(pilot.model.tail.form == TailForm())
  }

  @Test func `long values go on below and nothing of them is lost`() throws {
    let text = (0..<40).map { "word\($0)" }.joined(separator: "-")
    let pilot = try ConsolePilot(columns: 80, rows: 40)
    pilot.run("emit orders Noted note-1 text=\(text)")
    try pilot.press("2 f")
    #expect(!pilot.text.contains("word39"))
    try pilot.press("zw")
    let inside = pilot.lines.dropFirst(2).dropLast(4)
      .map { $0.filter { $0 != "│" && $0 != "┃" && $0 != " " } }.joined()
    #expect(inside.contains(text), "\(inside)")
    try pilot.press("zw")
    #expect(!pilot.text.contains("word39"))
  }
}
