import EventicleCore
import EventicleWorkbench

/// The armed timers, the deliveries that wait, and what failed and is kept.
enum NextPane: Pane {
  static let initial = NextModel()

  static func actions(_ state: NextModel, _ context: PaneContext) -> [Action] { [.open] }

  static func hint(of action: Action, _ state: NextModel, _ context: PaneContext) -> String? {
    guard action == .open else { return nil }
    switch NextRows(context.shown.world).row(state.list.selected) {
    case .timer: return "fire this timer"
    case .delivery(_, isNext: true): return "deliver"
    default: return "open"
    }
  }

  static func update(
    _ input: PaneInput, _ state: inout NextModel, _ context: PaneContext
  ) -> [PaneRequest]? {
    let rows = NextRows(context.shown.world)
    switch input {
    case .move(let count): state.list.move(by: count, count: rows.count)
    case .click(let row): state.list.select(state.list.top + row, count: rows.count)
    case .reveal: state.list.reveal(visible: context.inside.rows, count: rows.count)
    case .action(.open): return open(rows.row(state.list.selected), context)
    default: return nil
    }
    return []
  }

  private static func open(_ row: NextRows.Row?, _ context: PaneContext) -> [PaneRequest] {
    guard context.live.isAtHead else {
      return [.report(StatusMessage("the past is only looked at; L goes live first", .warning))]
    }
    switch row {
    case .timer(let timer):
      let key = timer.key
      let path = [key.owner.saga, key.owner.instanceID, key.name].map { Quoting.word($0) }
      return [.run("fire \(path.joined(separator: "/"))")]
    case .delivery(_, isNext: true): return [.run("release 1")]
    case .delivery(_, isNext: false):
      let text = "only the first delivery can be made; it stands on top"
      return [.report(StatusMessage(text, .warning))]
    default: return []
    }
  }

  /// Draws the rows on screen and looks at no others.
  static func draw(
    _ state: NextModel, _ context: PaneContext, in rect: Rect, on canvas: inout Canvas,
    _ meter: inout WorkMeter
  ) {
    let rows = NextRows(context.shown.world)
    var list = state.list
    list.reveal(visible: rect.rows - 2, count: rows.count)
    let inside = canvas.box(
      rect, title: "6 Timers and queue", footer: "\(list.selected + 1) of \(rows.count)",
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
