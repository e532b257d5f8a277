import EventicleCore
import EventicleSamples
import EventicleWorkbench
import Testing

@testable import EventicleConsole

/// The keys that compare, verify, ask why, and change a fork's history.
@Suite struct HistoryToolsTests {
  private func forked() throws -> ConsolePilot {
    try ConsolePilot(columns: 120, rows: 40).run(lines: PaneStory.forks).run("switch late-pay")
  }

  @Test func `C compares a fork with the branch that it left, from the first difference on`() throws
  {
    let pilot = try forked().press("C")
    #expect(pilot.model.focus == .tools && pilot.model.tools.tab == .forks)
    let found = try #require(pilot.model.tools.comparison)
    #expect(found.left.name == "main" && found.right.name == "late-pay")
    #expect(pilot.text.contains("─── ends"))
    #expect(pilot.text.contains("cancelled"))
  }

  @Test func `standing on a row shows the moment of what happened there`() throws {
    let pilot = try forked().press("C")
    let head = pilot.model.moment.cursor
    try pilot.press("j")
    #expect(pilot.model.focus == .tools)
    #expect(pilot.model.moment.cursor != head)
  }

  @Test func `Enter on a branch compares it, and once more goes to it`() throws {
    let pilot = try forked().press("9 ] gg")
    #expect(pilot.model.tools.tab == .forks)
    try pilot.press("<Enter>")
    #expect(pilot.model.tools.comparison?.left.name == "main")
    #expect(pilot.model.fork == "late-pay")
    try pilot.press("gg <Enter>")
    #expect(pilot.model.fork == nil, "\(pilot.text)")
  }

  @Test func `v does everything again and says what is the same`() throws {
    let pilot = try forked().press("v")
    #expect(pilot.model.tools.tab == .verify)
    #expect(pilot.model.message?.text.hasPrefix("✓ ") == true)
    #expect(pilot.text.contains("steps the same, byte for byte"))
  }

  @Test func `a step that differs is told with its handler, and Enter goes there`() throws {
    let pilot = try PaneStory.verified(120)
    #expect(pilot.text.contains("saga PaymentSaga / on PaymentDeclined"))
    #expect(pilot.text.contains("armed retry 10s"))
    try pilot.press("<Enter>")
    #expect(!pilot.model.moment.isAtHead)
  }

  @Test func `a star asks what changed the thing on show`() throws {
    let pilot = try ConsolePilot(columns: 120, rows: 40).run(lines: PaneStory.orders)
    try pilot.press("4").run("saga PaymentSaga/order-1").press("*")
    #expect(pilot.model.tools.why?.subject == "PaymentSaga/order-1", "\(pilot.text)")
    try pilot.run("agg Order/order-1").press("3 *")
    #expect(pilot.model.tools.why?.subject == "Order/order-1")
    #expect(pilot.text.contains("by #1 OrderCreated ← C PlaceOrder ← you"))
    try pilot.press("9 gg <Enter>")
    #expect(!pilot.model.moment.isAtHead)
  }

  @Test func `s leaves the selected event out of a fork, and u brings it back`() throws {
    let pilot = try ConsolePilot(columns: 120, rows: 40)
    pilot.run(lines: Array(PaneStory.orders.prefix(5)) + ["fork f"])
    try pilot.press("1 gg j j j")
    let count = pilot.model.moment.timeline.head.log.count
    try pilot.press("s")
    #expect(pilot.model.moment.timeline.head.log.count < count, "\(pilot.text)")
    try pilot.press("9 ]")
    #expect(pilot.text.contains("history changed"))
    try pilot.press("u")
    #expect(pilot.model.moment.timeline.head.log.count == count)
  }

  @Test func `the tail shows the new history, also when it is longer, and the old one after undo`()
    throws
  {
    let pilot = try ConsolePilot(columns: 120, rows: 40)
    pilot.run(lines: ["PlaceOrder customer=c-19 total:=59", "fork f", "insert #1 orders Odd"])
    #expect(pilot.text.contains("PaymentRequested") && pilot.text.contains("Odd"), "\(pilot.text)")
    pilot.run("undo")
    pilot.run("what if PlaceOrder customer=c total:=1")
    #expect(
      pilot.text.contains("PaymentRequested") && !pilot.text.contains(" Odd"), "\(pilot.text)")
  }

  @Test func `main is asked for before it does what a fork did`() throws {
    let pilot = try ConsolePilot(columns: 120, rows: 40)
    pilot.run(lines: [
      "PlaceOrder customer=c-19 total:=59", "fork f", "DeclinePayment paymentId=pay-1",
    ])
    pilot.run("adopt f")
    #expect(pilot.text.contains("y do it"))
    try pilot.press("<Esc>")
    #expect(pilot.model.fork == "f")
    try pilot.run("adopt f").press("y")
    #expect(pilot.model.fork == nil && pilot.model.moment.timeline.head.log.count == 5)
  }

  @Test func `what cannot be done says why`() throws {
    let pilot = try ConsolePilot(columns: 120, rows: 40).run(lines: PaneStory.orders).press("C")
    #expect(pilot.text.contains("main left no branch"))
    try pilot.press("1 s")
    #expect(pilot.text.contains("main keeps what happened"))
  }
}
