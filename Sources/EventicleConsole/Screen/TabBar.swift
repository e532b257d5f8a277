/// The line that names the panes when only one is visible.
enum TabBar {
  /// Draws the line; names that do not fit are dropped, their numbers stay.
  static func draw(
    _ model: Model, in rect: Rect, on canvas: inout Canvas, _ meter: inout WorkMeter
  ) {
    canvas.within(rect) { canvas in
      canvas.draw(line(model, columns: rect.columns), row: 0)
    }
  }

  private static func line(_ model: Model, columns: Int) -> StyledLine {
    var line = StyledLine()
    for isShort in [false, true] {
      line = StyledLine()
      for pane in PaneTable.rows {
        let isFocus = pane.id == model.focus
        let name = DisplayText(sanitising: pane.title)
        let text: DisplayText =
          isShort && !isFocus ? "\(pane.id.rawValue)" : "\(pane.id.rawValue) \(name)"
        line.add(isFocus ? "[\(text)]" : " \(text) ", isFocus ? .uiTitleFocus : .uiMuted)
      }
      if line.width <= columns { break }
    }
    return line
  }
}
