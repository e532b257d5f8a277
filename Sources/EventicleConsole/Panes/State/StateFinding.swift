import EventicleCore

/// What `/` looks through in State: aggregates, versions, or lines of text.
extension StatePane {
  static func findable(_ state: StateModel, _ context: PaneContext) -> FindableRows {
    let histories = context.shown.world.histories
    switch state.subject {
    case .nothing:
      return FindableRows(nothing: "No aggregate is shown that could be looked through.")
    case .instances(let type):
      let table = AggregateTable(context: context, type: type)
      return FindableRows(
        histories.count(of: type), selected: state.list.selected, at: context.shown, content: type
      ) { table.text(of: $0) }
    case .instance(let key):
      let count = AggregateHistory.count(of: key, context)
      guard state.tab == .history, state.comparison == nil, count > 0 else {
        let lines = lines(of: key, state, context)
        guard !lines.isEmpty else {
          return FindableRows(nothing: "There is no state of \(key) to look through.")
        }
        let content =
          "\(key) \(state.version?.number ?? 0) \(state.showsReasons) \(context.inside)"
        return FindableRows(
          lines.count, selected: state.text.line, at: context.shown,
          content: content + " \(context.wraps)"
        ) { lines[$0].text.string }
      }
      let history = AggregateHistory(context: context, key: key, state: state)
      let here = AggregateHistory.here(key, state, context)
      return FindableRows(
        count, selected: max(0, here - 1), at: context.shown, content: "\(key) history"
      ) { history.text(of: $0 + 1) }
    }
  }

  /// The lines of an aggregate's state, of why commands are refused, or of a comparison.
  static func lines(
    of key: AggregateKey, _ state: StateModel, _ context: PaneContext
  ) -> [StyledLine] {
    if let comparison = state.comparison {
      return HistoryComparison.lines(of: key, comparison, context.folds, context.keymap)
    }
    let version = state.shown(of: context.shown.world.histories.version(of: key))
    return StateLines(
      key: key, version: version, context: context, showsReasons: state.showsReasons
    ).lines(in: context.inside)
  }
}
