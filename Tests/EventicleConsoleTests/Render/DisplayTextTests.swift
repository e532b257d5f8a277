import Testing

@testable import EventicleConsole

@Suite struct DisplayTextTests {
  @Test func `a cut never splits a wide glyph`() {
    let text = DisplayText(sanitising: "a日b本c")
    #expect(text.width == 7)
    #expect(text.prefix(columns: 2).string == "a")
    #expect(text.prefix(columns: 3).string == "a日")
    #expect(text.truncated(to: 3).string == "a…")
    #expect(text.truncated(to: 4).string == "a日…")
    #expect(text.truncated(to: 7).string == "a日b本c")
    #expect(text.truncated(to: 0).isEmpty)
    #expect(text.dropping(columns: 2).string == " b本c")
  }

  @Test func `a padded text takes exactly its columns`() {
    let text: DisplayText = "日x"
    #expect(text.padded(to: 5).string == "日x  ")
    #expect(text.padded(to: 5, alignment: .right).string == "  日x")
    #expect(text.padded(to: 6, alignment: .center).string == " 日x  ")
    #expect(text.padded(to: 2).string == "… ")
    for columns in 0..<9 { #expect(text.padded(to: columns).width == columns) }
  }

  @Test func `a glyph keeps four marks`() {
    var glyph = Glyph("e")
    let marks: [Unicode.Scalar] = ["\u{300}", "\u{301}", "\u{302}", "\u{1D167}"]
    let taken = (marks + ["\u{303}"]).map { glyph.append(mark: $0) }
    #expect(taken == [true, true, true, true, false])
    #expect(glyph.marks == marks)
    #expect(glyph.base == "e")
    #expect(glyph.columns == 1)
  }

  @Test(arguments: StyleRole.allCases)
  func `a cell keeps its style`(_ role: StyleRole) {
    for overlay in [nil, StyleRole.uiSelection, .modeFork, .uiText] {
      let style = CellStyle(role, overlay: overlay)
      let cell = Cell(Glyph("日", columns: 2), style: style)
      #expect(cell.style == style)
      #expect(cell.glyph == Glyph("日", columns: 2))
      #expect(cell.isWide && !cell.isContinuation)
    }
  }

  @Test func `roles have dotted names`() {
    #expect(StyleRole.uiBorderFocus.name == "ui.border.focus")
    #expect(StyleRole.kindStream6.name == "kind.stream.6")
    #expect(StyleRole(name: "mode.fork") == .modeFork)
    #expect(Set(StyleRole.allCases.map(\.name)).count == StyleRole.allCases.count)
    #expect(MemoryLayout<Cell>.stride == 16)
  }
}
