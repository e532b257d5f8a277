import EventicleCore

extension ViewsPane {
  static func update(
    _ input: PaneInput, _ state: inout ViewsModel, _ context: PaneContext
  ) -> [PaneRequest]? {
    switch input {
    case .row, .moment, .follow: return nil
    // What is not on the screen reads nothing.
    case .reveal where context.inside.isEmpty: return []
    default: state.prepare(context)
    }
    let rows = ShownRows(count(state, context), context.find)
    switch input {
    case .move(let count): rows.move(&state.list, by: count)
    case .click(let row): click(row, rows, &state, context)
    case .select(let row): state.list.select(row, count: count(state, context))
    case .reveal: rows.reveal(&state.list, visible: visible(state, context))
    case .show(.view(let name)): state = ViewsModel(subject: .rows(name))
    case .show(.record(let key)): state = ViewsModel(subject: .row(key))
    case .action(.open): return open(state, context)
    case .action(.nextTab): turn(by: 1, &state, context)
    case .action(.previousTab): turn(by: -1, &state, context)
    case .action(.scrollRight): return turnColumn(by: 1, &state, context)
    case .action(.scrollLeft): return turnColumn(by: -1, &state, context)
    case .action(.sort): return sort(&state, context)
    default: return nil
    }
    return []
  }

  /// What Enter does: it opens a row of the table, and in a row the event that made it.
  static func open(_ state: ViewsModel, _ context: PaneContext) -> [PaneRequest] {
    switch subject(state, context) {
    case .nothing: return []
    case .rows(let view):
      let table = ViewTable(context: context, state: state, view: view)
      return table.record(at: state.list.selected)
        .map { [.open(.record(RecordKey(view, $0.id)))] } ?? []
    case .row(let key):
      let lines = lines(of: key, state, context)
      guard lines.indices.contains(state.list.selected),
        let position = lines[state.list.selected].maker,
        let entry = context.shown.timeline.appendEntry(of: position), entry != context.row
      else { return [] }
      return [.jump(entry)]
    }
  }

  /// The number of rows of the table, or of lines of the open row.
  private static func count(_ state: ViewsModel, _ context: PaneContext) -> Int {
    switch subject(state, context) {
    case .nothing: 0
    case .rows(let view): context.shown.world.recordCount(of: view)
    case .row(let key): lines(of: key, state, context).count
    }
  }

  private static func visible(_ state: ViewsModel, _ context: PaneContext) -> Int {
    guard case .rows(let view) = subject(state, context) else { return context.inside.rows }
    return ViewTable(context: context, state: state, view: view).bodyRows(in: context.inside)
  }

  private static func click(
    _ row: Int, _ rows: ShownRows, _ state: inout ViewsModel, _ context: PaneContext
  ) {
    let heads = if case .row = subject(state, context) { 0 } else { 1 }
    if row >= heads { rows.click(&state.list, at: state.list.top + row - heads) }
  }

  // MARK: - Columns and sorting

  private static func table(_ state: ViewsModel, _ context: PaneContext) -> ViewTable? {
    guard case .rows(let view) = subject(state, context) else { return nil }
    return ViewTable(context: context, state: state, view: view)
  }

  private static func turnColumn(
    by step: Int, _ state: inout ViewsModel, _ context: PaneContext
  ) -> [PaneRequest]? {
    guard let table = table(state, context) else { return nil }
    state.column = max(0, min(state.column + step, table.fields().count))
    return []
  }

  /// Sorts by the column under the cursor, and by the one it is sorted by the other way round.
  private static func sort(_ state: inout ViewsModel, _ context: PaneContext) -> [PaneRequest] {
    guard let table = table(state, context), table.count > 0 else {
      return [.report(StatusMessage("there are no rows here to sort", .warning))]
    }
    guard table.count <= ViewPage.mostSorted else {
      let text =
        "up to \(ViewPage.mostSorted.grouped) rows are sorted; \(table.view) has "
        + "\(table.count.grouped), which stay in the order in which they came; "
        + "\(context.keymap.label(of: .search)) finds in them"
      return [.report(StatusMessage(text, .warning))]
    }
    let fields = table.fields()
    let place = max(0, min(state.column, fields.count))
    let field = place == 0 ? nil : fields[place - 1]
    let isSame = state.sort.map { $0.field == field } ?? false
    let descends = isSame && state.sort?.isDescending == false
    state.sort = ViewsModel.Sort(field: field, isDescending: descends)
    state.prepare(context)
    let way = descends ? "the greatest first" : "the least first"
    return [.report(StatusMessage("sorted by \(field ?? "key"), \(way)"))]
  }

  /// Shows the next or previous view.
  private static func turn(by step: Int, _ state: inout ViewsModel, _ context: PaneContext) {
    let views = context.shown.domain.views.map(\.name)
    let open: String? =
      switch subject(state, context) {
      case .nothing: nil
      case .rows(let name): name
      case .row(let key): key.type
      }
    guard let open, let place = views.firstIndex(of: open) else { return }
    state = ViewsModel(subject: .rows(views[(place + step + views.count) % views.count]))
  }
}
