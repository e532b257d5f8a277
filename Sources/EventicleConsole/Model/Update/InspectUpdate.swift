import EventicleCore

/// Looking at the colours of single cells, until another key than an arrow is pressed.
enum InspectUpdate {
  /// Begins in the middle of the pane with the focus.
  static func begin(_ model: inout Model) -> [Effect] {
    let pane = model.layout.panes[model.focus] ?? Rect(size: model.size)
    model.inspected = Point(
      column: pane.column + pane.columns / 2, row: pane.row + pane.rows / 2)
    model.message = StatusMessage(
      "arrows or a click name the colours of a cell; any other key ends it")
    return []
  }

  /// Moves to the cell beside, or ends it.
  static func press(_ key: KeyPress, from point: Point, _ model: inout Model) -> [Effect] {
    model.message = nil
    switch model.keymap.match([key]) {
    case .action(.up): return look(at: point.offset(rows: -1), &model)
    case .action(.down): return look(at: point.offset(rows: 1), &model)
    case .action(.scrollLeft): return look(at: point.offset(columns: -1), &model)
    case .action(.scrollRight): return look(at: point.offset(columns: 1), &model)
    default:
      model.inspected = nil
      return []
    }
  }

  /// Moves to the cell that is clicked on.
  static func click(_ event: MouseEvent, _ model: inout Model) -> [Effect] {
    guard case .press = event.kind else { return [] }
    return look(at: event.point, &model)
  }

  private static func look(at point: Point, _ model: inout Model) -> [Effect] {
    let inside = Point(
      column: max(0, min(point.column, model.size.columns - 1)),
      row: max(0, min(point.row, model.size.rows - 1)))
    model.inspected = inside
    return [.inspect(inside)]
  }
}
