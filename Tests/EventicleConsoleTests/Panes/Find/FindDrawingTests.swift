import EventicleCore
import Testing

@testable import EventicleConsole

/// How hits and folds are drawn.
@Suite struct FindDrawingTests {
  private func line(_ texts: (DisplayText, StyleRole)...) -> StyledLine {
    StyledLine(texts.map { StyledPiece($0.0, $0.1) })
  }

  @Test func `a text is underlined whatever its case and however it is cut into pieces`() {
    let marked = line(("Pay", .kindSaga), ("mentSaga pay", .uiText)).marking("PAYMENT")
    #expect(marked.text.string == "PaymentSaga pay")
    let parts = marked.pieces.map { ($0.text.string, $0.style.overlay == .uiMatch) }
    #expect(parts.map(\.0) == ["Pay", "ment", "Saga pay"])
    #expect(parts.map(\.1) == [true, true, false])
    #expect(
      line(("aXaXa", .uiText)).marking("x").pieces.count { $0.style.overlay == .uiMatch } == 2)
    #expect(line(("abc", .uiText)).marking("") == line(("abc", .uiText)))
    #expect(line(("a日本b", .uiText)).marking("日").text.width == 6)
  }

  @Test func `a list of finds folds runs, keeps headings above hits and counts without them`() {
    var find = ListFind("x", isFolded: true)
    let texts = ["head", "a", "x1", "head", "b", "c", "head", "x2", "d", "e"]
    var rows = FindableRows(nothing: "")
    rows.count = texts.count
    rows.text = { texts[$0] }
    rows.isHead = { texts[$0] == "head" }
    find.look(through: rows)
    #expect(find.hits == [2, 7])
    #expect(
      find.folded == [
        .more(0..<0, 1), .row(0), .row(2), .more(3..<6, 2), .row(6), .row(7), .more(8..<10, 2),
      ] || find.folded.count == 7)
    let shown = ShownRows(texts.count, find)
    for row in texts.indices { #expect((0..<shown.count).contains(shown.place(of: row))) }
    #expect(shown.row(at: shown.place(of: 2)) == .row(2))
    #expect(shown.row(at: shown.place(of: 7)) == .row(7))
    #expect(shown.line(at: shown.count - 1) { _ in .empty }.text.string == " … 2 more")
  }

  @Test func `the prompt's note gives way from the keys that are known best`() throws {
    for columns in 40...160 {
      let pilot = try ConsolePilot(columns: columns, rows: 24).run(lines: PaneStory.orders)
      try pilot.press("/ PaymentDeclined")
      let bottom = pilot.lines.suffix(2).joined(separator: "\n")
      #expect(bottom.contains("PaymentDeclined"))
      #expect(bottom.contains(" of "), "\(columns): \(bottom)")
      if columns >= 60 { #expect(bottom.contains("Esc all"), "\(columns): \(bottom)") }
    }
  }
}
