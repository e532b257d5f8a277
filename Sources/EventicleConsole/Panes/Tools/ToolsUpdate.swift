import EventicleCore

extension ToolsPane {
  static func update(
    _ input: PaneInput, _ state: inout ToolsModel, _ context: PaneContext
  ) -> [PaneRequest]? {
    switch input {
    case .move(let rows): move(by: rows, &state, context)
    case .click(let row):
      let list = list(state, context)
      guard row >= list.heads.count else { return [] }
      var cursor = state.list
      ShownRows(list.count, context.find)
        .click(&cursor, at: state.list.top + row - list.heads.count)
      guard cursor.selected < list.count, !list.isHead(cursor.selected) else { return [] }
      select(cursor.selected, of: list.count, &state)
    case .select(let row): select(row, of: list(state, context).count, &state)
    case .reveal: reveal(&state, context)
    case .action(.open): return open(state, context)
    case .action(.turnStop):
      guard state.tab == .stops, let stop = StopsTool(context).stop(at: state.list.selected) else {
        return nil
      }
      return [.run("stop \(stop.isOn ? "off" : "on") \(stop.number)")]
    case .action(.nextTab): state.tab = state.tab.turned(by: 1)
    case .action(.previousTab): state.tab = state.tab.turned(by: -1)
    default: return nil
    }
    return stand(input, state, context)
  }

  /// What standing on a row of two histories side by side does: the moment of the row is shown.
  private static func stand(
    _ input: PaneInput, _ state: ToolsModel, _ context: PaneContext
  ) -> [PaneRequest] {
    guard state.tab == .forks else { return [] }
    switch input {
    case .move, .click, .select:
      return ForksTool(context, state.comparison).stand(state.list.selected)
    default: return []
    }
  }

  private static func move(by rows: Int, _ state: inout ToolsModel, _ context: PaneContext) {
    let list = list(state, context)
    let shown = ShownRows(list.count, context.find)
    var cursor = state.list
    shown.move(&cursor, by: rows)
    // Headings are passed over; at an end that is one, the way back leads to a row.
    for step in rows < 0 ? [-1, 1] : [1, -1] {
      while list.isHead(cursor.selected) {
        let before = cursor.selected
        shown.move(&cursor, by: step)
        if cursor.selected == before { break }
      }
    }
    select(cursor.selected, of: list.count, &state)
  }

  private static func select(_ row: Int, of count: Int, _ state: inout ToolsModel) {
    state.list.select(row, count: count)
    if state.tab == .log { state.followsLog = state.list.selected >= count - 1 }
  }

  private static func reveal(_ state: inout ToolsModel, _ context: PaneContext) {
    guard !context.inside.isEmpty else { return }
    if state.tab == .consumers { state.findLastWork(context.shown) }
    let list = list(state, context)
    if state.tab == .log, state.followsLog {
      state.list.select(list.count - 1, count: list.count)
    } else if list.isHead(state.list.selected) {
      state.list.move(by: 1, count: list.count)
    }
    var cursor = state.list
    ShownRows(list.count, context.find)
      .reveal(&cursor, visible: list.rows(in: context.inside.rows))
    state.list = cursor
  }
}
