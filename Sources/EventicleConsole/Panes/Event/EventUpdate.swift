extension EventPane {
  static func update(
    _ input: PaneInput, _ state: inout EventModel, _ context: PaneContext
  ) -> [PaneRequest]? {
    switch input {
    case .move(let rows):
      var meter = WorkMeter()
      let lines = EventLines.make(state, context, columns: context.inside.columns, &meter)
      let most = max(0, lines.count - context.inside.rows)
      state.scroll = min(state.scroll, most)
      state.scroll = max(0, min(state.scroll + rows, most))
    case .click, .reveal: break
    case .row, .moment: state.scroll = 0
    case .action(.open): return context.goToRow
    case .action(.unfoldAll): state.folded = []
    case .action(.nextTab): turn(to: state.tab.turned(by: 1), &state)
    case .action(.previousTab): turn(to: state.tab.turned(by: -1), &state)
    case .action(.diff): turn(to: .diff, &state)
    default: return nil
    }
    return []
  }

  private static func turn(to tab: EventModel.Tab, _ state: inout EventModel) {
    state.tab = tab
    state.scroll = 0
  }
}
