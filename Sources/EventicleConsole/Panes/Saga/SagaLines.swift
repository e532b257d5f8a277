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

  /// The shortest pause that gets a line of its own.
  static let idleThreshold = Interval.seconds(10)

  /// Makes the lines of an instance.
  ///
  /// - Parameters:
  ///   - history: The steps of the instance, or those in a window.
  ///   - context: The time cursor, the clock and the domain.
  ///   - width: The width inside the pane's border.
  ///   - isSpacious: Whether blank lines separate the steps.
  ///   - showsWholeState: Whether each step shows the whole state instead of its changes.
  static func make(
    _ history: SagaHistory, _ context: PaneContext, width: Int, isSpacious: Bool,
    showsWholeState: Bool
  ) -> SagaLines {
    var result = SagaLines(columns: SagaColumns(width: width))
    var tracks = SagaTracks(openBefore: history.armedBefore)
    let past = history.past.all - history.skipped
    let isOver = history.instance?.hasEnded ?? (history.past.all > 0)
    for (index, step) in history.steps.enumerated() {
      if index == past, !isOver { result.addRest(history, context, isSpacious: isSpacious) }
      result.addIdle(before: index, history)
      let start = result.lines.count
      let block = SagaStepLines(
        step: step, number: history.skipped + index + 1,
        previous: index > 0 ? history.steps[index - 1].instant : nil,
        isCursor: index == past - 1, columns: result.columns, rails: tracks.count,
        showsWholeState: showsWholeState)
      for line in block.lines {
        var line = line
        line.step = index
        line.isAhead = step.isAhead
        result.lines.append(line)
      }
      tracks.follow(step, from: start, block.timerRows)
      if isSpacious, !result.columns.isStacked || index == history.steps.count - 1 {
        result.addBlank(ahead: step.isAhead)
      }
      result.rows.append(start..<result.lines.count)
    }
    if history.skipped + history.steps.count == history.count {
      if past == history.steps.count, !isOver {
        result.addRest(history, context, isSpacious: false)
      }
      result.addEnd(history, context, &tracks)
    }
    result.rails = tracks.layout(lines: result.lines.count, most: result.columns.lanes)
    result.nameHidden()
    if let last = result.rows.indices.last {
      result.rows[last] = result.rows[last].lowerBound..<result.lines.count
    }
    return result
  }

  // MARK: - Between and after the steps

  private mutating func addBlank(ahead: Bool) {
    var line = SagaLine(shape: columns.isStacked ? .wide : .cells)
    line.isAhead = ahead
    lines.append(line)
  }

  private mutating func addIdle(before index: Int, _ history: SagaHistory) {
    guard index > 0 else { return }
    let gap = history.steps[index].instant - history.steps[index - 1].instant
    guard gap >= SagaLines.idleThreshold else { return }
    if let last = lines.last, last.isHead == false, last.isBlank { lines.removeLast() }
    var line = SagaLine.rule(
      PaneText.data("\(SagaLines.length(of: gap)) idle"), .timeIdle, "╌")
    line.isAhead = history.steps[index].isAhead
    lines.append(line)
  }

  /// The length of a pause, with tenths of a second below a minute: `30.0s`.
  static func length(of gap: Interval) -> String {
    let brief = gap.brief
    return gap < .minutes(1) && !brief.contains(".") && brief.hasSuffix("s")
      ? "\(brief.dropLast()).0s" : brief
  }

  /// Appends the rule for what has not happened at the cursor, and the events the instance waits
  /// for.
  private mutating func addRest(_ history: SagaHistory, _ context: PaneContext, isSpacious: Bool) {
    let isAtHead = context.shown.isAtHead
    lines.append(.rule(isAtHead ? "not yet happened" : "later", .timeFuture, "┄"))
    guard history.instance != nil else { return }
    let names = context.shown.domain.saga(history.key.saga)?.handledTypes.map(\.text) ?? []
    let label: DisplayText = "waits for  "
    var line = StyledLine(" " + label, .uiMuted)
    let room = columns.width - 2 - 2 * columns.lanes
    var isFirst = true
    for name in names {
      var item = StyledLine()
      item.add(letter: "E", name, .kindEvent)
      if !isFirst, line.width + 2 + item.width > room {
        lines.append(.wide(line))
        line = StyledLine(.spaces(label.width + 1))
        isFirst = true
      }
      if !isFirst { line.add(.spaces(2)) }
      line.add(item)
      isFirst = false
    }
    if !names.isEmpty { lines.append(.wide(line)) }
    if isSpacious, !names.isEmpty { lines.append(.wide(.empty)) }
  }

  /// Appends the armed timers of the instance, or how it ended.
  private mutating func addEnd(
    _ history: SagaHistory, _ context: PaneContext, _ tracks: inout SagaTracks
  ) {
    let head = context.shown.timeline.head
    let armed = (head.sagas.instance(history.key)?.timers ?? [])
      .compactMap { head.timers.timer(TimerKey(history.key, $0)) }
      .sorted { ($0.due, $0.sequence) < ($1.due, $1.sequence) }
    var label: DisplayText = " will fire  "
    for timer in armed {
      var line = StyledLine(label, .uiMuted)
      line.add(letter: "T", timer.key.name, .kindTimer)
      let wait = timer.due - context.now
      line.add(PaneText.data(wait.milliseconds > 0 ? " in \(wait.brief)" : " now"))
      line.add(PaneText.data(" (\(TimeText.due(timer.due, from: context.now)))"), .uiMuted)
      tracks.close(timer.key.name, row: lines.count, isOver: false)
      var wide = SagaLine.wide(line)
      wide.pointsIn = true
      // A timer armed after the time cursor is part of the future, like the step that arms it.
      wide.isAhead = !history.timers.contains { $0 == timer }
      lines.append(wide)
      label = .spaces(label.width)
    }
    guard let last = history.steps.last else { return }
    for case .ended(let kept) in last.outputs {
      var line = SagaLine.rule(
        PaneText.data("ended \(CivilTime(last.instant).clockText), \(kept ? "kept" : "removed")"),
        .statusEnded, last.isAhead ? "┄" : "─")
      line.isAhead = last.isAhead
      lines.append(line)
    }
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

extension SagaLine {
  /// Whether the line is blank.
  var isBlank: Bool {
    left.isEmpty && state.isEmpty && mark.isEmpty && out.isEmpty && outMark == .none
  }
}
