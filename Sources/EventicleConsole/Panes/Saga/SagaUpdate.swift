import EventicleCore

extension SagaPane {
  static func update(
    _ input: PaneInput, _ state: inout SagaModel, _ context: PaneContext
  ) -> [PaneRequest]? {
    switch input {
    case .move(let rows): move(by: rows, &state, context)
    case .click: break
    case .reveal:
      guard case .instances(let name) = state.subject else { return [] }
      state.list.reveal(
        visible: listRows(in: context.inside), count: SagaRows(name, context.shown).count)
    case .show(.sagas(let name)): look(at: .instances(name), &state, context)
    case .show(.saga(let key)): look(at: .instance(key), &state, context)
    case .follow(.saga(let key)):
      if state.subject != .instance(key) {
        look(at: .instance(key), &state, context)
      } else {
        selectStep(&state, context)
      }
    case .moment: selectStep(&state, context)
    case .action(.open): return open(state, context)
    case .action(.diff): state.showsWholeState.toggle()
    default: return nil
    }
    return []
  }

  private static func move(by rows: Int, _ state: inout SagaModel, _ context: PaneContext) {
    switch state.subject {
    case .instances(let name):
      state.list.move(by: rows, count: SagaRows(name, context.shown).count)
    case .instance(let key):
      let timeline = context.shown.timeline
      let count = timeline.steps(of: key, upTo: timeline.last).all
      state.step = max(0, min(state.step.addingReportingOverflow(rows).partialValue, count - 1))
    case .nothing: break
    }
  }

  private static func look(
    at subject: SagaModel.Subject, _ state: inout SagaModel, _ context: PaneContext
  ) {
    state = SagaModel(subject: subject, showsWholeState: state.showsWholeState)
    selectStep(&state, context)
  }

  /// Selects the step at the time cursor.
  private static func selectStep(_ state: inout SagaModel, _ context: PaneContext) {
    guard case .instance(let key) = state.subject else { return }
    let past = context.shown.timeline.steps(of: key, upTo: context.shown.cursor.entry).all
    state.step = max(0, past - 1)
  }

  static func open(_ state: SagaModel, _ context: PaneContext) -> [PaneRequest] {
    switch state.subject {
    case .instances(let name):
      let rows = SagaRows(name, context.shown)
      return rows.instance(at: state.list.selected).map { [.open(.saga($0.key))] } ?? []
    case .instance(let key):
      return context.shown.timeline.step(state.step + 1, of: key).map { [.run("goto \($0)")] } ?? []
    case .nothing: return []
    }
  }
}
