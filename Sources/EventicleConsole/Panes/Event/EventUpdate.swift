extension EventPane {
  static func update(
    _ input: PaneInput, _ state: inout EventModel, _ context: PaneContext
  ) -> [PaneRequest]? {
    switch input {
    case .move(let rows):
      var meter = WorkMeter()
      let lines = EventLines.make(state, context, columns: context.inside.columns, &meter)
      state.text.move(by: rows, lines.count, visible: context.inside.rows, context.find)
    case .select(let row): state.text.select(row, row + 1)
    case .reveal where context.find != nil || state.text.line > 0:
      var meter = WorkMeter()
      let lines = EventLines.make(state, context, columns: context.inside.columns, &meter)
      state.text.reveal(lines.count, visible: context.inside.rows, context.find)
    case .click, .reveal: break
    case .row, .moment: state.text.reset()
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
    state.text.reset()
  }
}
