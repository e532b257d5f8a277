import EventicleCore

/// The armed timers, the deliveries that wait, and what failed and is kept.
enum NextPane {
  /// Draws the pane; what is not on screen is not looked at.
  static func draw(
    _ model: Model, in rect: Rect, focused: Bool, on canvas: inout Canvas, _ meter: inout WorkMeter
  ) {
    let rows = NextRows(model.shown.world)
    var list = model.timers.list
    list.reveal(visible: rect.rows - 2, count: rows.count)
    let inside = canvas.box(
      rect, title: "6 Timers and queue", footer: "\(list.selected + 1) of \(rows.count)",
      focused: focused)
    guard !inside.isEmpty else { return }
    let shown = (0..<min(inside.rows, rows.count - list.top)).compactMap {
      rows.row(list.top + $0)
    }
    let drawing = NextRowText(model: model, columns: inside.columns - 2, shown)
    canvas.within(inside) { canvas in
      for (row, content) in shown.enumerated() {
        let line = drawing.line(of: content, &meter)
        canvas.put(line, at: Point(column: 1, row: row), columns: inside.columns - 2)
        guard list.top + row == list.selected else { continue }
        canvas.overlay(
          focused ? .uiSelection : .uiSelectionInactive,
          in: Rect(column: 0, row: row, columns: inside.columns, rows: 1))
      }
    }
    canvas.scrollbar(
      at: Point(column: rect.endColumn - 1, row: inside.row), rows: inside.rows, first: list.top,
      visible: inside.rows, total: rows.count)
  }
}
