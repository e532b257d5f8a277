import EventicleCore

/// The life of one saga instance as a timeline, or a table of instances.
enum SagaPane {
  /// Draws the pane.
  static func draw(
    _ model: Model, in rect: Rect, focused: Bool, on canvas: inout Canvas, _ meter: inout WorkMeter
  ) {
    switch model.saga.subject {
    case .nothing:
      let inside = canvas.box(rect, title: "5 Saga", focused: focused)
      drawNothing(model, in: inside, on: &canvas)
    case .instances(let name):
      SagaTable.draw(model, name, in: rect, focused: focused, on: &canvas, &meter)
    case .instance(let key):
      let history = history(of: key, model, &meter)
      drawTimeline(history, model, in: rect, focused: focused, on: &canvas, &meter)
    }
  }

  /// How many lines the timeline has without blank ones; 0 when no instance is shown.
  ///
  /// - Parameter columns: The columns inside of the border.
  static func lineCount(_ model: Model, columns: Int) -> Int {
    lines(model, columns: columns)?.lines.count ?? 0
  }

  /// The first line of a step of the timeline without blank lines.
  static func line(ofStep step: Int, _ model: Model, columns: Int) -> Int {
    lines(model, columns: columns)?.line(ofStep: step) ?? 0
  }

  private static func lines(_ model: Model, columns: Int) -> SagaLines? {
    guard case .instance(let key) = model.saga.subject else { return nil }
    return SagaLines.make(
      model.shown.history(of: key), model, width: columns, isSpacious: false)
  }

  private static func history(
    of key: SagaKey, _ model: Model, _ meter: inout WorkMeter
  ) -> SagaHistory {
    let history = model.shown.history(of: key)
    meter.entriesRead += model.shown.timeline.entryCount(of: key)
    for step in history.steps {
      meter.entriesRead += step.outputs.count
      if case .event = step.trigger { meter.eventsRead += 1 }
    }
    return history
  }

  // MARK: - Nothing to show

  /// Says how to get a saga here.
  static func drawNothing(_ model: Model, in inside: Rect, on canvas: inout Canvas) {
    let domain = model.shown.domain
    let count = domain.sagas.reduce(0) { $0 + model.shown.world.sagas.count(of: $1.name) }
    let sentence: String
    if domain.sagas.isEmpty {
      sentence = "The domain \(domain.name) has no sagas."
    } else if count > 0 {
      sentence = "No saga is chosen. Pick one in 1 Explore, or :sagas lists them."
    } else if let line = StartLines.first(for: domain) {
      sentence = "No saga has started. :\(line) starts one."
    } else {
      sentence = "No saga has started. An event it listens to starts one."
    }
    draw(sentence: sentence, in: inside, on: &canvas)
  }

  /// Draws a calm sentence at the top of a pane.
  static func draw(sentence: String, in inside: Rect, on canvas: inout Canvas) {
    canvas.within(inside) { canvas in
      let room = inside.columns - 2
      for (row, line) in SagaText.wrapped(sentence, .uiMuted, columns: room, most: 6).enumerated() {
        canvas.put(line, at: Point(column: 1, row: row + (inside.rows > 6 ? 1 : 0)))
      }
    }
  }

  // MARK: - A timeline

  private static func drawTimeline(
    _ history: SagaHistory, _ model: Model, in rect: Rect, focused: Bool,
    on canvas: inout Canvas, _ meter: inout WorkMeter
  ) {
    let step = max(0, min(model.saga.step, history.steps.count - 1))
    let footer: DisplayText =
      history.steps.isEmpty ? "" : "step \(step + 1)/\(history.steps.count)"
    let title = SagaTitle.text(of: history, model, columns: rect.columns - 2)
    let inside = canvas.box(rect, title: title, footer: footer, focused: focused)
    guard !inside.isEmpty else { return }
    guard !history.steps.isEmpty else {
      return draw(
        sentence: "Nothing is recorded of \(history.key). :sagas lists those there are.",
        in: inside, on: &canvas)
    }
    let queue = inside.rows >= 8 ? SagaQueue.line(of: history, model, &meter) : nil
    let hasHeads = !SagaColumns(width: inside.columns).isStacked && inside.rows >= 6
    let (heads, body) = inside.split(top: hasHeads ? 2 : 0)
    let (room, queueRect) = body.split(bottom: queue == nil ? 0 : 1)
    var lines = SagaLines.make(history, model, width: inside.columns, isSpacious: true)
    if lines.lines.count > room.rows - (queue == nil ? 0 : 1) {
      lines = SagaLines.make(history, model, width: inside.columns, isSpacious: false)
    }
    let top = scroll(to: step, from: model.saga.scroll, lines, rows: room.rows)
    let drawing = SagaDrawing(lines: lines, selected: focused ? step : nil)
    if hasHeads { canvas.within(heads) { drawing.drawHeads(on: &$0) } }
    canvas.within(room) { canvas in
      for row in 0..<min(room.rows, max(0, lines.lines.count - top)) {
        drawing.drawLine(top + row, at: row, on: &canvas)
      }
    }
    canvas.scrollbar(
      at: Point(column: rect.endColumn - 1, row: room.row), rows: room.rows, first: top,
      visible: room.rows, total: lines.lines.count)
    if let queue {
      canvas.within(queueRect) { canvas in
        _ = canvas.put(queue, at: Point(column: 1, row: 0), columns: inside.columns - 2)
      }
    }
  }

  /// The first line to show so that the selected step is on screen.
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
