import CoreSupport
import EventicleCore
import EventicleSamples
import EventicleWorkbench
import TestSupport
import Testing

@testable import EventicleConsole

/// Keys, clicks, pastes and sizes at random over a live engine: nothing traps, no mode cannot be
/// left, and the model stays whole.
@Suite struct MonkeyTests {
  /// 20 seeds of 150 inputs; 200 of 5,000 where there is time.
  private static let inputs = TestEnvironment.isTorture ? 5_000 : 150

  private static let keys =
    Keymap.standard.bindings.map(\.notation)
    + [
      "<Esc>", "<Enter>", "<Tab>", "<Backspace>", "<C-p>", ":", "/", "?", "y", "n", "D", "S",
      "o r d e r", "p a y", "<C-r>", "<C-x><C-e>", "<A-b>", "<Delete>", "<Up>", "<Down>", "x",
      "9 9",
    ]

  private static let lines = [
    "PlaceOrder customer=c-19 total:=59", "DeclinePayment paymentId=pay-1 reason=no",
    "CapturePayment paymentId=pay-2", "clock +30s", "clock +1d", "fire", "hold", "release",
    "goto #3",
    "goto 50%", "live", "fork a", "switch main", "discard a", "order-1", "PaymentSaga order-1",
    "filter type:Payment*", "filter", "find order", "mark here", "PlaceOrder", "nonsense",
    "theme mono",
    "emit orders Odd order-1 text='\u{1B}[31m\u{202E}x' deep:={\"a\":[1,2,{\"b\":null}]}",
  ]

  private static let pastes = [
    "PlaceOrder customer=c total:=1\nclock +1s\n", "\u{1B}]0;x\u{7}",
    String(repeating: "x", count: 9_000),
    "e\u{301}\u{301} 日本語 \u{1F469}\u{200D}\u{1F680}", "\t\t\n\n",
  ]

  @Test(arguments: seeds(20))
  func `whatever is pressed, the console goes on`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    var pilot = try ConsolePilot(columns: 120, rows: 40, seed: seed)
    var time = Interval.seconds(0)
    for round in 0..<Self.inputs {
      let what = try Self.act(on: pilot, &random, &time)
      if pilot.workbench.isOver {
        (pilot, time) = (try ConsolePilot(columns: 80, rows: 24, seed: seed), .seconds(0))
      }
      try Self.check(pilot.model, "\(round): \(what)")
      if round % 25 == 0 {
        let frame = pilot.frame
        #expect(frame.buffer.size == pilot.model.size)
        if let cursor = frame.cursor { #expect(frame.buffer.bounds.contains(cursor), "\(what)") }
      }
      if round % 100 == 99 { try Self.leaveEverything(pilot, "\(round)") }
    }
  }

  private static func act(
    on pilot: ConsolePilot, _ random: inout SeededRandom, _ time: inout Interval
  ) throws -> String {
    switch random.number(0...99) {
    case 0...79:
      let key = random.pick(keys)
      try pilot.press(key)
      return key
    case 80...87:
      let line = random.pick(lines)
      try pilot.type(line)
      return line
    case 88...90:
      let paste = random.pick(pastes)
      pilot.workbench.send(.paste(paste))
      return "a paste of \(paste.count)"
    case 91...95:
      let kind = random.pick([
        MouseEvent.Kind.press(.left), .release(.left), .wheelUp, .wheelDown, .press(.right),
      ])
      let point = Point(column: random.number(0...220), row: random.number(0...70))
      pilot.workbench.send(.mouse(MouseEvent(kind, at: point)))
      return "\(kind) at \(point)"
    case 96...97:
      let size = random.pick([(40, 12), (80, 24), (120, 40), (200, 50), (1, 1), (39, 11), (63, 17)])
      pilot.resize(size.0, size.1)
      return "\(size)"
    default:
      time = time + .seconds(Int64(random.number(1...400)))
      pilot.wait(time)
      return "time"
    }
  }

  /// What must be so after every input.
  private static func check(_ model: Model, _ what: String) throws {
    let moment = model.moment
    #expect(moment.cursor.entry <= moment.timeline.last, "\(what)")
    #expect(model.pendingKeys.count <= 2, "\(what)")
    #expect(
      model.tail.count == 0 || (0..<model.tail.count).contains(model.tail.list.selected), "\(what)")
    #expect(model.back.count <= 100 && model.focused.count <= PaneID.allCases.count, "\(what)")
    if let bar = model.bar {
      #expect((0...bar.editor.characters.count).contains(bar.editor.caret), "\(what)")
      #expect(bar.text.utf8.count <= Limits.lineBytes, "\(what)")
    }
    if case .palette(let palette) = model.overlay {
      #expect(palette.found.count <= PaletteModel.most, "\(what)")
      #expect(
        palette.found.isEmpty || palette.found.indices.contains(palette.list.selected), "\(what)")
    }
    if case .form(let form) = model.overlay {
      #expect(form.fields.indices.contains(form.index), "\(what)")
    }
  }

  /// Esc leaves every prompt, list and menu; then a line does what it says.
  private static func leaveEverything(_ pilot: ConsolePilot, _ what: String) throws {
    for _ in 0..<16 { try pilot.press("<Esc>") }
    let model = pilot.model
    #expect(model.question == nil && model.bar == nil && model.overlay == nil, "\(what)")
    #expect(model.pendingKeys.isEmpty && model.inspected == nil, "\(what)")
    try pilot.type("live").type("clock +1s")
    #expect(pilot.model.moment.isAtHead && pilot.model.bar == nil, "\(what)")
  }
}
