import EventicleCore

extension SagaPane {
  /// Draws the timeline of an instance, with the step stood on in sight.
  static func drawTimeline(
    of key: SagaKey, _ state: SagaModel, _ context: PaneContext, in rect: Rect,
    on canvas: inout Canvas, _ meter: inout WorkMeter
  ) {
    let here = here(key, state, context)
    let around = max(0, here - 1)
    // What was found may be far apart, with little between while the rest is folded.
    let reach = context.find?.isFolded == true ? max(rect.rows, mostFound) : rect.rows
    let history = history(of: key, around: around, rows: reach, context, &meter)
    let footer: DisplayText =
      history.count == 0
      ? ""
      : ShownRows(history.count, context.find).footer(ListCursor(selected: here - 1))
        ?? "step \(here) of \(history.count)"
    let title = SagaTitle.text(of: history, context, columns: rect.columns - 2)
    let inside = canvas.box(rect, title: title, footer: footer, focused: context.isFocused)
    guard !inside.isEmpty else { return }
    guard history.count > 0 else {
      return Sentence("Nothing is recorded of \(history.key). :sagas lists those there are.")
        .draw(in: inside, on: &canvas)
    }
    let columns = SagaColumns(width: inside.columns)
    let track = SagaTrack(history, context)
    let queue = inside.rows >= 8 ? SagaQueue.line(of: history, context, &meter) : nil
    let hasTrack = !track.isEmpty && inside.rows >= 5
    let hasRule = hasTrack && inside.rows >= 10
    let hasHeads = !columns.isStacked && inside.rows >= 6
    let heads = [hasTrack, hasRule, hasHeads].count { $0 }
    let (top, body) = inside.split(top: heads)
    let (room, queueRect) = body.split(bottom: queue == nil ? 0 : 1)
    let facts = SagaFacts(
      history, context.shown, withAuthors: columns.isRoomy || columns.isStacked, &meter)
    func make(spacious: Bool) -> SagaLines {
      SagaLines.make(
        history, facts, context, width: inside.columns, isSpacious: spacious,
        showsWholeState: state.showsWholeState)
    }
    var lines = make(spacious: true)
    if lines.lines.count > room.rows { lines = make(spacious: false) }
    let selected = here - 1 - history.skipped
    let shown = SagaShownLines(lines, skipped: history.skipped, context.find)
    let first = scroll(
      to: max(0, selected), from: history.skipped == 0 ? state.scroll : 0, shown, lines,
      rows: room.rows)
    let drawing = SagaDrawing(
      lines: lines, shown: shown, here: here > 0 ? selected : nil,
      selection: context.isFocused ? .uiSelection : nil)
    canvas.within(top) { canvas in
      var row = 0
      if hasTrack {
        canvas.put(track.line(columns: inside.columns), at: Point(column: 0, row: row))
        row += 1
      }
      for (isShown, draw) in [(hasRule, drawing.drawRule), (hasHeads, drawing.drawHeads)]
      where isShown {
        canvas.within(Rect(column: 0, row: row, columns: inside.columns, rows: 1)) { draw(&$0) }
        row += 1
      }
    }
    canvas.within(room) { canvas in
      for row in 0..<min(room.rows, max(0, shown.count - first)) {
        drawing.drawLine(first + row, at: row, on: &canvas)
      }
    }
    // Steps outside the window are taken to have as many lines as those inside have on average.
    let mean = max(1, lines.lines.count / max(1, history.steps.count))
    let after = history.count - history.skipped - history.steps.count
    canvas.scrollbar(
      at: Point(column: rect.endColumn - 1, row: room.row), rows: room.rows,
      first: first + history.skipped * mean, visible: room.rows,
      total: lines.lines.count + (history.skipped + after) * mean)
    if let queue {
      canvas.within(queueRect) { canvas in
        _ = canvas.put(queue, at: Point(column: 1, row: 0), columns: inside.columns - 2)
      }
    }
  }

  /// The most steps on each side that are read while the rest is folded.
  private static let mostFound = 500

  /// The first visible line that keeps the selected step on screen.
  private static func scroll(
    to step: Int, from wanted: Int, _ shown: SagaShownLines, _ lines: SagaLines, rows: Int
  ) -> Int {
    guard lines.rows.indices.contains(step) else { return 0 }
    let block = shown.places(of: lines.rows[step])
    var top = max(0, min(wanted, shown.count - rows))
    if block.upperBound > top + rows { top = block.upperBound - rows }
    if block.lowerBound < top { top = block.lowerBound }
    return max(0, top)
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
}
