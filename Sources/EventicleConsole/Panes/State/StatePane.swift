import EventicleCore

/// The state and the history of one aggregate, a table of aggregates, or the rows of a view.
enum StatePane {
  /// Draws the pane.
  static func draw(
    _ model: Model, in rect: Rect, focused: Bool, on canvas: inout Canvas, _ meter: inout WorkMeter
  ) {
    switch model.aggregate.subject {
    case .nothing:
      let inside = canvas.box(rect, title: "4 Aggregate", focused: focused)
      SagaPane.draw(sentence: invitation(model), in: inside, on: &canvas)
    case .instances(let type):
      AggregateTable(model: model, subject: .aggregates(type), focused: focused)
        .draw(in: rect, on: &canvas, &meter)
    case .rows(let view):
      AggregateTable(model: model, subject: .view(view), focused: focused)
        .draw(in: rect, on: &canvas, &meter)
    case .row(let view, let key):
      drawRow(model, RecordKey(view, key), in: rect, focused: focused, on: &canvas, &meter)
    case .instance(let key):
      drawInstance(model, key, in: rect, focused: focused, on: &canvas, &meter)
    }
  }

  private static func invitation(_ model: Model) -> String {
    let domain = model.shown.domain
    if domain.aggregates.isEmpty { return "The domain \(domain.name) has no aggregates." }
    guard model.shown.world.log.count == 0, let line = StartLines.first(for: domain) else {
      return "No aggregate is chosen. Pick one in 1 Explore, or select an event in 2 Tail."
    }
    return "There is no aggregate yet. :\(line) makes one."
  }

  // MARK: - One aggregate

  private static func drawInstance(
    _ model: Model, _ key: AggregateKey, in rect: Rect, focused: Bool, on canvas: inout Canvas,
    _ meter: inout WorkMeter
  ) {
    let version = model.shown.world.histories.version(of: key)
    let fold = AggregateFold(key, model.shown, upTo: version, &meter)
    let word = fold?.state.object?["status"]?.string
    let title = title(key, version, word, model.aggregate.tab, columns: rect.columns - 2)
    guard version.number > 0 else {
      let inside = canvas.box(rect, title: title, focused: focused)
      let isLater = model.shown.timeline.head.histories.version(of: key).number > 0
      let sentence = isLater ? "It does not exist yet at the time cursor." : "There is no \(key)."
      return SagaPane.draw(sentence: sentence, in: inside, on: &canvas)
    }
    switch model.aggregate.tab {
    case .history:
      let history = AggregateHistory(model: model, key: key, version: version, focused: focused)
      history.draw(title: title, in: rect, on: &canvas, &meter)
    case .state:
      let inside = canvas.box(rect, title: title, focused: focused)
      guard let fold else {
        let sentence =
          "\(version) events are more than the \(AggregateFold.most) folded for one drawing. "
          + ":agg \(key) shows the state; History lists the events."
        return SagaPane.draw(sentence: sentence, in: inside, on: &canvas)
      }
      let changes = isSelected(key, version, model) ? fold.changes : []
      let scroll = model.aggregate.scroll
      let most = min(scroll, 10_000) + inside.rows + 1
      let head = chart(fold.statuses, version)
      let tree = StateTree(fold.state, changes: changes, most: most).lines
      draw(head + tree, scroll: scroll, in: inside, on: &canvas, &meter)
    }
  }

  /// Whether the event selected in the tail is the aggregate's last one at the cursor.
  private static func isSelected(_ key: AggregateKey, _ version: Version, _ model: Model) -> Bool {
    guard let position = model.selectedPosition,
      model.shown.world.version(of: key, at: position) == version
    else { return false }
    return model.shown.world.event(of: key, at: version)?.1 == position
  }

  /// `4 Aggregate Order/order-1  v2  paying  [State] History`, with less where that is too long.
  private static func title(
    _ key: AggregateKey, _ version: Version, _ word: String?, _ tab: StateModel.Tab,
    columns: Int
  ) -> DisplayText {
    let tabs = StateModel.Tab.allCases
      .map { $0 == tab ? "[\($0.rawValue)]" : $0.rawValue }.joined(separator: " ")
    let number = version.number > 0 ? "  v\(version)" : ""
    let status = word.map { "  \($0)" } ?? ""
    let texts = [
      "4 Aggregate \(key)\(number)\(status)  \(tabs)", "4 \(key)\(number)\(status)  \(tabs)",
      "4 \(key)\(number)\(status)", "4 \(key)",
    ].map { SagaText.data($0) }
    return texts.first { $0.width <= columns } ?? SagaText.data("4 \(key)")
  }

  /// `history  placed › paying › onHold`, the last one being the present.
  private static func chart(_ statuses: [AggregateFold.Status], _ version: Version) -> [SagaText] {
    guard !statuses.isEmpty else { return [] }
    var line = SagaText("  history  ", .uiMuted)
    if version.number > AggregateFold.lastVersions { line.add("… › ", .chartEdge) }
    for (index, status) in statuses.enumerated() {
      let isLast = index == statuses.count - 1
      if index > 0 { line.add(" › ", .chartEdge) }
      line.add(SagaText.data(status.word), isLast ? .chartStateCurrent : .chartStateVisited)
    }
    return [line, .empty]
  }

  // MARK: - One row of a view

  private static func drawRow(
    _ model: Model, _ key: RecordKey, in rect: Rect, focused: Bool, on canvas: inout Canvas,
    _ meter: inout WorkMeter
  ) {
    let inside = canvas.box(rect, title: SagaText.data("4 View \(key)"), focused: focused)
    guard let record = model.shown.world.record(key) else {
      return SagaPane.draw(
        sentence: "The view has no such row at the time cursor.", in: inside, on: &canvas)
    }
    let scroll = model.aggregate.scroll
    let most = min(scroll, 10_000) + inside.rows + 1
    let lines = StateTree(record.content, most: most).lines
    draw(lines, scroll: scroll, in: inside, on: &canvas, &meter)
  }

  private static func draw(
    _ lines: [SagaText], scroll: Int, in inside: Rect, on canvas: inout Canvas,
    _ meter: inout WorkMeter
  ) {
    let top = max(0, min(scroll, lines.count - inside.rows))
    if top < scroll { meter.aggregateTop = top }
    canvas.within(inside) { canvas in
      for row in 0..<min(inside.rows, max(0, lines.count - top)) {
        canvas.put(lines[top + row], at: Point(column: 0, row: row), columns: inside.columns - 1)
      }
    }
  }
}
