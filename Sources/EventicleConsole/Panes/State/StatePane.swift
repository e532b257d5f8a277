import EventicleCore

/// The state and the history of one aggregate, or a table of aggregates.
enum StatePane: Pane {
  static let initial = StateModel()

  /// The greatest number of events of an aggregate whose state is folded for the pane.
  static let mostFolded = 2_000

  static func actions(_ state: StateModel, _ context: PaneContext) -> [Action] {
    guard case .instance(let key) = state.subject else {
      return open(state, context).isEmpty ? [] : [.open]
    }
    if state.comparison != nil || state.showsReasons { return [.cancel] }
    switch state.tab {
    case .history: return [.diff, .open, .nextTab]
    case .state: return (hasReasons(key, state, context) ? [.open] : []) + [.nextTab]
    }
  }

  static func hint(of action: Action, _ state: StateModel, _ context: PaneContext) -> String? {
    switch (action, state.subject) {
    case (.open, .instance): state.tab == .state ? "why refused" : "event"
    case (.open, _): "open"
    case (.diff, _): state.marked == nil ? "mark" : "compare"
    case (.cancel, _): "back"
    case (.nextTab, .instance): state.tab == .state ? "history" : "now"
    default: nil
    }
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
    switch state.subject {
    case .nothing: return []
    case .instances(let type):
      let table = AggregateTable(context: context, type: type)
      let count = context.shown.world.histories.count(of: type)
      let rows = listRows(in: context.inside)
      let shown = ShownRows(count, context.find)
      let top = shown.cursor(state.list, visible: rows).top
      return (top..<top + max(0, rows)).compactMap { place in
        guard case .row(let row) = shown.row(at: place),
          let (key, version) = table.aggregate(at: row),
          version.number <= AggregateTable.mostFolded
        else { return nil }
        return .status(key, version)
      }
    case .instance(let key): return folds(of: key, state, context)
    }
  }

  private static func folds(
    of key: AggregateKey, _ state: StateModel, _ context: PaneContext
  ) -> [FoldRequest] {
    if let comparison = state.comparison { return HistoryComparison.folds(key, comparison) }
    let rows = listRows(in: context.inside)
    let version = context.shown.world.histories.version(of: key)
    var requests: [FoldRequest] = []
    let shown = state.tab == .state ? state.shown(of: version) : version
    if shown.number > 0, shown.number <= mostFolded {
      requests.append(.aggregate(key, shown))
      if state.tab == .state, context.canTry, StateLines.isPresent(key, shown, context) {
        requests.append(.commands(key, shown, at: context.shown.cursor.entry))
      }
    }
    if state.tab == .history {
      let versions = AggregateHistory.shown(of: key, state, context, visible: rows)
      requests += AggregateHistory.stretches(versions).filter { $0.upperBound <= mostFolded }.map {
        .steps(key, from: Version($0.lowerBound), to: Version($0.upperBound))
      }
    }
    return requests
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

        "No aggregate is chosen. Pick one in \(context.keymap.label(of: .pane8)) Explore, or select an "
          + "event in \(context.keymap.label(of: .pane1)) Tail.")
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
    let number =
      version.number == 0 ? "" : version < current ? "  v\(version) of \(current)" : "  v\(version)"
    let title = StateTitle.text(
      key, version: number, status: fold?.word, state.tab,
      isSeen: context.shown.domain.isInferred, columns: rect.columns - 2)
    let found =
      ShownRows(0, context.find).footer(ListCursor(selected: state.text.line)) ?? DisplayText.empty
    if state.tab == .history, AggregateHistory.count(of: key, context) > 0 {
      guard let comparison = state.comparison else {
        return AggregateHistory(context: context, key: key, state: state)
          .draw(title: title, in: rect, on: &canvas, &meter)
      }
      let inside = canvas.box(rect, title: title, footer: found, focused: context.isFocused)
      let lines = HistoryComparison.lines(of: key, comparison, context.folds, context.keymap)
      return state.text.draw(
        lines, context.find, selection: context.selection, margin: 1, in: inside, on: &canvas)
    }
    let inside = canvas.box(rect, title: title, footer: found, focused: context.isFocused)
    guard version.number > 0 else {
      let isLater = AggregateHistory.count(of: key, context) > 0
      let text = isLater ? "It does not exist yet at the time cursor." : "There is no \(key)."
      return Sentence(text).draw(in: inside, on: &canvas)
    }
    guard version.number <= mostFolded else {
      let sentence = Sentence(
        "\(version) events are more than the \(mostFolded) that are folded for this pane. "
          + ":agg \(key) shows the state; History lists the events.")
      return sentence.draw(in: inside, on: &canvas)
    }
    let lines = StateLines(
      key: key, version: version, context: context, showsReasons: state.showsReasons,
      most: context.find == nil ? state.text.scroll + inside.rows + 1 : JSONTree.most)
    state.text.draw(
      lines.lines(in: inside.size), context.find, selection: context.selection, margin: 1,
      in: inside, on: &canvas)
  }

  /// Whether commands were refused whose sentences can be shown.
  static func hasReasons(
    _ key: AggregateKey, _ state: StateModel, _ context: PaneContext
  ) -> Bool {
    let version = state.shown(of: context.shown.world.histories.version(of: key))
    let trials = context.folds.commands(key, version, at: context.shown.cursor.entry)
    return trials?.allRefused.isEmpty == false
  }
}
