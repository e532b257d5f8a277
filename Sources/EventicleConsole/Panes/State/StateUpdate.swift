import EventicleCore

extension StatePane {
  static func update(
    _ input: PaneInput, _ state: inout StateModel, _ context: PaneContext
  ) -> [PaneRequest]? {
    switch input {
    case .move(let rows): return move(by: rows, &state, context)
    case .click(let row): return click(row, &state, context)
    case .select(let row): return select(row, &state, context)
    case .reveal: reveal(&state, context)
    case .moment where !context.isSeeking: state.aim = nil
    case .show(.aggregates(let type)): look(at: .instances(type), &state)
    case .show(.aggregate(let key)): look(at: .instance(key), &state)
    case .show(.version(let key, let version)):
      look(at: .instance(key), &state)
      state.tab = .state
      state.version = version
    case .follow(.aggregate(let key)):
      state.aim = nil
      if state.subject != .instance(key) || state.version != nil {
        look(at: .instance(key), &state)
      }
    case .action(.open):
      if case .instance(let key) = state.subject, state.tab == .state {
        guard state.showsReasons || hasReasons(key, state, context) else { return [] }
        state.showsReasons.toggle()
        state.text.reset()
        return []
      }
      return open(state, context)
    case .action(.diff) where isHistory(state): mark(&state, context)
    case .action(.cancel): return close(&state) ? [] : nil
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
    _ = close(&state)
    state.tab = state.tab.turned(by: step)
    state.text.reset()
  }

  private static func isHistory(_ state: StateModel) -> Bool {
    if case .instance = state.subject { state.tab == .history } else { false }
  }

  // MARK: - Rows

  private static func reveal(_ state: inout StateModel, _ context: PaneContext) {
    let visible = listRows(in: context.inside)
    switch state.subject {
    case .instances(let type):
      let count = context.shown.world.histories.count(of: type)
      ShownRows(count, context.find).reveal(&state.list, visible: visible)
    case .instance(let key) where isHistory(state) && state.comparison == nil:
      state.list = AggregateHistory.rows(of: key, state, context, visible: visible)
    case .instance(let key) where context.find != nil || state.text.line > 0:
      let count = StatePane.lines(of: key, state, context).count
      state.text.reveal(count, visible: context.inside.rows, context.find)
    case .nothing, .instance: break
    }
  }

  private static func click(
    _ row: Int, _ state: inout StateModel, _ context: PaneContext
  ) -> [PaneRequest] {
    guard row >= 1 else { return [] }
    switch state.subject {
    case .instances(let type):
      let count = context.shown.world.histories.count(of: type)
      ShownRows(count, context.find).click(&state.list, at: state.list.top + row - 1)
    case .instance(let key) where state.tab == .history && state.comparison == nil:
      let rows = ShownRows(AggregateHistory.count(of: key, context), context.find)
      guard case .row(let version) = rows.row(at: state.list.top + row - 1) else { return [] }
      let here = AggregateHistory.here(key, state, context)
      return stand(by: version + 1 - here, on: key, &state, context)
    case .nothing, .instance: break
    }
    return []
  }

  private static func move(
    by rows: Int, _ state: inout StateModel, _ context: PaneContext
  ) -> [PaneRequest] {
    switch state.subject {
    case .nothing: break
    case .instances(let type):
      let count = context.shown.world.histories.count(of: type)
      ShownRows(count, context.find).move(&state.list, by: rows)
    case .instance(let key) where state.tab == .history && state.comparison == nil:
      guard context.find?.isFolded == true else {
        return stand(by: rows, on: key, &state, context)
      }
      let here = AggregateHistory.here(key, state, context)
      var list = ListCursor(selected: here - 1, top: state.list.top)
      ShownRows(AggregateHistory.count(of: key, context), context.find).move(&list, by: rows)
      return stand(by: list.selected + 1 - here, on: key, &state, context)
    case .instance(let key):
      let count = StatePane.lines(of: key, state, context).count
      state.text.move(by: rows, count, visible: context.inside.rows, context.find)
    }
    return []
  }

  /// Selects one of the rows that `/` looks through.
  private static func select(
    _ row: Int, _ state: inout StateModel, _ context: PaneContext
  ) -> [PaneRequest] {
    switch state.subject {
    case .nothing: break
    case .instances(let type):
      state.list.select(row, count: context.shown.world.histories.count(of: type))
    case .instance(let key) where state.tab == .history && state.comparison == nil:
      let here = AggregateHistory.here(key, state, context)
      return stand(by: row + 1 - here, on: key, &state, context)
    case .instance: state.text.select(row, row + 1)
    }
    return []
  }

  /// Stands on another version of the history, which is its moment.
  private static func stand(
    by rows: Int, on key: AggregateKey, _ state: inout StateModel, _ context: PaneContext
  ) -> [PaneRequest] {
    let (here, count) = (
      AggregateHistory.here(key, state, context), AggregateHistory.count(of: key, context)
    )
    let target = max(1, min(here.addingReportingOverflow(rows).partialValue, count))
    guard target != here, rows != 0 else { return [] }
    let timeline = context.shown.timeline
    // A version whose event is in no stream has no moment of its own.
    var version = target
    while (1...count).contains(version) {
      if let position = timeline.head.event(of: key, at: Version(version))?.1,
        let entry = timeline.appendEntry(of: position)
      {
        state.aim = Version(version)
        state.version = nil
        return [.stand(entry)]
      }
      version += rows < 0 ? -1 : 1
    }
    return []
  }

  // MARK: - Opening and comparing

  /// Marks the version stood on, or compares it with the marked one, from the older to the newer.
  private static func mark(_ state: inout StateModel, _ context: PaneContext) {
    guard case .instance(let key) = state.subject, state.comparison == nil else { return }
    let here = Version(AggregateHistory.here(key, state, context))
    guard here.number > 0, here.number <= mostFolded else { return }
    guard let marked = state.marked else {
      state.marked = here
      return
    }
    state.marked = nil
    guard marked != here else { return }
    state.text.reset()
    state.comparison = StateModel.Comparison(first: min(marked, here), second: max(marked, here))
  }

  /// Closes what stands in place of the tab, or forgets the mark; `false` when there is nothing.
  private static func close(_ state: inout StateModel) -> Bool {
    guard state.comparison != nil || state.showsReasons || state.marked != nil else { return false }
    state.comparison = nil
    state.showsReasons = false
    state.marked = nil
    state.text.reset()
    return true
  }

  /// What Enter does: opens an aggregate of the list, shows why commands are refused, or goes to the
  /// event of a version.
  static func open(_ state: StateModel, _ context: PaneContext) -> [PaneRequest] {
    let world = context.shown.world
    switch state.subject {
    case .instances(let type):
      guard let id = world.histories.id(of: type, at: state.list.selected) else { return [] }
      return [.open(.aggregate(AggregateKey(type, id)))]
    case .instance where state.tab == .history: return [.focus(.event)]
    case .nothing, .instance: return []
    }
  }
}
