import EventicleCore

/// What happens next: the waiting deliveries, the armed timers and the parked work.
enum NextPane: Pane {
  static let initial = NextModel()

  static func actions(_ state: NextModel, _ context: PaneContext) -> [Action] {
    guard context.shown.isAtHead else { return [] }
    switch NextRows(context.shown.world).row(state.list.selected) {
    case .timer, .delivery(_, isNext: true): return [.open]
    default: return []
    }
  }

  static func hint(of action: Action, _ state: NextModel, _ context: PaneContext) -> String? {
    guard action == .open else { return nil }
    switch NextRows(context.shown.world).row(state.list.selected) {
    case .timer: return "fire this timer"
    case .delivery(_, isNext: true): return "deliver"
    default: return "open"
    }
  }

  /// `5 Next  queue 5 · timers 2`.
  private static func title(_ world: World) -> DisplayText {
    var title: DisplayText = "5 Next  queue \(world.queue.count) · timers \(world.timers.count)"
    if world.parkedCount > 0 { title += " · parked \(world.parkedCount)" }
    return title
  }

  /// Draws the visible rows and looks at no others.
  static func draw(
    _ state: NextModel, _ context: PaneContext, in rect: Rect, on canvas: inout Canvas,
    _ meter: inout WorkMeter
  ) {
    let rows = NextRows(context.shown.world)
    var list = state.list
    list.reveal(visible: rect.rows - 2, count: rows.count)
    let inside = canvas.box(
      rect, title: title(context.shown.world), footer: "\(list.selected + 1) of \(rows.count)",
      focused: context.isFocused)
    guard !inside.isEmpty else { return }
    let shown = (0..<min(inside.rows, rows.count - list.top)).compactMap {
      rows.row(list.top + $0)
    }
    let drawing = NextRowText(context, columns: inside.columns - 2, shown)
    canvas.within(inside) { canvas in
      for (row, content) in shown.enumerated() {
        let line = drawing.line(of: content, &meter)
        canvas.put(line, at: Point(column: 1, row: row), columns: inside.columns - 2)
        guard list.top + row == list.selected else { continue }
        canvas.overlay(
          context.selection, in: Rect(column: 0, row: row, columns: inside.columns, rows: 1))
      }
    }
    canvas.scrollbar(
      at: Point(column: rect.endColumn - 1, row: inside.row), rows: inside.rows, first: list.top,
      visible: inside.rows, total: rows.count)
  }
}
