/// Where in a text one reads: the first visible line, and the line stood on while something is
/// searched for.
struct TextCursor: Hashable, Sendable {
  var line = 0
  var scroll = 0
  /// Whether the line stood on is to be in sight when the search ends.
  private var isStanding = false

  private var list: ListCursor {
    get { ListCursor(selected: line, top: scroll) }
    set { (line, scroll) = (newValue.selected, newValue.top) }
  }

  /// The first line again.
  mutating func reset() { self = TextCursor() }

  /// Scrolls by some rows; while something is searched for, goes to another line.
  mutating func move(by rows: Int, _ count: Int, visible: Int, _ find: ListFind?) {
    guard find != nil else {
      let most = max(0, count - visible)
      let target = min(scroll, most).addingReportingOverflow(rows).partialValue
      scroll = max(0, min(target, most))
      return
    }
    ShownRows(count, find).move(&list, by: rows)
    reveal(count, visible: visible, find)
  }

  /// Stands on a line.
  mutating func select(_ row: Int, _ count: Int) {
    list.select(row, count: count)
    isStanding = true
  }

  /// Scrolls so that the line stood on is in sight.
  mutating func reveal(_ count: Int, visible: Int, _ find: ListFind?) {
    guard visible > 0, find != nil || isStanding else { return }
    isStanding = find != nil
    ShownRows(count, find).reveal(&list, visible: visible)
  }

  /// Draws the visible lines, with what was found in them.
  ///
  /// - Parameter margin: The columns at the right that stay free.
  func draw(
    _ lines: [StyledLine], _ find: ListFind?, selection: StyleRole, margin: Int = 0,
    in inside: Rect,
    on canvas: inout Canvas
  ) {
    let rows = ShownRows(lines.count, find)
    let first =
      find == nil
      ? max(0, min(scroll, lines.count - inside.rows))
      : rows.cursor(list, visible: inside.rows).top
    let here = find == nil ? nil : rows.place(of: line)
    canvas.within(
      Rect(
        column: inside.column, row: inside.row, columns: inside.columns - margin, rows: inside.rows)
    ) { canvas in
      for place in first..<max(first, min(first + inside.rows, rows.count)) {
        canvas.draw(
          rows.line(at: place) { lines[$0] }, row: place - first,
          overlay: place == here ? selection : nil)
      }
    }
  }
}
