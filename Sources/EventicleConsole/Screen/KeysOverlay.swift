import EventicleCore

/// A popup with the keys that can follow those pressed so far, and why some of them would do nothing.
enum KeysOverlay {
  /// Draws the popup at the lower right.
  static func draw(_ model: Model, above: Rect, on canvas: inout Canvas) {
    let rows = model.keymap.continuations(of: model.pendingKeys).filter(\.action.isInMenus)
    let labels = rows.map { DisplayText(sanitising: $0.label) }
    let titles = rows.map { DisplayText(sanitising: $0.action.title) }
    let reasons = rows.map { DisplayText(sanitising: $0.action.disabledReason(model) ?? "") }
    let keyWidth = labels.map(\.width).max() ?? 0
    let titleWidth = titles.map(\.width).max() ?? 0
    let reasonWidth = reasons.map(\.width).max() ?? 0
    let wanted = keyWidth + titleWidth + (reasonWidth == 0 ? 0 : reasonWidth + 2) + 5
    let width = min(above.columns, wanted)
    let height = min(above.rows, rows.count + 2)
    let rect = Rect(
      column: above.column + above.columns - width, row: above.row + above.rows - height,
      columns: width, rows: height)
    canvas.fill(rect, style: CellStyle(.uiPopup))
    let inside = canvas.box(rect, title: title(model), footer: "Esc", focused: true)
    canvas.within(inside) { canvas in
      for (row, label) in labels.enumerated() {
        let isQuiet = !reasons[row].isEmpty
        canvas.put(
          label.padded(to: keyWidth), at: Point(column: 1, row: row),
          style: CellStyle(isQuiet ? .uiMuted : .uiHintKey, overlay: .uiPopup))
        canvas.put(
          titles[row], at: Point(column: keyWidth + 2, row: row),
          style: CellStyle(isQuiet ? .uiMuted : .uiPopup, overlay: .uiPopup))
        canvas.put(
          reasons[row], at: Point(column: keyWidth + titleWidth + 4, row: row),
          style: CellStyle(.uiMuted, overlay: .uiPopup))
      }
    }
  }

  /// The keys, and what the menu of acts is about.
  private static func title(_ model: Model) -> DisplayText {
    let keys = DisplayText(
      sanitising: model.pendingKeys.map { Keymap.label(of: $0.description) }.joined())
    guard model.pendingKeys == [KeyPress("a")], let position = model.selectedPosition,
      let type = model.shown.log.type(at: position)
    else { return keys }
    return keys + "  " + PaneText.data("\(position) \(type)", limit: 40)
  }
}
