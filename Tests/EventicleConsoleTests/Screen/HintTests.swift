import EventicleCore
import EventicleSamples
import EventicleWorkbench
import TestSupport
import Testing

@testable import EventicleConsole

/// The keys that the footer offers.
@Suite struct HintTests {
  /// All that a key can change.
  private struct State: Equatable {
    let lines: [String]
    let effects: [Effect]
    let cursor: TimeCursor
    let count: Int
    let isOver: Bool

    init(_ pilot: ConsolePilot) {
      lines = pilot.lines
      effects = pilot.effectRunner.effects
      cursor = pilot.model.moment.cursor
      count = pilot.model.moment.timeline.count
      isOver = pilot.workbench.isOver
    }
  }

  /// Sessions at the beginning, in the past, live, and held with work that waits.
  private static func sessions() throws -> [(name: String, session: Session)] {
    var session = try Session(.shop)
    var found: [(name: String, session: Session)] = [("empty", session)]
    for line in [
      "do PlaceOrder customer=c-19 total:=59", "clock +2s", "do DeclinePayment paymentId=pay-1",
      "clock +20s", "do PlaceOrder customer=c-7 total:=20",
    ] { #expect(session.run(line).problem == nil) }
    found.append(("live", session))
    for line in ["hold", "do PlaceOrder customer=c-8 total:=30"] {
      #expect(session.run(line).problem == nil)
    }
    found.append(("held", session))
    _ = session.run("back 2")
    found.append(("past", session))
    return found
  }

  @Test(arguments: [
    "1", "2", "3", "3 ]", "4", "5", "6", "8", ":views <Enter>", ":sagas <Enter>", ":aggs <Enter>",
    ":view OrderBoard/order-1 <Enter>", "7 ]", "7 ] ]", "7 [",
  ])
  func `Enter is offered on a row just where it does something`(pane: String) throws {
    for (name, session) in try Self.sessions() {
      for row in [0, 1, 2, 3, 6] {
        let pilot = ConsolePilot(session)
        try pilot.press(pane)
        for _ in 0..<row { try pilot.press("j") }
        // A line that was refused leaves its prompt, which has keys of its own.
        guard pilot.model.bar == nil else { continue }
        pilot.workbench.configure { $0.message = nil }
        let isOffered = FooterBar.actions(pilot.model).contains(.open)
        let before = State(pilot)
        try pilot.press("<Enter>")
        let isRefused = pilot.model.message?.kind == .warning
        let hasDone = State(pilot) != before && !isRefused
        #expect(isOffered == hasDone, "\(pane), row \(row), \(name)")
      }
    }
  }

  @Test func `on a heading of the tree Enter folds, and is called so`() throws {
    let pilot = try ConsolePilot(columns: 120, rows: 40).press("8 gg")
    #expect(pilot.lines[39].contains("Enter fold "))
    #expect(try pilot.press("<Enter>").lines[39].contains("Enter unfold "))
    #expect(try pilot.press("<Enter> j j").lines[39].contains("Enter open "))
  }
}
