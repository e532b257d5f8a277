/// The names of the panes in a line: where only one is visible, and on the edge of the one below the
/// tail.
enum TabBar {
  /// Draws the names; those that do not fit are dropped, their numbers stay.
  ///
  /// - Parameters:
  ///   - open: The pane that is shown, whose name is in brackets.
  ///   - other: A pane that is not among the names.
  static func draw(
    open: PaneID, without other: PaneID? = nil, in rect: Rect, on canvas: inout Canvas
  ) {
    canvas.within(rect) { canvas in
      _ = canvas.put(
        line(open: open, without: other, columns: rect.columns), at: .zero, columns: rect.columns)
    }
  }

  private static func line(open: PaneID, without other: PaneID?, columns: Int) -> StyledLine {
    var line = StyledLine()
    for isShort in [false, true] {
      line = StyledLine()
      for pane in PaneTable.rows where pane.id != other {
        let isOpen = pane.id == open
        let name = DisplayText(sanitising: pane.title)
        let text: DisplayText =
          isShort && !isOpen ? "\(pane.id.rawValue)" : "\(pane.id.rawValue) \(name)"
        line.add(isOpen ? "[\(text)]" : " \(text) ", isOpen ? .uiTitleFocus : .uiMuted)
      }
      if line.width <= columns { break }
    }
    return line
  }
}
