import Testing

@testable import EventicleConsole

@Suite struct TerminalTests {
  @Test func `a headless terminal keeps the frame and plays its script`() {
    let size = Size(columns: 4, rows: 1)
    let terminal = HeadlessTerminal(
      size: size, script: [[.key(KeyPress("j"))], [.resize(Size(columns: 2, rows: 2))]])
    var canvas = Canvas(size: size)
    canvas.put("abcd", at: .zero)
    terminal.present(canvas.buffer, cursor: .zero)
    #expect(terminal.frame.lines == ["abcd"])
    #expect(terminal.cursor == .zero && terminal.presented == 1)
    #expect(terminal.nextInputs(timeoutMilliseconds: nil) == [.key(KeyPress("j"))])
    _ = terminal.nextInputs(timeoutMilliseconds: nil)
    #expect(terminal.size == Size(columns: 2, rows: 2))
    #expect(terminal.nextInputs(timeoutMilliseconds: nil) == [.closed])
    #expect(!terminal.copyToClipboard(String(repeating: "x", count: clipboardLimit + 1)))
  }

  @Test(arguments: [
    ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy"),
    ("✓", "4pyT"),
  ])
  func `the clipboard sequence carries base64`(_ text: String, _ base64: String) {
    #expect(EscapeText.clipboard(text) == "\u{1B}]52;c;\(base64)\u{7}")
  }

  @Test func `the clipboard takes at most its limit`() {
    #expect(EscapeText.clipboard(String(repeating: "x", count: clipboardLimit)) != nil)
    #expect(EscapeText.clipboard(String(repeating: "x", count: clipboardLimit + 1)) == nil)
  }

  @Test func `a frame as coloured text resets every line`() {
    var canvas = Canvas(size: Size(columns: 3, rows: 2))
    canvas.put("ab", at: .zero, style: CellStyle(.kindCommand))
    let text = AnsiFrame(canvas.buffer, theme: .terminal).text
    #expect(text == "\u{1B}[0;1;36mab\u{1B}[0m \n   \n")
  }

  @Test func `errors say the way out`() {
    #expect(
      TerminalError.noCursorAddressing("dumb").description
        == "TERM is \"dumb\", which cannot place the cursor; use a terminal such as "
        + "xterm-256color, or run `eventicle run` / `eventicle frame` without a screen.")
    #expect(TerminalError.unknownTerminalType("a\u{1B}[2J").description.contains("a␛[2J"))
  }

  @Test func `the glyph set suits the locale and the terminal`() {
    #expect(GlyphSet.suited(locale: "en_US.UTF-8", term: "xterm") == .unicode)
    #expect(GlyphSet.suited(locale: nil, term: "xterm") == .unicode)
    #expect(GlyphSet.suited(locale: "C", term: "xterm") == .ascii)
    #expect(GlyphSet.suited(locale: "C.utf8", term: "vt100") == .ascii)
  }
}
