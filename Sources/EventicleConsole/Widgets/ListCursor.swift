/// The selected row of a list that is longer than its pane, and the first row shown.
struct ListCursor: Hashable, Sendable {
  /// The selected row, from 0.
  var selected = 0
  /// The first row shown.
  var top = 0

  /// Moves the selection, staying inside the list.
  mutating func move(by rows: Int, count: Int) {
    select(selected.addingReportingOverflow(rows).partialValue, count: count)
  }

  /// Selects a row, or the nearest one there is.
  mutating func select(_ row: Int, count: Int) {
    selected = max(0, min(row, count - 1))
  }

  /// Scrolls as little as needed to have the selection on screen.
  mutating func reveal(visible: Int, count: Int) {
    selected = max(0, min(selected, count - 1))
    let height = max(visible, 1)
    if selected < top { top = selected }
    if selected >= top + height { top = selected - height + 1 }
    top = max(0, min(top, max(0, count - height)))
  }

  /// Scrolls so that the selection lies about a third from the top, as after a jump.
  mutating func settle(visible: Int, count: Int) {
    if selected < top || selected >= top + max(visible, 1) {
      top = max(0, selected - max(visible, 1) / 3)
    }
    reveal(visible: visible, count: count)
  }
}
