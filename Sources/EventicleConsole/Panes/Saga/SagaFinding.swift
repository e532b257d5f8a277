import EventicleCore

/// What `/` looks through in Saga: instances, or the steps of one.
extension SagaPane {
  static func findable(_ state: SagaModel, _ context: PaneContext) -> FindableRows {
    switch state.subject {
    case .nothing: return FindableRows(nothing: "No saga is shown that could be looked through.")
    case .instances(let name):
      let rows = SagaRows(name, context.shown)
      return FindableRows(
        rows.count, selected: state.list.selected, at: context.shown, content: name ?? "all sagas"
      ) { row in
        rows.instance(at: row).map { SagaTableColumns.Row($0, rows, context).text } ?? ""
      }
    case .instance(let key):
      let texts = SagaTexts(key: key, state: state, context: context)
      return FindableRows(
        steps(of: key, context), selected: max(0, here(key, state, context) - 1),
        at: context.shown, content: "\(key) \(state.showsWholeState)"
      ) { texts[$0] }
    }
  }

  /// The number of steps of an instance in the newest history.
  static func steps(of key: SagaKey, _ context: PaneContext) -> Int {
    let timeline = context.shown.timeline
    return timeline.steps(of: key, upTo: timeline.last).all
  }
}

/// The texts of an instance's steps, made when the first of them is asked for.
private final class SagaTexts {
  private let key: SagaKey
  private let state: SagaModel
  private let context: PaneContext

  init(key: SagaKey, state: SagaModel, context: PaneContext) {
    (self.key, self.state, self.context) = (key, state, context)
  }

  private lazy var texts: [String] = {
    let history = context.shown.history(of: key, around: 0, reach: ListFind.most)
    var meter = WorkMeter()
    let facts = SagaFacts(history, context.shown, withAuthors: true, &meter)
    let lines = SagaLines.make(
      history, facts, context, width: 200, isSpacious: false,
      showsWholeState: state.showsWholeState)
    return lines.rows.indices.map { step in
      lines.lines[lines.rows[step]].filter { $0.step == step }.map { line in
        [line.left, line.state, line.out].map(\.text.string).joined(separator: "  ")
      }.joined(separator: "  ")
    }
  }()

  subscript(step: Int) -> String { texts.indices.contains(step) ? texts[step] : "" }
}
