import EventicleCore
import EventicleSamples
import EventicleWorkbench
import Testing

@testable import EventicleConsole

/// Steps of a saga are moments: what keys do to them, before and after.
@Suite struct SagaTimeTests {
  private static let key = SagaPaneFixture.payment

  /// A console that looks at the saga of order-1, whose four steps are past.
  private static func console() throws -> ConsolePilot {
    let pilot = try ConsolePilot(columns: 120, rows: 40).run(lines: PaneStory.orders)
    return try pilot.type("saga PaymentSaga/order-1")
  }

  @Test func `j and k stand on steps, which are moments, and every pane follows`() throws {
    let pilot = try Self.console()
    #expect(pilot.model.focus == .saga)
    #expect(pilot.model.moment.isAtHead)
    let places = pilot.model.back.count
    try pilot.press("k")
    #expect(pilot.text.contains("step 3 of 4"))
    try pilot.press("k")
    #expect(pilot.text.contains("step 2 of 4"))
    #expect(pilot.model.moment.name.description == "#5")
    #expect(pilot.model.selectedPosition == Position(5))
    #expect(pilot.text.contains("►#4 PaymentDeclined"))
    // It is no jump: nothing is said and nothing is remembered.
    #expect(pilot.model.message == nil)
    #expect(pilot.model.back.count == places)
    #expect(pilot.model.focus == .saga)
    #expect(pilot.model.saga.subject == .instance(Self.key))
    try pilot.press("k k k")
    #expect(pilot.text.contains("step 1 of 4"))
    try pilot.press("j j j j")
    #expect(pilot.text.contains("step 4 of 4"))
    #expect(pilot.model.saga.aim == nil)
  }

  @Test func `the braces stand on the same moments from any pane`() throws {
    let pilot = try Self.console().press("k k")
    let second = pilot.model.moment.cursor
    try pilot.press("k")
    let first = pilot.model.moment.cursor
    try pilot.press("5 }")
    #expect(pilot.model.moment.cursor == second)
    #expect(pilot.text.contains("step 2 of 4"))
    try pilot.press("{")
    #expect(pilot.model.moment.cursor == first)
    #expect(pilot.text.contains("step 1 of 4"))
  }

  @Test func `a step that is the newest of all goes live, and standing back leaves it`() throws {
    let pilot = try ConsolePilot(columns: 120, rows: 40)
      .run("do PlaceOrder customer=c-19 total:=59", "do DeclinePayment paymentId=pay-1")
      .type("saga PaymentSaga/order-1")
    try pilot.press("k")
    #expect(!pilot.model.moment.isAtHead)
    #expect(!pilot.model.tail.isFollowing)
    try pilot.press("j")
    #expect(pilot.text.contains("step 2 of 2"))
  }

  @Test func `a filtered tail does not take the saga away`() throws {
    let pilot = try Self.console().type("filter Shipment").type("saga PaymentSaga/order-1")
    try pilot.type("goto end").press("k k")
    #expect(pilot.model.saga.subject == .instance(Self.key))
    #expect(pilot.model.moment.name.description == "#5")
    #expect(pilot.text.contains("step 2 of 4"))
  }

  @Test func `a timer that will fire says what its step was found to do`() throws {
    let pilot = try ConsolePilot(columns: 120, rows: 40).run(
      "do PlaceOrder customer=c-19 total:=59", "do DeclinePayment paymentId=pay-1")
    try pilot.type("saga PaymentSaga/order-1")
    let entries = pilot.model.moment.timeline.count
    #expect(pilot.text.contains("retry    in 30s  09:00:30 → ResumeOrder, … ◄"))
    #expect(pilot.text.contains("timeout  in 5m   09:05:00 → CancelOrder, ends ◄"))
    try pilot.press("f")
    #expect(pilot.text.contains("09:00:30 → ResumeOrder, RequestPayment ◄"))
    #expect(pilot.workbench.session.moment.timeline.count == entries)
    pilot.workbench.configure {
      $0.folds.clear()
      $0.runsHandlersInPlace = false
    }
    try pilot.press("f")
    #expect(!pilot.text.contains("→ ResumeOrder"))
    #expect(pilot.text.contains("will fire  retry    in 30s  09:00:30 ◄"))
  }

  @Test func `a key leads from an instance to the list and back, and Enter opens`() throws {
    let pilot = try Self.console().press("]")
    #expect(pilot.text.contains("4 Saga  list"))
    let row = try #require(pilot.lines.first { $0.contains("►PaymentSaga") })
    #expect(row.contains("order-1"))
    try pilot.press("]")
    #expect(pilot.model.saga.subject == .instance(Self.key))
    try pilot.press("] G")
    #expect(pilot.model.moment.isAtHead)
    try pilot.press("<Enter>")
    guard case .instance(let other) = pilot.model.saga.subject else {
      Issue.record("Enter opened nothing")
      return
    }
    #expect(other != Self.key)
    try pilot.press("<Enter>")
    #expect(pilot.model.focus == .event)
  }

  @Test func `the track is shortened from the left, and knows what it does not show`() throws {
    var stage = try SagaPaneFixture()
    for line in PaneStory.orders.prefix(7) { stage.run(line) }
    let wide = stage.rows(.saga, stage.model(80, 24))
    #expect(wide[1].hasPrefix("│ awaitingPayment → declined → retrying → ▐paid▌ ■ "))
    let narrow = stage.rows(.saga, stage.model(36, 24))
    #expect(narrow[1].hasPrefix("│ … → retrying → ▐paid▌ ■"))
  }
}
