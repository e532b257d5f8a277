import EventicleCore

/// The instances of a saga, or of all sagas, one per row.
enum SagaTable {
  /// Draws the table; looks only at visible rows.
  static func draw(
    _ list: ListCursor, _ name: String?, _ context: PaneContext, in rect: Rect,
    on canvas: inout Canvas,
    _ meter: inout WorkMeter
  ) {
    let rows = SagaRows(name, context.shown)
    let count = rows.count
    let title = PaneText.data(name.map { "4 Saga  list \($0)" } ?? "4 Saga  list")
    var list = list
    list.reveal(visible: rect.rows - 3, count: count)
    let footer: DisplayText = count == 0 ? "" : "\(list.selected + 1) of \(count)"
    let inside = canvas.box(rect, title: title, footer: footer, focused: context.isFocused)
    guard !inside.isEmpty else { return }
    guard count > 0 else { return SagaPane.nothing(context).draw(in: inside, on: &canvas) }
    let table = SagaTableColumns(inside.columns, withSaga: name == nil)
    canvas.within(inside) { canvas in
      canvas.put(
        table.head, at: Point(column: 1, row: 0), columns: inside.columns - 2)
      for row in 0..<min(inside.rows - 1, count - list.top) where row >= 0 {
        guard let instance = rows.instance(at: list.top + row) else { continue }
        let line = table.line(of: instance, context, &meter)
        canvas.put(
          line, at: Point(column: 1, row: row + 1), columns: inside.columns - 2)
        guard list.top + row == list.selected else { continue }
        canvas.overlay(
          context.selection,
          in: Rect(column: 0, row: row + 1, columns: inside.columns, rows: 1))
      }
    }
    canvas.scrollbar(
      at: Point(column: rect.endColumn - 1, row: inside.row + 1), rows: inside.rows - 1,
      first: list.top, visible: inside.rows - 1, total: count)
  }
}
