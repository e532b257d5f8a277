import TestSupport
import Testing

@testable import EventicleConsole

/// The state and the saga of an order as they look, each pane alone.
@Suite struct GoldenStateTests {
  static let sizes = [(40, 12), (80, 24), (120, 40), (200, 50)]

  /// A console at the moment at which order-1 is on hold and its card is tried again later.
  private static func past(_ columns: Int, _ line: String) throws -> ConsolePilot {
    try ConsolePilot(columns: columns, rows: 60).run(lines: PaneStory.orders)
      .run("goto #5", line).press("f")
  }

  private static func check(
    _ pilot: ConsolePilot, _ pane: PaneID, _ name: String, _ size: (columns: Int, rows: Int)
  ) throws {
    for glyphs in GlyphSet.allCases {
      let set = glyphs == .ascii ? "-ascii" : ""
      try pilot.screen(of: pane, size.columns, size.rows, glyphs)
        .expectMatches("\(name)\(set)-\(size.columns)x\(size.rows)")
    }
  }

  @Test(arguments: sizes)
  func `an order that is on hold`(columns: Int, rows: Int) throws {
    let pilot = try Self.past(columns, "agg Order/order-1")
    try Self.check(pilot, .state, "state-now", (columns, rows))
  }

  @Test(arguments: [(40, 12), (80, 24)])
  func `the history of an order`(columns: Int, rows: Int) throws {
    let pilot = try Self.past(columns, "agg Order/order-1").press("]")
    try Self.check(pilot, .state, "state-history", (columns, rows))
  }

  @Test(arguments: sizes)
  func `a saga at a moment of the past`(columns: Int, rows: Int) throws {
    let pilot = try Self.past(columns, "saga PaymentSaga/order-1")
    try Self.check(pilot, .saga, "saga-past", (columns, rows))
  }

  @Test(arguments: sizes)
  func `a saga whose timers are still to fire`(columns: Int, rows: Int) throws {
    let pilot = try ConsolePilot(columns: columns, rows: 60).run(
      lines: Array(PaneStory.orders[..<3])
    )
    .run("saga PaymentSaga/order-1").press("f")
    try Self.check(pilot, .saga, "saga-now", (columns, rows))
  }

  @Test(arguments: [(40, 12), (80, 24)])
  func `the list of sagas`(columns: Int, rows: Int) throws {
    let pilot = try ConsolePilot(columns: columns, rows: 60).run(lines: PaneStory.trouble)
      .run("do PlaceOrder customer=c-7 total:=20", "sagas").press("f")
    try Self.check(pilot, .saga, "saga-list", (columns, rows))
  }
}
