/// The selected row and the first visible row of a list longer than its pane.
struct ListCursor: Hashable, Sendable {
  /// The selected row, from 0.
  var selected = 0
  /// The first visible row.
  var top = 0

  /// Moves the selection within the list.
  mutating func move(by rows: Int, count: Int) {
    select(selected.addingReportingOverflow(rows).partialValue, count: count)
  }

  /// Stays on the same rows although so many have come in front of them.
  mutating func shift(by rows: Int) {
    selected += rows
    top += rows
  }

  /// Selects a row, or the nearest one if there are fewer.
  mutating func select(_ row: Int, count: Int) {
    selected = max(0, min(row, count - 1))
  }

  /// Scrolls as little as needed to make the selection visible.
  mutating func reveal(visible: Int, count: Int) {
    selected = max(0, min(selected, count - 1))
    let height = max(visible, 1)
    if selected < top { top = selected }
    if selected >= top + height { top = selected - height + 1 }
    top = max(0, min(top, max(0, count - height)))
  }

  /// Scrolls so that the selection is about a third from the top, as after a jump.
  mutating func settle(visible: Int, count: Int) {
    if selected < top || selected >= top + max(visible, 1) {
      top = max(0, selected - max(visible, 1) / 3)
    }
    reveal(visible: visible, count: count)
  }
}
