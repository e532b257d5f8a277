import EventicleCore

/// The timeline of one saga instance, or a table of instances.
enum SagaPane: Pane {
  static let initial = SagaModel()

  static func actions(_ state: SagaModel, _ context: PaneContext) -> [Action] {
    let open: [Action] = open(state, context).isEmpty ? [] : [.open]
    guard case .instance = state.subject else { return open }
    return [.nextSagaStep] + open + [.diff]
  }

  static func hint(of action: Action, _ state: SagaModel, _ context: PaneContext) -> String? {
    guard action == .open, case .instances = state.subject else { return nil }
    return "open"
  }

  static func listRows(in inside: Size) -> Int { max(0, inside.rows - 1) }

  static func shows(_ subject: PaneSubject) -> Bool {
    switch subject {
    case .sagas, .saga: true
    default: false
    }
  }

  static func lacksSubject(_ state: SagaModel) -> Bool { state.subject == .nothing }

  static func draw(
    _ state: SagaModel, _ context: PaneContext, in rect: Rect, on canvas: inout Canvas,
    _ meter: inout WorkMeter
  ) {
    switch state.subject {
    case .nothing:
      let inside = canvas.box(rect, title: "4 Saga", focused: context.isFocused)
      nothing(context).draw(in: inside, on: &canvas)
    case .instances(let name):
      SagaTable.draw(state.list, name, context, in: rect, on: &canvas, &meter)
    case .instance(let key):
      drawTimeline(of: key, state, context, in: rect, on: &canvas, &meter)
    }
  }

  /// The steps of an instance that can be on screen while one of them is selected.
  private static func history(
    of key: SagaKey, around step: Int, rows: Int, _ context: PaneContext, _ meter: inout WorkMeter
  ) -> SagaHistory {
    let history = context.shown.history(of: key, around: step, reach: rows)
    for step in history.steps {
      meter.entriesRead += 1 + step.outputs.count
      if case .event = step.trigger { meter.eventsRead += 1 }
    }
    return history
  }

  // MARK: - Nothing to show

  /// A sentence about how to get a saga here.
  static func nothing(_ context: PaneContext) -> Sentence {
    let domain = context.shown.domain
    let count = domain.sagas.reduce(0) { $0 + context.shown.world.sagas.count(of: $1.name) }
    if domain.sagas.isEmpty { return Sentence("The domain \(domain.name) has no sagas.") }
    if count > 0 {
      return Sentence("No saga is chosen. Pick one in 8 Explore, or :sagas lists them.")
    }
    return Sentence(
      context.firstLine.map { "No saga has started. :\($0) starts one." }
        ?? "No saga has started. An event it listens to starts one.")
  }

  // MARK: - A timeline

  private static func drawTimeline(
    of key: SagaKey, _ state: SagaModel, _ context: PaneContext, in rect: Rect,
    on canvas: inout Canvas, _ meter: inout WorkMeter
  ) {
    let history = history(of: key, around: state.step, rows: rect.rows, context, &meter)
    let step = max(0, min(state.step, history.count - 1))
    let footer: DisplayText = history.count == 0 ? "" : "step \(step + 1) of \(history.count)"
    let title = SagaTitle.text(of: history, context, columns: rect.columns - 2)
    let inside = canvas.box(rect, title: title, footer: footer, focused: context.isFocused)
    guard !inside.isEmpty else { return }
    guard history.count > 0 else {
      return Sentence("Nothing is recorded of \(history.key). :sagas lists those there are.")
        .draw(in: inside, on: &canvas)
    }
    let queue = inside.rows >= 8 ? SagaQueue.line(of: history, context, &meter) : nil
    let hasHeads = !SagaColumns(width: inside.columns).isStacked && inside.rows >= 6
    let (heads, body) = inside.split(top: hasHeads ? 2 : 0)
    let (room, queueRect) = body.split(bottom: queue == nil ? 0 : 1)
    var lines = SagaLines.make(
      history, context, width: inside.columns, isSpacious: true,
      showsWholeState: state.showsWholeState)
    if lines.lines.count > room.rows - (queue == nil ? 0 : 1) {
      lines = SagaLines.make(
        history, context, width: inside.columns, isSpacious: false,
        showsWholeState: state.showsWholeState)
    }
    let selected = step - history.skipped
    let top = scroll(
      to: selected, from: history.skipped == 0 ? state.scroll : 0, lines, rows: room.rows)
    let drawing = SagaDrawing(lines: lines, selected: context.isFocused ? selected : nil)
    if hasHeads { canvas.within(heads) { drawing.drawHeads(on: &$0) } }
    canvas.within(room) { canvas in
      for row in 0..<min(room.rows, max(0, lines.lines.count - top)) {
        drawing.drawLine(top + row, at: row, on: &canvas)
      }
    }
    // Steps outside the window are taken to have as many lines as those inside have on average.
    let mean = max(1, lines.lines.count / max(1, history.steps.count))
    let after = history.count - history.skipped - history.steps.count
    canvas.scrollbar(
      at: Point(column: rect.endColumn - 1, row: room.row), rows: room.rows,
      first: top + history.skipped * mean, visible: room.rows,
      total: lines.lines.count + (history.skipped + after) * mean)
    if let queue {
      canvas.within(queueRect) { canvas in
        _ = canvas.put(queue, at: Point(column: 1, row: 0), columns: inside.columns - 2)
      }
    }
  }

  /// The first visible line that keeps the selected step on screen.
  private static func scroll(
    to step: Int, from wanted: Int, _ lines: SagaLines, rows: Int
  ) -> Int {
    guard lines.rows.indices.contains(step) else { return 0 }
    let block = lines.rows[step]
    var top = max(0, min(wanted, lines.lines.count - rows))
    if block.upperBound > top + rows { top = block.upperBound - rows }
    if block.lowerBound < top { top = block.lowerBound }
    return max(0, top)
  }
}
