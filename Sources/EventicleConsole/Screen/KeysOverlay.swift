import EventicleCore

/// A popup with the keys that can follow those pressed so far.
enum KeysOverlay {
  /// Draws the popup at the lower right.
  static func draw(_ keys: [KeyPress], above: Rect, on canvas: inout Canvas) {
    let rows = Keymap.continuations(of: keys)
    let labels = rows.map { DisplayText(sanitising: $0.label) }
    let titles = rows.map { DisplayText(sanitising: $0.action.title) }
    let keyWidth = labels.map(\.width).max() ?? 0
    let width = min(above.columns, keyWidth + (titles.map(\.width).max() ?? 0) + 5)
    let height = min(above.rows, rows.count + 2)
    let rect = Rect(
      column: above.column + above.columns - width, row: above.row + above.rows - height,
      columns: width, rows: height)
    let title = DisplayText(sanitising: keys.map { Keymap.label(of: $0.description) }.joined())
    canvas.fill(rect, style: CellStyle(.uiPopup))
    let inside = canvas.box(rect, title: title, footer: "Esc", focused: true)
    canvas.within(inside) { canvas in
      for (row, label) in labels.enumerated() {
        canvas.put(
          label.padded(to: keyWidth), at: Point(column: 1, row: row),
          style: CellStyle(.uiHintKey, overlay: .uiPopup))
        canvas.put(
          titles[row], at: Point(column: keyWidth + 2, row: row), style: CellStyle(.uiPopup))
      }
    }
  }
}
