import EventicleCore

/// What is alive: running sagas, aggregates, views, adapters, streams, forks and troubles.
enum ExplorePane: Pane {
  static let initial = ExploreModel()

  /// The greatest number of events of an aggregate whose status is folded.
  private static let mostFolded = 200

  static func actions(_ state: ExploreModel, _ context: PaneContext) -> [Action] {
    let state = state.prepared(context)
    guard let row = selected(state) else { return [.nextPane] }
    // On a section Enter folds, as its own key does.
    if row.isHead { return [.open, .search, .sort, .nextPane] }
    return (opens(row, context) ? [.open] : []) + [.fold, .search, .sort, .nextPane]
  }

  static func hint(
    of action: Action, _ state: ExploreModel, _ context: PaneContext
  ) -> String? {
    switch action {
    case .open: openHint(state, context)
    case .sort: state.order == .news ? "sort by name" : "sort by news"
    default: nil
    }
  }

  private static func openHint(_ state: ExploreModel, _ context: PaneContext) -> String {
    let state = state.prepared(context)
    switch selected(state)?.subject {
    case .section(let section): return state.folded.contains(section) ? "unfold" : "fold"
    case .more(_, _, isListed: false): return "show them"
    case .fork: return "switch to it"
    case .stream: return "only its events"
    case .watch: return "why it is so"
    default: return "open"
    }
  }

  static func folds(_ state: ExploreModel, _ context: PaneContext) -> [FoldRequest] {
    let state = state.prepared(context)
    let shown = ShownRows(state.page.rows.count, context.find)
    let top = shown.cursor(state.list, visible: context.inside.rows).top
    return (top..<(top + max(0, context.inside.rows))).compactMap { place in
      guard case .row(let row) = shown.row(at: place), state.page.rows.indices.contains(row),
        case .aggregate(let key) = state.page.rows[row].subject,
        let version = state.page.rows[row].version, version.number <= mostFolded
      else { return nil }
      return .status(key, version)
    }
  }

  static func findable(_ state: ExploreModel, _ context: PaneContext) -> FindableRows {
    let state = state.prepared(context)
    let rows = state.page.rows
    return FindableRows(
      rows.count, selected: state.list.selected, at: context.shown,
      content: "\(state.order) \(state.folded.count) \(context.branches.count)",
      isHead: { rows[$0].isHead }
    ) { place in
      let row = rows[place]
      guard case .aggregate(let key) = row.subject, let version = row.version else {
        return row.text
      }
      // Behind the first of a type its name is not repeated, but meant.
      return "\(key.type) \(row.text) \(context.folds.status(key, version) ?? "")"
    }
  }

  /// The selected row.
  static func selected(_ state: ExploreModel) -> ExploreRow? {
    state.page.rows.indices.contains(state.list.selected)
      ? state.page.rows[state.list.selected] : nil
  }

  static func draw(
    _ state: ExploreModel, _ context: PaneContext, in rect: Rect, on canvas: inout Canvas,
    _ meter: inout WorkMeter
  ) {
    let state = state.prepared(context)
    let rows = state.page.rows
    let shown = ShownRows(rows.count, context.find)
    let list = shown.cursor(state.list, visible: rect.rows - 2)
    let title: DisplayText = state.order == .name ? "8 Explore  by name" : "8 Explore"
    let inside = canvas.box(
      rect, title: title, footer: shown.footer(state.list) ?? .empty, focused: context.isFocused)
    guard !inside.isEmpty else { return }
    let lines = ExploreLine(state, context, columns: inside.columns)
    let places = list.top..<max(list.top, min(list.top + inside.rows, shown.count))
    canvas.within(inside) { canvas in
      for place in places {
        let row = place - list.top
        let isHere = place == list.selected
        canvas.draw(
          shown.line(at: place) { lines.line(rows[$0]) }, row: row,
          overlay: isHere ? context.selection : nil)
        guard isHere else { continue }
        canvas.put(
          "►", at: Point(column: selected(state)?.isHead == true ? 0 : 2, row: row),
          style: CellStyle(.timeCursor, overlay: context.selection))
      }
      if places.count + 1 < inside.rows { canvas.draw(keys(context), row: places.count + 1) }
    }
    canvas.scrollbar(
      at: Point(column: rect.endColumn - 1, row: inside.row), rows: inside.rows, first: list.top,
      visible: inside.rows, total: shown.count)
  }

  private static func keys(_ context: PaneContext) -> StyledLine {
    var line = StyledLine()
    for (action, text) in [
      (Action.open, "opens"), (.search, "finds"), (.sort, "sorts"),
    ] as [(Action, DisplayText)] {
      line.add(line.isEmpty ? " " : "  ")
      line.add(PaneText.data(context.keymap.label(of: action)), .uiHintKey)
      line.add(" " + text, .uiMuted)
    }
    return line
  }
}
