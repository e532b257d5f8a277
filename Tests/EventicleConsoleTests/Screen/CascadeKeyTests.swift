import EventicleCore
import EventicleWorkbench
import TestSupport
import Testing

@testable import EventicleConsole

/// `o`: the rest of this cascade.
@Suite struct CascadeKeyTests {
  @Test func `o makes the rest of the cascade and says what it came to`() throws {
    let pilot = try ConsolePilot(columns: 120, rows: 40).run(
      "do PlaceOrder customer=c-19 total:=59", "clock +2s", "hold",
      "do DeclinePayment paymentId=pay-1")
    #expect(pilot.lines[39].contains("o rest of this cascade"))
    try pilot.press("o")
    #expect(
      pilot.lines[38].contains(
        "#4 and all that followed: 3 steps, now #5.1 · Order order-1 onHold · nothing waits"))
    #expect(pilot.model.isHeld && pilot.model.shown.world.queue.isEmpty)
    #expect(!pilot.lines[39].contains("o rest"))
  }

  @Test func `where nothing waits it says so and does nothing`() throws {
    let pilot = try ConsolePilot().run("do PlaceOrder customer=c-19 total:=59")
    let count = pilot.model.moment.timeline.count
    try pilot.press("o")
    #expect(pilot.model.message?.text == "nothing waits to be delivered")
    #expect(pilot.model.moment.timeline.count == count)
  }
}
