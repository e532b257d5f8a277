import EventicleCore
import EventicleSamples
import EventicleWorkbench
import Testing

@testable import EventicleConsole

/// The keys that set stops, turn them, and run along their hits.
@Suite struct StopsToolTests {
  private func shop() throws -> ConsolePilot {
    try ConsolePilot(columns: 120, rows: 40).run(lines: PaneStory.held).press("L gg")
  }

  @Test func `b sets a stop on the row's type, and removes it again`() throws {
    let pilot = try shop().press("b")
    #expect(pilot.model.stops.all.map { "\($0.stop)" } == ["E OrderCreated"])
    #expect(pilot.model.message?.text.hasPrefix("stop 1 on E OrderCreated · ") == true)
    #expect(pilot.text.contains("●"))
    try pilot.press("b")
    #expect(pilot.model.stops.isEmpty)
  }

  @Test func `x turns a stop on and off, Enter edits it`() throws {
    let pilot = try shop().press("b 9 x")
    #expect(pilot.model.stops.all.first?.isOn == false)
    #expect(pilot.text.contains("○  E OrderCreated"))
    try pilot.press("x <Enter>")
    #expect(pilot.model.stops.all.first?.isOn == true)
    #expect(pilot.model.bar?.text == "stop E OrderCreated")
  }

  @Test func `the signs run back to a hit and on to the next`() throws {
    let pilot = try shop().press("b L <")
    #expect(pilot.model.message?.text.hasPrefix("stop 1 hit at #") == true, "\(pilot.text)")
    #expect(!pilot.model.moment.isAtHead)
    try pilot.press(">")
    #expect(pilot.model.message?.text.contains(" on") == true)
  }

  @Test func `a stop that is hit holds the engine and says so`() throws {
    let pilot = try shop().press("L").run("stop E PaymentSucceeded")
    pilot.run("do CapturePayment paymentId=pay-2")
    #expect(pilot.model.isHeld)
    #expect(pilot.model.message?.text.contains("stop 1 hit at #") == true)
  }

  @Test func `time that passes by itself says where it stopped`() throws {
    let pilot = try ConsolePilot(columns: 120, rows: 40)
    pilot.run(lines: ["do PlaceOrder customer=c-19 total:=59", "stop T PaymentSaga/*/timeout"])
    pilot.wait(.seconds(400))
    #expect(pilot.model.isHeld)
    #expect(
      pilot.model.message?.text == "stop 1 hit at T timeout of PaymentSaga order-1", "\(pilot.text)"
    )
  }

  @Test func `Explore lists the stops with their hits, and Enter goes to them`() throws {
    let pilot = try ConsolePilot(columns: 200, rows: 50).run(lines: PaneStory.held)
    pilot.run("stop failure")
    #expect(pilot.text.contains("any failure or parked delivery"))
    try pilot.press("8 G k k <Enter>")
    #expect(pilot.model.focus == .tools && pilot.model.tools.tab == .stops)
  }

  @Test func `what cannot be done says why`() throws {
    let pilot = try shop().press("<")
    #expect(pilot.text.contains("no stop is set; b sets one on this row"))
    try pilot.press("x")
    #expect(pilot.text.contains("there is no stop here; 9 shows the stops"))
  }
}
