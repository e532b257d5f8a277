import EventicleCore

/// The instances of a saga, or of all sagas, one per row.
enum SagaTable {
  /// Draws the table; looks only at visible rows.
  static func draw(
    _ list: ListCursor, _ name: String?, _ context: PaneContext, in rect: Rect,
    on canvas: inout Canvas
  ) {
    let rows = SagaRows(name, context.shown)
    let count = rows.count
    let title = PaneText.data(name.map { "4 Saga  list \($0)" } ?? "4 Saga  list")
    let all = ShownRows(count, context.find)
    let inside = canvas.box(
      rect, title: title, footer: all.footer(list) ?? footer(rows, list),
      focused: context.isFocused)
    let list = all.cursor(list, visible: rect.rows - 3)
    guard !inside.isEmpty else { return }
    guard count > 0 else { return SagaPane.nothing(context).draw(in: inside, on: &canvas) }
    let places = list.top..<max(list.top, min(list.top + inside.rows - 1, all.count))
    var shown: [Int: SagaTableColumns.Row] = [:]
    for place in places {
      guard case .row(let row) = all.row(at: place) else { continue }
      shown[row] = rows.instance(at: row).map { SagaTableColumns.Row($0, rows, context) }
    }
    let columns = SagaTableColumns(
      Array(shown.values), isSorted: rows.isSorted, width: inside.columns)
    canvas.within(inside) { canvas in
      canvas.put(columns.head, at: Point(column: 1, row: 0), columns: inside.columns - 2)
      for place in places {
        let row = place - list.top + 1
        canvas.put(
          all.line(at: place) { shown[$0].map { columns.line(of: $0) } ?? .empty },
          at: Point(column: 1, row: row), columns: inside.columns - 2)
        guard place == list.selected else { continue }
        canvas.put("►", at: Point(column: 0, row: row), style: CellStyle(.timeCursor))
        canvas.overlay(
          context.selection, in: Rect(column: 0, row: row, columns: inside.columns, rows: 1))
      }
    }
    canvas.scrollbar(
      at: Point(column: rect.endColumn - 1, row: inside.row + 1), rows: inside.rows - 1,
      first: list.top, visible: inside.rows - 1, total: all.count)
  }

  /// `2 of 4 · 3 running · 1 parked`.
  private static func footer(_ rows: SagaRows, _ list: ListCursor) -> DisplayText {
    guard rows.count > 0 else { return "" }
    var text: DisplayText = "\(list.selected + 1) of \(rows.count)"
    guard let tally = rows.tally else { return text }
    text += " · \(tally.running) running"
    if tally.parked > 0 { text += " · \(tally.parked) parked" }
    return text
  }
}
