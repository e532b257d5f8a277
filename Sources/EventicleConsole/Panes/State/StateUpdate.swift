import EventicleCore

extension StatePane {
  static func update(
    _ input: PaneInput, _ state: inout StateModel, _ context: PaneContext
  ) -> [PaneRequest]? {
    switch input {
    case .move(let rows): move(by: rows, &state, context)
    case .click(let row):
      let count = count(state, context)
      if row >= 1, count > 0 { state.list.select(state.list.top + row - 1, count: count) }
    case .reveal:
      state.list.reveal(visible: listRows(in: context.inside), count: count(state, context))
    case .show(.aggregates(let type)): look(at: .instances(type), &state)
    case .show(.aggregate(let key)): look(at: .instance(key), &state)
    case .show(.version(let key, let version)):
      look(at: .instance(key), &state)
      state.tab = .state
      state.version = version
    case .follow(.aggregate(let key)):
      if state.subject != .instance(key) || state.version != nil {
        look(at: .instance(key), &state)
      }
    case .action(.open): return open(state, context)
    case .action(.nextTab): turn(by: 1, &state)
    case .action(.previousTab): turn(by: -1, &state)
    default: return nil
    }
    return []
  }

  private static func look(at subject: StateModel.Subject, _ state: inout StateModel) {
    state = StateModel(subject: subject, tab: state.tab)
  }

  private static func turn(by step: Int, _ state: inout StateModel) {
    state.tab = state.tab.turned(by: step)
    state.scroll = 0
  }

  /// The number of rows in the list; 0 when one state is shown.
  private static func count(_ state: StateModel, _ context: PaneContext) -> Int {
    let histories = context.shown.world.histories
    switch state.subject {
    case .instances(let type): return histories.count(of: type)
    case .instance(let key) where state.tab == .history: return histories.version(of: key).number
    case .nothing, .instance: return 0
    }
  }

  private static func move(by rows: Int, _ state: inout StateModel, _ context: PaneContext) {
    let count = count(state, context)
    if count > 0 { return state.list.move(by: rows, count: count) }
    guard case .instance(let key) = state.subject else { return }
    let version = state.shown(of: context.shown.world.histories.version(of: key))
    state.scroll = ScrolledLines(lines(of: key, version, context))
      .scroll(from: state.scroll, by: rows, visible: context.inside.rows)
  }

  static func open(_ state: StateModel, _ context: PaneContext) -> [PaneRequest] {
    let world = context.shown.world
    let row = state.list.selected
    switch state.subject {
    case .instances(let type):
      guard let id = world.histories.id(of: type, at: row) else { return [] }
      return [.open(.aggregate(AggregateKey(type, id)))]
    case .instance(let key) where state.tab == .history:
      let event = world.event(of: key, at: Version(row + 1))
      return event?.1.map { [.run("goto \($0)")] } ?? []
    case .nothing, .instance: return []
    }
  }
}
