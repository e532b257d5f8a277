import EventicleCore

/// The instances of a saga, or of all sagas, one a row.
enum SagaTable {
  /// Draws the table; what is not on screen is not looked at.
  static func draw(
    _ model: Model, _ name: String?, in rect: Rect, focused: Bool, on canvas: inout Canvas,
    _ meter: inout WorkMeter
  ) {
    let sagas = name.map { [$0] } ?? model.shown.domain.sagas.map(\.name)
    let counts = sagas.map { model.shown.world.sagas.count(of: $0) }
    let count = counts.reduce(0, +)
    let title = SagaText.data(name.map { "5 Sagas \($0)" } ?? "5 Sagas")
    var list = model.saga.list
    list.reveal(visible: rect.rows - 3, count: count)
    let footer: DisplayText = count == 0 ? "" : "\(list.selected + 1) of \(count)"
    let inside = canvas.box(rect, title: title, footer: footer, focused: focused)
    guard !inside.isEmpty else { return }
    guard count > 0 else { return SagaPane.drawNothing(model, in: inside, on: &canvas) }
    let table = SagaTableColumns(inside.columns, withSaga: name == nil)
    canvas.within(inside) { canvas in
      canvas.put(
        table.head, at: Point(column: 1, row: 0), columns: inside.columns - 2)
      for row in 0..<min(inside.rows - 1, count - list.top) where row >= 0 {
        guard let instance = instance(at: list.top + row, sagas, counts, model) else { continue }
        let line = table.line(of: instance, model, &meter)
        canvas.put(
          line, at: Point(column: 1, row: row + 1), columns: inside.columns - 2)
        guard list.top + row == list.selected else { continue }
        canvas.overlay(
          focused ? .uiSelection : .uiSelectionInactive,
          in: Rect(column: 0, row: row + 1, columns: inside.columns, rows: 1))
      }
    }
    canvas.scrollbar(
      at: Point(column: rect.endColumn - 1, row: inside.row + 1), rows: inside.rows - 1,
      first: list.top, visible: inside.rows - 1, total: count)
  }

  private static func instance(
    at row: Int, _ sagas: [String], _ counts: [Int], _ model: Model
  ) -> SagaInstance? {
    var rest = row
    for (saga, count) in zip(sagas, counts) {
      if rest < count { return model.shown.world.sagas.instance(of: saga, at: rest) }
      rest -= count
    }
    return nil
  }
}
