import EventicleCore

extension SagaPane {
  static func update(
    _ input: PaneInput, _ state: inout SagaModel, _ context: PaneContext
  ) -> [PaneRequest]? {
    switch input {
    case .move(let rows): return move(by: rows, &state, context)
    case .click(let row): click(row, &state, context)
    case .reveal:
      guard case .instances(let name) = state.subject else { return [] }
      state.list.reveal(
        visible: listRows(in: context.inside), count: SagaRows(name, context.shown).count)
    case .show(.sagas(let name)): look(at: .instances(name), &state)
    case .show(.saga(let key)): look(at: .instance(key), &state)
    case .follow(.saga(let key)):
      state.aim = nil
      if state.subject != .instance(key) { look(at: .instance(key), &state) }
    case .moment where !context.isSeeking: state.aim = nil
    case .action(.open): return open(state, context)
    case .action(.diff): state.showsWholeState.toggle()
    case .action(.nextTab), .action(.previousTab): turn(&state, context)
    default: return nil
    }
    return []
  }

  private static func move(
    by rows: Int, _ state: inout SagaModel, _ context: PaneContext
  ) -> [PaneRequest] {
    switch state.subject {
    case .instances(let name):
      state.list.move(by: rows, count: SagaRows(name, context.shown).count)
    case .instance(let key):
      // Standing on a step is its moment.
      let timeline = context.shown.timeline
      let count = timeline.steps(of: key, upTo: timeline.last).all
      let here = here(key, state, context)
      let target = max(1, min(here.addingReportingOverflow(rows).partialValue, count))
      guard target != here, let entry = timeline.step(target, of: key) else { return [] }
      state.aim = target
      return [.stand(entry)]
    case .nothing: break
    }
    return []
  }

  private static func click(_ row: Int, _ state: inout SagaModel, _ context: PaneContext) {
    guard case .instances(let name) = state.subject, row >= 1 else { return }
    let count = SagaRows(name, context.shown).count
    if count > 0 { state.list.select(state.list.top + row - 1, count: count) }
  }

  private static func look(at subject: SagaModel.Subject, _ state: inout SagaModel) {
    var last = state.last
    if case .instance(let key) = state.subject { last = key }
    state = SagaModel(subject: subject, showsWholeState: state.showsWholeState, last: last)
  }

  /// Goes from an instance to the list of all, and back.
  private static func turn(_ state: inout SagaModel, _ context: PaneContext) {
    switch state.subject {
    case .instance(let key):
      look(at: .instances(nil), &state)
      let rows = SagaRows(nil, context.shown)
      state.list.select(rows.row(of: key), count: rows.count)
    case .instances: if let key = state.last { look(at: .instance(key), &state) }
    case .nothing: break
    }
  }

  static func open(_ state: SagaModel, _ context: PaneContext) -> [PaneRequest] {
    switch state.subject {
    case .instances(let name):
      let rows = SagaRows(name, context.shown)
      return rows.instance(at: state.list.selected).map { [.open(.saga($0.key))] } ?? []
    case .instance: return [.focus(.event)]
    case .nothing: return []
    }
  }
}
