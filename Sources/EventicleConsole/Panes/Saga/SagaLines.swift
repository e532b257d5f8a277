import EventicleCore

/// The timeline of one saga instance as lines for a width, before drawing.
struct SagaLines: Sendable {
  /// The columns for which the lines were made.
  let columns: SagaColumns
  private(set) var lines: [SagaLine] = []
  /// The lines of each step; those of the last step reach to the end.
  private(set) var rows: [Range<Int>] = []
  /// The rails at the right edge.
  private(set) var rails = RailLayout([], most: 0)

  /// Makes the lines of an instance.
  ///
  /// - Parameters:
  ///   - history: The steps of the instance, or those in a window.
  ///   - context: The time cursor, the clock and the domain.
  ///   - width: The width inside the pane's border.
  ///   - isSpacious: Whether blank lines separate the steps.
  ///   - showsWholeState: Whether each step shows the whole state instead of its changes.
  static func make(
    _ history: SagaHistory, _ facts: SagaFacts, _ context: PaneContext, width: Int,
    isSpacious: Bool, showsWholeState: Bool
  ) -> SagaLines {
    var result = SagaLines(columns: SagaColumns(width: width))
    var tracks = SagaTracks(openBefore: history.armedBefore)
    let past = history.past.all - history.skipped
    for (index, step) in history.steps.enumerated() {
      if index == past { result.lines.append(.rule("later")) }
      let start = result.lines.count
      let block = SagaStepLines(
        step: step, facts, number: history.skipped + index + 1,
        previous: index > 0 ? history.steps[index - 1].instant : nil, columns: result.columns,
        rails: tracks.count(below: step), showsWholeState: showsWholeState)
      for line in block.lines {
        var line = line
        line.step = index
        line.isAhead = step.isAhead
        result.lines.append(line)
      }
      tracks.follow(step, from: start, block.timerRows)
      let isLast = index == history.steps.count - 1
      if isSpacious, !isLast, !step.isAhead, index != past - 1 {
        result.lines.append(SagaLine(shape: result.columns.isStacked ? .wide : .cells))
      }
      result.rows.append(start..<result.lines.count)
    }
    let isWhole = history.skipped + history.steps.count == history.count
    if isWhole, past == history.steps.count, history.instance?.hasEnded == false {
      let rest = SagaRest(history, context, result.columns)
      result.lines.append(rest.rule)
      for (timer, line) in rest.timers {
        tracks.close(timer, row: result.lines.count, isOver: false)
        result.lines.append(line)
      }
      result.lines += rest.events
    }
    result.rails = tracks.layout(lines: result.lines.count, most: result.columns.lanes)
    result.nameHidden()
    if let last = result.rows.indices.last {
      result.rows[last] = result.rows[last].lowerBound..<result.lines.count
    }
    return result
  }

  /// Appends the number of timers without a rail to the line that arms one of them.
  private mutating func nameHidden() {
    for (stretch, lane) in zip(rails.stretches, rails.lanes)
    where lane == nil && lines.indices.contains(stretch.first) {
      let text: DisplayText = "  +\(rails.hidden(in: stretch.first)) T"
      if lines[stretch.first].shape == .cells {
        lines[stretch.first].out.add(text, .kindTimer)
      } else {
        lines[stretch.first].left.add(text, .kindTimer)
      }
    }
  }
}
