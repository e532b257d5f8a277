import EventicleCore
import EventicleSamples
import EventicleWorkbench
import TestSupport
import Testing

@testable import EventicleConsole

/// A message names a key as the person has set it.
@Suite struct KeysInMessagesTests {
  private static let keymap = Keymap.standard.changed(by: [
    change(.live, "<F6>"), change(.fire, "<F7>"), change(.stepDelivery, "<F8>"),
    change(.help, "<F9>"), change(.search, "<F12>"), change(.sort, "<C-t>"), change(.quit, "Q"),
    change(.pane8, "<A-8>"), change(.command, ";"), change(.goNextError, "ze"),
  ]).keymap

  private static func change(_ action: Action, _ notation: String) -> Keymap.Change {
    Keymap.Change(action: action, notations: [notation], place: "a test")
  }

  private func pilot(_ lines: String...) throws -> ConsolePilot {
    var session = try Session(.shop)
    session.keyNames = Self.keymap.names
    for line in lines { _ = session.run(line) }
    let pilot = ConsolePilot(session, columns: 120, rows: 40)
    pilot.workbench.configure { $0.keymap = Self.keymap }
    return pilot
  }

  private func message(_ pilot: ConsolePilot, _ keys: String) throws -> String {
    try pilot.press(keys).model.message?.text ?? ""
  }

  private let order = "do PlaceOrder customer=c-1 total:=5"

  @Test func `what cannot be done names the key that helps`() throws {
    #expect(try message(pilot(order), ", <F7>").contains("; F6 goes live first"))
    #expect(try message(pilot(order), "L").contains("L does nothing here; F9 shows the keys"))
    #expect(try message(pilot(order), "n") == "nothing to search for; F12 asks")
    #expect(try message(pilot(order), "<C-t>").contains("sorted by Ctrl-T;"))
    #expect(try message(pilot(order), "<C-c>") == "^C again leaves; Q leaves too")
    let pilot = try pilot(order)
    pilot.workbench.send(.paste("x"))
    #expect(pilot.model.message?.text.contains("open one with ; first") == true)
  }

  @Test func `what a session says names the keys of the console`() throws {
    let pilot = try pilot(order)
    #expect(try message(pilot, "<Space>").contains("nothing is delivered until F8"))
    #expect(try message(pilot, "<F8>").contains("F7 fires timeout (in 5m) · ; gives a command"))
    #expect(
      StepReader(pilot.model.moment).rest(pilot.model.shown.world).contains("t fires timeout"))
  }

  @Test func `the pages of the help and the empty panes name them too`() throws {
    let topics = HelpTopic.all(Self.keymap).flatMap(\.lines)
    #expect(topics.contains { $0.contains("ze walks through it") })
    #expect(topics.contains { $0.contains("waits: F8 makes one delivery") })
    let pilot = try pilot(order).press("4 ] f")
    pilot.workbench.configure { $0.saga.subject = .nothing }
    #expect(pilot.text.contains("Pick one in Alt-8 Explore"))
  }

  @Test func `the closing line of the start list names the keys`() throws {
    let lines = StartList.closing([], Self.keymap, isEmpty: true).map(\.text.string)
    #expect(lines.contains { $0.contains("j k choose   Enter does it") })
  }
}
