import EventicleCore
import EventicleWorkbench
import Testing

@testable import EventicleConsole

/// Everything there is, found by typing.
@Suite struct PaletteTests {
  private static func pilot() throws -> ConsolePilot {
    try ConsolePilot(columns: 120, rows: 40).type("PlaceOrder customer=c-19 total:=59")
  }

  private static func palette(_ pilot: ConsolePilot) throws -> PaletteModel {
    guard case .palette(let palette) = pilot.model.overlay else {
      throw MissingPalette()
    }
    return palette
  }

  private struct MissingPalette: Error {}

  @Test func `what can be done to the selection comes first`() throws {
    let pilot = try Self.pilot().press("<C-p>")
    let palette = try Self.palette(pilot)
    // The newest event is that of the payment.
    #expect(palette.found.first?.text == "CapturePayment paymentId=pay-1")
    #expect(palette.fitting == palette.entries.count && palette.fitting > 100)
  }

  @Test func `typing finds commands, events, sagas, actions and help`() throws {
    let pilot = try Self.pilot().type("DeclinePayment paymentId=pay-1 reason=no")
    try pilot.press("<C-p> d e c l")
    let letters = Set(try Self.palette(pilot).found.map(\.letter))
    #expect(letters.isSuperset(of: ["C", "E", "S", "?"]), "\(letters)")
    #expect(pilot.text.contains("signs: declined, refused, failed"))
  }

  @Test func `Enter runs a command, or opens its form when it lacks something`() throws {
    let pilot = try Self.pilot().press("<C-p> C a p t u r e <Enter>")
    #expect(pilot.model.moment.log.count > 3)
    #expect(pilot.model.overlay == nil && pilot.model.bar == nil)
    try pilot.press("<C-p> H o l d O r <Enter>")
    guard case .form = pilot.model.overlay else {
      Issue.record("HoldOrder needs a reason")
      return
    }
  }

  @Test func `Enter goes to events, opens things and does actions`() throws {
    let pilot = try Self.pilot().press("<C-p> O r d e r C r e a t e d <Enter>")
    #expect(pilot.model.selectedPosition == Position(1))
    try pilot.press("<C-p> R e v e n u e <Enter>")
    #expect(pilot.model.focus == .views)
    try pilot.press("<C-p> t h i s <Space> p a n e <Space> a l o n e <Enter>")
    #expect(pilot.model.isZoomed)
  }

  @Test func `Tab puts a line into the command bar`() throws {
    let pilot = try Self.pilot().press("<C-p> C a p t u r e <Tab>")
    #expect(pilot.model.bar?.text == "CapturePayment paymentId=pay-1")
  }

  @Test func `what cannot be done now says why`() throws {
    let pilot = try ConsolePilot(columns: 120, rows: 40).press("<C-p> n e x t <Space> t i m e r")
    let entry = try #require(
      try Self.palette(pilot).found.first { $0.text == "fire the next timer" })
    #expect(entry.disabled == "no timer is armed")
    #expect(pilot.text.contains("no timer is armed"))
  }

  @Test func `nothing that fits is said`() throws {
    let pilot = try Self.pilot().press("<C-p> x y z z y")
    #expect(pilot.text.contains("Nothing fits"))
    try pilot.press("<Enter> <Esc>")
    #expect(pilot.model.overlay == nil)
  }
}
