/// A text to read, shown above the panes.
enum TextOverlay {
  /// Draws the text in the middle of a rectangle.
  static func draw(
    title: String, lines: [String], scroll: Int, in rect: Rect, on canvas: inout Canvas
  ) {
    let popup = area(in: rect, rows: lines.count)
    let inside = popup.columns < 2 ? Rect.zero : popup.inset()
    let first = max(0, min(scroll, lines.count - inside.rows))
    canvas.fill(popup.intersection(rect), style: CellStyle(.uiPopup))
    let last = min(lines.count, first + inside.rows)
    let footer: DisplayText =
      lines.count > inside.rows ? "\(last) of \(lines.count)  Esc closes" : "Esc closes"
    canvas.box(
      popup, title: PaneText.data(title, limit: max(0, inside.columns)), footer: footer,
      focused: true)
    canvas.within(inside) { canvas in
      for row in 0..<inside.rows where lines.indices.contains(first + row) {
        canvas.put(
          PaneText.data(lines[first + row], limit: max(0, inside.columns - 2)),
          at: Point(column: 1, row: row), style: CellStyle(.uiPopup))
      }
    }
    canvas.scrollbar(
      at: Point(column: popup.endColumn - 1, row: inside.row), rows: inside.rows, first: first,
      visible: inside.rows, total: lines.count)
  }

  /// The area of a popup with this many rows.
  static func area(in rect: Rect, rows: Int) -> Rect {
    let columns = rect.columns < 60 ? rect.columns : min(rect.columns - 4, 100)
    let most = rect.rows < 16 ? rect.rows : rect.rows - 4
    return rect.centered(Size(columns: columns, rows: min(most, rows + 2)))
  }
}
