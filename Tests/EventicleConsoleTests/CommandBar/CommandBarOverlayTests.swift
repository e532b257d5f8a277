import EventicleCore
import EventicleSamples
import EventicleWorkbench
import TestSupport
import Testing

@testable import EventicleConsole

@Suite struct CommandBarOverlayTests {
  @Test func `carets stand under the exact columns of an unknown verb`() throws {
    var pilot = try BarPilot(text: "step; stpe 3")
    pilot.bar.problem = pilot.session.run("step; stpe 3").problem
    let (rows, caret) = pilot.drawn(120, 6)
    #expect(rows[5].hasPrefix(":step; stpe 3 "))
    #expect(rows[4].hasPrefix("       ^^^^ There is no verb \"stpe\"; did you mean \"step\"?"))
    #expect(caret == Point(column: 13, row: 5))
  }

  @Test func `carets and cursor count columns, not characters`() throws {
    var pilot = try BarPilot(text: "agg 日本x/一 @v")
    pilot.bar.problem = Reply.Problem("here", column: 5, length: 2)
    let (rows, caret) = pilot.drawn(40, 6)
    #expect(rows[4].hasPrefix("     ^^^^ here"))
    #expect(caret == Point(column: 16, row: 5))
  }

  @Test func `an error too long for the row of carets stands above it`() throws {
    var pilot = try BarPilot(text: "stpe 3")
    pilot.bar.problem = Reply.Problem("one two three four five six seven", column: 1, length: 4)
    let rows = pilot.drawn(20, 6).rows
    #expect(rows[4].hasPrefix(" ^^^^  "))
    #expect(rows[2].hasPrefix("one two three four "))
    #expect(rows[3].hasPrefix("five six seven "))
  }

  @Test func `an error in a position has its column in the prompt`() throws {
    var pilot = try BarPilot(.goto, text: "12x")
    pilot.bar.problem = pilot.session.run("goto 12x").problem
    #expect(pilot.drawn(160, 6).rows[4].hasPrefix(" ^^^ \"12x\" is not a position"))
  }

  @Test func `the list shows candidates with notes and keeps the selected one visible`() throws {
    var pilot = try BarPilot()
    try pilot.press("do <Tab>")
    var rows = pilot.drawn(80, 20).rows
    #expect(rows[8].hasPrefix("  ┌"))
    #expect(rows[9].hasPrefix("  │ PlaceOrder "))
    #expect(rows[9].contains("a customer orders something"))
    #expect(rows[18].contains("COMMAND"))
    try pilot.press("<S-Tab>")
    rows = pilot.drawn(80, 20).rows
    #expect(rows[17].hasPrefix("  └"))
    #expect(rows[16].contains("DeliverShipment"))
    #expect(rows[17].contains("13 of 13"))
  }

  @Test func `a preview is shown above the signature`() throws {
    var pilot = try BarPilot()
    try pilot.press("do DeclinePayment ")
    let rows = pilot.drawn(80, 8).rows
    #expect(rows[7].hasPrefix(":do DeclinePayment paymentId="))
    #expect(rows[6].hasPrefix(" paymentId= [reason=]"))
    #expect(rows[5].hasPrefix(" the bank refuses → payments  ✗ paymentId is missing"))
  }

  @Test func `a long line scrolls to show the cursor`() throws {
    var pilot = try BarPilot(text: String(repeating: "0123456789", count: 10))
    let (rows, caret) = pilot.drawn(21, 4)
    let column = try #require(caret?.column)
    #expect((1..<21).contains(column))
    #expect(rows[3].hasPrefix(":‹"))
    try pilot.press("<Home>")
    #expect(pilot.drawn(21, 4).rows[3] == ":0123456789012345678›")
    #expect(pilot.drawn(21, 4).caret == Point(column: 1, row: 3))
  }

  @Test func `pasted text cannot act on the terminal`() throws {
    var pilot = try BarPilot()
    pilot.bar.editor = LineEditor("a\u{202E}b\u{200B}c")
    let rows = pilot.drawn(40, 4).rows
    #expect(!rows[3].unicodeScalars.contains { $0.value == 0x202E || $0.value == 0x200B })
  }

  private static let lines = [
    "", "do ", "agg 日本語/x", "emit payments PaymentDeclined pay-1 orderId=order-1", "👩\u{200D}🚀",
    "filter type:Order* (", String(repeating: "日a", count: 150),
  ]

  @Test(arguments: UInt64(0)..<60)
  func `nothing is drawn outside the rectangles`(_ seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    var pilot = try BarPilot(random.pick(PromptKind.allCases), lines: ["do A", "日本"])
    pilot.bar.text = random.pick(Self.lines)
    pilot.press(KeyPress(.tab))
    for _ in 0..<random.number(0...3) { pilot.press(KeyPress(random.pick([.tab, .up, .left]))) }
    if random.number(0...2) == 0 { pilot.press(KeyPress("r", .control)) }
    if random.number(0...1) == 0 {
      pilot.bar.problem = Reply.Problem(
        "日本 " + String(repeating: "why ", count: random.number(0...60)),
        column: random.number(0...3) == 0 ? nil : random.number(1...400),
        length: random.pick([1, 4, 1_000, Int.max]))
    }
    let mark = Cell(Glyph("#"), style: CellStyle(.modeFork))
    for size in [(1, 1), (1, 3), (2, 5), (5, 4), (20, 8), (80, 24), (200, 50)] {
      let size = Size(columns: size.0 + random.number(0...3), rows: size.1 + random.number(0...3))
      let area = Rect(
        column: 2, row: 1, columns: size.columns - 4 > 0 ? size.columns - 4 : size.columns,
        rows: size.rows)
      let (body, status) = area.split(bottom: 1)
      let (above, hints) = body.split(bottom: random.number(0...1))
      var canvas = Canvas(over: CellBuffer(size: size, filledWith: mark))
      let caret = CommandBarOverlay.draw(
        pilot.bar, .shop, hints: hints, status: status, above: above, on: &canvas)
      if let caret { #expect(status.contains(caret)) }
      #expect((caret == nil) == status.isEmpty)
      for row in 0..<size.rows {
        for column in 0..<size.columns {
          let point = Point(column: column, row: row)
          guard ![above, hints, status].contains(where: { $0.contains(point) }) else { continue }
          #expect(canvas.buffer[column, row] == mark)
        }
      }
      #expect(CanvasTests.isWhole(canvas.buffer))
    }
  }

  @Test func `five thousand random keys never trap`() throws {
    var random = SeededRandom(seed: 7)
    var codes: [KeyPress.Code] = [
      .enter, .tab, .tab, .backtab, .escape, .backspace, .delete, .up, .down, .left, .right, .home,
      .end, .pageUp, .pageDown, .insert, .function(1),
    ]
    codes += Array("abcdefghijklmnopqrstuvwxyz =:;/.\"'{}[]()<>#@%!日é\u{301}👩😀").map {
      .character($0)
    }
    let modifiers: [KeyPress.Modifiers] = [
      [], [], [], [], .control, .alt, .shift, [.control, .alt],
    ]
    let starts = [
      "do PlaceOrder ", "emit orders OrderCreated ", "run to ", "expect A ", "type:", "#",
    ]
    var pilot = try BarPilot(lines: ["do PlaceOrder customer=c-1", "step", "日本 é"])
    for number in 0..<5_000 {
      if number % 50 == 0 {
        pilot.bar = CommandBarModel(
          kind: random.pick(PromptKind.allCases), text: random.pick(starts))
      }
      pilot.press(KeyPress(random.pick(codes), random.pick(modifiers)))
      if case .submit(let line) = pilot.outcome { _ = pilot.history.remember(line, pilot.bar.kind) }
      #expect((0...pilot.bar.editor.characters.count).contains(pilot.bar.editor.caret))
      if number % 20 == 0 { _ = pilot.drawn(random.number(1...90), random.number(1...20)) }
    }
  }
}
