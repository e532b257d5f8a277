import TestSupport
import Testing

@Suite struct VirtualTerminalTests {
  /// Bytes and the text that they draw; described without control characters, for the log.
  struct Sample: Sendable, CustomTestStringConvertible {
    let input: String
    let text: String
    var testDescription: String { input.debugDescription }

    init(_ input: String, _ text: String) {
      self.input = input
      self.text = text
    }
  }

  private func terminal(_ text: String, columns: Int = 10, rows: Int = 4) -> VirtualTerminal {
    var terminal = VirtualTerminal(columns: columns, rows: rows)
    terminal.feed(text)
    return terminal
  }

  @Test(arguments: [
    Sample("a\u{1b}[3;4Hb", "a\n\n   b"),
    Sample("abcdef\u{1b}[3G\u{1b}[K", "ab"),
    Sample("abcdef\u{1b}[3G\u{1b}[1K", "   def"),
    Sample("abcdef\u{1b}[2G\u{1b}[2X", "a  def"),
    Sample("abcdef\u{1b}[2G\u{1b}[2P", "adef"),
    Sample("abcdef\u{1b}[2G\u{1b}[2@", "a  bcdef"),
    Sample("a\r\nb\r\nc\u{1b}[2d\u{1b}[L", "a\n\nb\nc"),
    Sample("a\r\nb\r\nc\u{1b}[2d\u{1b}[M", "a\nc"),
    Sample("a\r\nb\r\nc\u{1b}[S", "b\nc"),
    Sample("a\r\nb\r\nc\u{1b}[T", "\na\nb\nc"),
    Sample("a\r\nb\r\nc\r\nd\r\ne", "b\nc\nd\ne"),
    Sample("a\r\nb\r\nc\r\nd\u{1b}[2;3r\u{1b}[3H\n", "a\nc\n\nd"),
    Sample("a\u{1b}M", "\na"),
    Sample("-\u{1b}[4b", "-----"),
    Sample("\u{1b}(0lqk\u{1b}(B q", "┌─┐ q"),
    Sample("\u{1b}(B\u{1b})0\u{0e}x\u{0f}x", "│x"),
    Sample("0123456789ab", "0123456789\nab"),
    Sample("\u{1b}[?7l0123456789ab", "012345678b"),
    Sample("0123456789\rx", "x123456789"),
    Sample("\u{1b}]0;title\u{7}a\u{1b}]2;t\u{1b}\\b", "ab"),
    Sample("\u{1b}P+q544e\u{1b}\\a", "a"),
    Sample("a\u{1b}[4hb\rX", "Xab"),
    Sample("ab\u{8}c\tz", "ac      z"),
    Sample("a\u{1b}[5;5Hb\u{1b}[2A\u{1b}[Dc\u{1b}[B\u{1b}[Cd", "a\n    c\n      d\n    b"),
    Sample("x\u{1b}7\u{1b}[3;3Hy\u{1b}8z", "xz\n\n  y"),
  ])
  func `a sequence does what a terminal does`(sample: Sample) {
    let terminal = terminal(sample.input)
    #expect(terminal.text == sample.text)
    #expect(terminal.unknown == [])
  }

  @Test func `a wide character takes two columns`() {
    let terminal = terminal("a漢b")
    #expect(terminal.cursor == VirtualPosition(row: 0, column: 4))
    #expect(terminal.cell(row: 0, column: 2).text == "")
    #expect(terminal.position(of: "b") == VirtualPosition(row: 0, column: 3))
  }

  @Test(arguments: [
    Sample("漢\u{1b}[1Gx", "x"), Sample("漢\u{1b}[2Gx", " x"), Sample("a漢\u{1b}[3G\u{1b}[K", "a"),
    Sample("漢字\u{1b}[2G\u{1b}[2P", ""), Sample("a\u{1b}[10G漢", "a\n漢"),
  ])
  func `half of a wide character never remains`(sample: Sample) {
    #expect(terminal(sample.input).text == sample.text)
  }

  @Test func `a combining mark joins the character before it`() {
    let terminal = terminal("e\u{301}x")
    #expect(terminal.cell(row: 0, column: 0).text == "e\u{301}")
    #expect(terminal.cursor.column == 2)
  }

  @Test func `a mark after the last column joins the last character`() {
    let terminal = terminal("012345678e\u{301}")
    #expect(terminal.cell(row: 0, column: 9).text == "e\u{301}")
    #expect(terminal.cursor.row == 0)
  }

  @Test func `the alternate screen starts empty and restores the main one`() {
    var terminal = terminal("main\u{1b}[?1049h")
    #expect(terminal.isAlternateScreen)
    #expect(terminal.text == "")
    terminal.feed("\u{1b}[Hother")
    #expect(terminal.contains("other"))
    terminal.feed("\u{1b}[?1049l+")
    #expect(terminal.text == "main+")
    #expect(terminal.leftovers == [])
  }

  @Test func `modes count as set until they are reset`() {
    var terminal = terminal("\u{1b}[?1000;1002;1006h\u{1b}[?2004h\u{1b}[?25l\u{1b}[?1h\u{1b}=")
    #expect(terminal.reportsMouse && terminal.bracketsPaste && !terminal.isCursorVisible)
    #expect(terminal.leftovers.count == 7)
    terminal.feed("\u{1b}[?1000;1002;1006l\u{1b}[?2004l\u{1b}[?25h\u{1b}[?1l\u{1b}>")
    #expect(terminal.leftovers == [])
    #expect(terminal.modeChanges.count == 12)
  }

  @Test func `styles are those requested`() {
    let terminal = terminal("\u{1b}[1;38;5;208;48;2;1;2;3mx\u{1b}[22;39;4my\u{1b}[mz\u{1b}[96;7mw")
    let first = terminal.cell(row: 0, column: 0).style
    #expect(first.attributes == [.bold])
    #expect(first.foreground == .palette(208))
    #expect(first.background == .direct(red: 1, green: 2, blue: 3))
    let second = terminal.cell(row: 0, column: 1).style
    #expect(second.attributes == [.underline] && second.foreground == .standard)
    #expect(terminal.cell(row: 0, column: 2).style == .plain)
    #expect(terminal.cell(row: 0, column: 3).style.foreground == .palette(14))
  }

  @Test(arguments: ["38:2::1:2:3", "38:2:1:2:3", "38;2;1;2;3"])
  func `a direct color is read in every spelling`(parameters: String) {
    let style = terminal("\u{1b}[\(parameters)mx").cell(row: 0, column: 0).style
    #expect(style.foreground == .direct(red: 1, green: 2, blue: 3))
  }

  @Test func `erasing keeps the background`() {
    let style = terminal("\u{1b}[1;44m\u{1b}[K").cell(row: 0, column: 5).style
    #expect(style.background == .palette(4))
    #expect(style.attributes == [])
  }

  @Test func `input may be split anywhere`() {
    let input = Array("a漢e\u{301}\u{1b}[2;3H\u{1b}[38;5;9mz\u{1b}]0;t\u{7}\u{1b}(0q\u{1b}(B".utf8)
    var whole = VirtualTerminal(columns: 10, rows: 4)
    whole.feed(input)
    for cut in 1..<input.count {
      var parts = VirtualTerminal(columns: 10, rows: 4)
      parts.feed(input[..<cut])
      parts.feed(input[cut...])
      #expect(parts.rows == whole.rows, "cut at \(cut)")
      #expect(parts.cursor == whole.cursor, "cut at \(cut)")
    }
  }

  @Test func `unknown sequences are kept`() {
    #expect(terminal("\u{1b}[5y\u{1b}#8\u{9b}2J").unknown.count == 3)
  }

  @Test func `broken text becomes replacement characters`() {
    var terminal = VirtualTerminal(columns: 10, rows: 1)
    terminal.feed([0x61, 0xff, 0xe6, 0xbc, 0x62])
    #expect(terminal.text == "a\u{fffd}\u{fffd}b")
  }

  @Test(arguments: seeds(300)) func `no bytes crash the terminal`(seed: UInt64) {
    let pieces = [
      "\u{1b}[", "\u{1b}", ";", "?", "漢", "\u{301}", "h", "l", "\n", "m", "r", "\u{1b}(",
      "\u{1b}[3;9r", "\u{1b}[9B", "\u{1b}[2L", "\u{1b}[2M", "\u{1b}[5S", "\u{1b}[?1049h",
      "\u{1b}[3@",
      "\u{1b}[4P", "\u{1b}[?6h", "\u{1b}7", "\u{1b}8", "\u{1b}M", "\u{1b}[3;3H", "\u{1b}[J",
      "\u{1b}[1K",
    ]
    let noise = Gen.one(of: [
      Gen.element(of: pieces), .ascii(in: 1...3), Gen.number(in: 0...99_999).map { "\($0)" },
    ])
    var random = SeededRandom(seed: seed)
    var terminal = VirtualTerminal(columns: 7, rows: 3)
    for piece in noise.array(in: 200...400).next(&random) {
      terminal.feed(piece)
      if piece == "r" {
        terminal.resize(
          columns: Int.random(in: 1...12, using: &random),
          rows: Int.random(in: 1...6, using: &random))
      }
    }
    #expect(terminal.rows.allSatisfy { GoldenScreen.width(of: $0) <= terminal.columns })
    #expect(terminal.rows.count == terminal.rowCount)
    #expect(terminal.cursor.row < terminal.rowCount && terminal.cursor.column < terminal.columns)
  }
}
