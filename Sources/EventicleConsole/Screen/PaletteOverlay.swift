/// Everything there is, to be found by typing.
enum PaletteOverlay {
  private static let howColumns = 6

  /// Draws the palette in the middle of a rectangle.
  ///
  /// - Returns: The position of the caret.
  static func draw(
    _ palette: PaletteModel, in rect: Rect, on canvas: inout Canvas
  ) -> Point? {
    let popup = TextOverlay.area(in: rect, rows: min(24, max(8, rect.rows * 2 / 3)))
    canvas.fill(popup.intersection(rect), style: CellStyle(.uiPopup))
    let inside = canvas.box(
      popup, title: "Ctrl-P  commands, actions, things, help",
      footer: "Enter does it  Tab puts it in the command bar  Esc", focused: true)
    guard inside.rows > 2, inside.columns > 20 else { return nil }
    let (head, list) = inside.split(top: 1)
    let bar = BarLine(
      palette.typed.characters, caret: palette.typed.caret, columns: max(1, head.columns - 24))
    canvas.within(head) { canvas in
      var line = StyledLine(" ", .uiPopup)
      if palette.typed.characters.isEmpty {
        line.add("type to find: a name, a command, a key", .barGhost)
      } else {
        line.add(BarLine.text(palette.typed.characters[bar.visible]), .barText)
      }
      line.right = [StyledPiece("\(palette.fitting) of \(palette.entries.count) ", .uiMuted)]
      canvas.draw(line, row: 0, overlay: .uiPopup)
    }
    draw(palette, in: list, border: popup, on: &canvas)
    return Point(
      column: head.column + 1 + bar.column(of: palette.typed.caret), row: head.row)
  }

  private static func draw(
    _ palette: PaletteModel, in rect: Rect, border: Rect, on canvas: inout Canvas
  ) {
    guard !palette.found.isEmpty else {
      canvas.within(rect) { canvas in
        canvas.draw(
          StyledLine(" Nothing fits; Backspace widens the search.", .uiMuted), row: 0,
          overlay: .uiPopup)
      }
      return
    }
    var list = palette.list
    list.reveal(visible: rect.rows, count: palette.found.count)
    let text = max(12, (rect.columns - howColumns - 6) * 6 / 10)
    canvas.within(rect) { canvas in
      for row in 0..<rect.rows where palette.found.indices.contains(list.top + row) {
        let isSelected = list.top + row == list.selected
        canvas.draw(
          line(palette.found[list.top + row], isSelected, text: text), row: row,
          overlay: isSelected ? .uiSelection : .uiPopup)
      }
    }
    canvas.scrollbar(
      at: Point(column: border.endColumn - 1, row: rect.row), rows: rect.rows, first: list.top,
      visible: rect.rows, total: palette.found.count)
  }

  private static func line(
    _ entry: PaletteEntry, _ isSelected: Bool, text: Int
  ) -> StyledLine {
    let isQuiet = entry.disabled != nil
    var line = StyledLine(isSelected ? "►" : " ", .uiHintKey)
    line.add(PaneText.data(entry.letter, limit: 1), entry.role, columns: 1)
    line.add("  ")
    line.add(
      PaneText.data(entry.text, limit: text).truncated(to: text), isQuiet ? .uiMuted : .uiText,
      columns: text)
    line.add("  ")
    line.add(PaneText.data(entry.how, limit: howColumns), .uiHintKey, columns: howColumns)
    line.add("  ")
    line.add(PaneText.data(entry.note, limit: 120), isQuiet ? .statusWarn : .uiMuted)
    return line
  }
}
