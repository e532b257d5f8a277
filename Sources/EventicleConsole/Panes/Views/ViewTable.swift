import EventicleCore

/// The rows of a view as a table.
struct ViewTable {
  let context: PaneContext
  let view: String
  let title: DisplayText

  /// Draws the table; looks only at visible rows.
  func draw(_ list: ListCursor, in rect: Rect, on canvas: inout Canvas) {
    let count = context.shown.world.recordCount(of: view)
    let first = TablePane.shown(list, rows: rect.rows - 3, count: count).lowerBound
    let fields = fields(first: first)
    let table = TablePane(
      title: title, heads: ["key"] + fields.map { PaneText.data($0) },
      count: count, list: list, isFocused: context.isFocused)
    table.draw(in: rect, on: &canvas) { cells(of: $0, fields) }
  }

  /// The columns: the fields of the first visible row.
  private func fields(first: Int) -> [String] {
    context.shown.world.record(of: view, at: first)?.content.object?.keys ?? []
  }

  private func cells(of row: Int, _ fields: [String]) -> [TablePane.Cell]? {
    guard let record = context.shown.world.record(of: view, at: row) else { return nil }
    return [(PaneText.data(record.id), .uiText)]
      + fields.map { field in
        let value = record.content.object?[field] ?? .null
        let text = value.string.map { PaneText.data($0) } ?? JSONText.line(value)
        return (text, JSONText.role(of: value))
      }
  }
}
