import EventicleCore

/// The state and the history of one aggregate, or a table of aggregates.
enum StatePane: Pane {
  static let initial = StateModel()

  /// The greatest number of events of an aggregate whose state is folded for the pane.
  static let mostFolded = 2_000

  static func actions(_ state: StateModel, _ context: PaneContext) -> [Action] {
    let tabs: [Action] = if case .instance = state.subject { [.nextTab] } else { [] }
    return (open(state, context).isEmpty ? [] : [.open]) + tabs
  }

  static func hint(of action: Action, _ state: StateModel, _ context: PaneContext) -> String? {
    guard action == .open else { return nil }
    if case .instance = state.subject { return nil }
    return "open"
  }

  static func listRows(in inside: Size) -> Int { max(0, inside.rows - 1) }

  static func shows(_ subject: PaneSubject) -> Bool {
    switch subject {
    case .aggregates, .aggregate, .version: true
    default: false
    }
  }

  static func lacksSubject(_ state: StateModel) -> Bool { state.subject == .nothing }

  static func folds(_ state: StateModel, _ context: PaneContext) -> [FoldRequest] {
    let rows = listRows(in: context.inside)
    switch state.subject {
    case .nothing: return []
    case .instances(let type):
      let table = AggregateTable(context: context, type: type)
      let count = context.shown.world.histories.count(of: type)
      return TablePane.shown(state.list, rows: rows, count: count).compactMap { row in
        guard let (key, version) = table.aggregate(at: row),
          version.number <= AggregateTable.mostFolded
        else { return nil }
        return .status(key, version)
      }
    case .instance(let key):
      let version = context.shown.world.histories.version(of: key)
      guard version.number > 0 else { return [] }
      var requests: [FoldRequest] = []
      let shown = state.shown(of: version)
      if shown.number <= mostFolded { requests.append(.aggregate(key, shown)) }
      if state.tab == .history,
        let shown = AggregateHistory.shown(state.list, rows: rows, of: version),
        shown.upperBound <= mostFolded
      {
        requests.append(
          .steps(key, from: Version(shown.lowerBound), to: Version(shown.upperBound)))
      }
      return requests
    }
  }

  static func draw(
    _ state: StateModel, _ context: PaneContext, in rect: Rect, on canvas: inout Canvas,
    _ meter: inout WorkMeter
  ) {
    switch state.subject {
    case .nothing:
      let inside = canvas.box(rect, title: "3 State", focused: context.isFocused)
      invitation(context).draw(in: inside, on: &canvas)
    case .instances(let type):
      AggregateTable(context: context, type: type).draw(state.list, in: rect, on: &canvas)
    case .instance(let key): drawInstance(key, state, context, in: rect, on: &canvas, &meter)
    }
  }

  private static func invitation(_ context: PaneContext) -> Sentence {
    let domain = context.shown.domain
    if domain.aggregates.isEmpty {
      return Sentence("The domain \(domain.name) has no aggregates.")
    }
    guard context.shown.world.log.count == 0, let line = context.firstLine else {
      return Sentence(
        "No aggregate is chosen. Pick one in 8 Explore, or select an event in 1 Tail.")
    }
    return Sentence("There is no aggregate yet. :\(line) makes one.")
  }

  // MARK: - One aggregate

  private static func drawInstance(
    _ key: AggregateKey, _ state: StateModel, _ context: PaneContext, in rect: Rect,
    on canvas: inout Canvas, _ meter: inout WorkMeter
  ) {
    let moment = context.shown
    let current = moment.world.histories.version(of: key)
    let version = state.tab == .state ? state.shown(of: current) : current
    let fold = context.folds.aggregate(key, version)
    let word = fold?.state.object?["status"]?.string
    let number =
      version.number == 0 ? "" : version < current ? "  v\(version) of \(current)" : "  v\(version)"
    let title = title(key, number, word, state.tab, columns: rect.columns - 2)
    guard version.number > 0 else {
      let inside = canvas.box(rect, title: title, focused: context.isFocused)
      let isLater = moment.timeline.head.histories.version(of: key).number > 0
      let text = isLater ? "It does not exist yet at the time cursor." : "There is no \(key)."
      return Sentence(text).draw(in: inside, on: &canvas)
    }
    switch state.tab {
    case .history:
      let history = AggregateHistory(context: context, key: key, version: version)
      history.draw(state.list, title: title, in: rect, on: &canvas, &meter)
    case .state:
      let inside = canvas.box(rect, title: title, focused: context.isFocused)
      guard version.number <= mostFolded else {
        let sentence = Sentence(
          "\(version) events are more than the \(mostFolded) that are folded for this pane. "
            + ":agg \(key) shows the state; History lists the events.")
        return sentence.draw(in: inside, on: &canvas)
      }
      ScrolledLines(lines(of: key, version, context, most: state.scroll + inside.rows + 1))
        .draw(from: state.scroll, in: inside, on: &canvas)
    }
  }

  /// The lines of an aggregate's state; empty until it is folded.
  static func lines(
    of key: AggregateKey, _ version: Version, _ context: PaneContext, most: Int = JSONTree.most
  ) -> [StyledLine] {
    guard let fold = context.folds.aggregate(key, version) else { return [] }
    let changes = isSelected(key, version, context) ? fold.changes : []
    return chart(fold.statuses, version) + JSONTree(fold.state, changes: changes, most: most).lines
  }

  /// Whether the event selected in the tail is the aggregate's last one at the cursor.
  private static func isSelected(
    _ key: AggregateKey, _ version: Version, _ context: PaneContext
  ) -> Bool {
    guard let position = context.event,
      context.shown.world.version(of: key, at: position) == version
    else { return false }
    return context.shown.world.event(of: key, at: version)?.1 == position
  }

  /// `3 State  Order order-1  paying  v2  [Now] History`, shortened to fit.
  private static func title(
    _ key: AggregateKey, _ number: String, _ word: String?, _ tab: StateModel.Tab,
    columns: Int
  ) -> DisplayText {
    let tabs = StateModel.Tab.allCases
      .map { $0 == tab ? "[\($0.rawValue)]" : $0.rawValue }.joined(separator: " ")
    let status = word.map { "  \($0)" } ?? ""
    let name = "\(key.type) \(key.id)"
    let texts = [
      "3 State  \(name)\(status)\(number)  \(tabs)", "3 \(name)\(status)\(number)  \(tabs)",
      "3 \(name)\(status)\(number)", "3 \(name)",
    ].map { PaneText.data($0) }
    return texts.first { $0.width <= columns } ?? PaneText.data("3 \(name)")
  }

  /// `history  placed › paying › onHold`; the last status is the present one.
  private static func chart(_ statuses: [AggregateFold.Status], _ version: Version) -> [StyledLine]
  {
    guard !statuses.isEmpty else { return [] }
    var line = StyledLine("  history  ", .uiMuted)
    if version.number > AggregateFold.lastVersions { line.add("… › ", .chartEdge) }
    for (index, status) in statuses.enumerated() {
      let isLast = index == statuses.count - 1
      if index > 0 { line.add(" › ", .chartEdge) }
      line.add(PaneText.data(status.word), isLast ? .chartStateCurrent : .chartStateVisited)
    }
    return [line, .empty]
  }
}
