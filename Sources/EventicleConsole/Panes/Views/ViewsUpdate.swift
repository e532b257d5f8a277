import EventicleCore

extension ViewsPane {
  static func update(
    _ input: PaneInput, _ state: inout ViewsModel, _ context: PaneContext
  ) -> [PaneRequest]? {
    switch input {
    case .move(let rows): move(by: rows, &state, context)
    case .click(let row):
      let count = count(state, context)
      if row >= 1, count > 0 { state.list.select(state.list.top + row - 1, count: count) }
    case .reveal:
      state.list.reveal(visible: listRows(in: context.inside), count: count(state, context))
    case .show(.view(let name)): state = ViewsModel(subject: .rows(name))
    case .show(.record(let key)): state = ViewsModel(subject: .row(key))
    case .action(.open): return open(state, context)
    case .action(.nextTab): turn(by: 1, &state, context)
    case .action(.previousTab): turn(by: -1, &state, context)
    default: return nil
    }
    return []
  }

  static func open(_ state: ViewsModel, _ context: PaneContext) -> [PaneRequest] {
    guard case .rows(let view) = subject(state, context),
      let record = context.shown.world.record(of: view, at: state.list.selected)
    else { return [] }
    return [.open(.record(RecordKey(view, record.id)))]
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

  /// The number of rows in the table; 0 when one row is shown.
  private static func count(_ state: ViewsModel, _ context: PaneContext) -> Int {
    guard case .rows(let view) = subject(state, context) else { return 0 }
    return context.shown.world.recordCount(of: view)
  }

  private static func move(by rows: Int, _ state: inout ViewsModel, _ context: PaneContext) {
    switch subject(state, context) {
    case .rows: state.list.move(by: rows, count: count(state, context))
    case .row(let key):
      let lines = context.shown.world.record(key).map { JSONTree($0.content).lines } ?? []
      state.scroll = ScrolledLines(lines)
        .scroll(from: state.scroll, by: rows, visible: context.inside.rows)
    case .nothing: break
    }
  }
}
