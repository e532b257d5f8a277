import EventicleCore

extension SagaPane {
  static func update(
    _ input: PaneInput, _ state: inout SagaModel, _ context: PaneContext
  ) -> [PaneRequest]? {
    switch input {
    case .move(let rows): return move(by: rows, &state, context)
    case .click(let row): click(row, &state, context)
    case .select(let row): return select(row, &state, context)
    case .reveal:
      guard case .instances(let name) = state.subject else { return [] }
      ShownRows(SagaRows(name, context.shown).count, context.find)
        .reveal(&state.list, visible: listRows(in: context.inside))
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
      ShownRows(SagaRows(name, context.shown).count, context.find).move(&state.list, by: rows)
    case .instance(let key):
      let here = here(key, state, context)
      guard context.find?.isFolded == true else {
        return stand(on: here.addingReportingOverflow(rows).partialValue, of: key, &state, context)
      }
      var list = ListCursor(selected: max(0, here - 1))
      ShownRows(steps(of: key, context), context.find).move(&list, by: rows)
      return stand(on: list.selected + 1, of: key, &state, context)
    case .nothing: break
    }
    return []
  }

  /// Stands on a step, by its number from 1, which is its moment.
  private static func stand(
    on step: Int, of key: SagaKey, _ state: inout SagaModel, _ context: PaneContext
  ) -> [PaneRequest] {
    let target = max(1, min(step, steps(of: key, context)))
    guard target != here(key, state, context),
      let entry = context.shown.timeline.step(target, of: key)
    else { return [] }
    state.aim = target
    return [.stand(entry)]
  }

  /// Selects one of the rows that `/` looks through.
  private static func select(
    _ row: Int, _ state: inout SagaModel, _ context: PaneContext
  ) -> [PaneRequest] {
    switch state.subject {
    case .instances(let name):
      state.list.select(row, count: SagaRows(name, context.shown).count)
      return []
    case .instance(let key): return stand(on: row + 1, of: key, &state, context)
    case .nothing: return []
    }
  }

  private static func click(_ row: Int, _ state: inout SagaModel, _ context: PaneContext) {
    guard case .instances(let name) = state.subject, row >= 1 else { return }
    ShownRows(SagaRows(name, context.shown).count, context.find)
      .click(&state.list, at: state.list.top + row - 1)
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
