import EventicleCore

/// The lines of one step.
struct SagaStepLines: Sendable {
  /// The lines; the first names the trigger and the resulting state.
  private(set) var lines: [SagaLine] = []
  /// The line of each output about a timer, by the output's index.
  private(set) var timerRows: [Int: Int] = [:]

  private let columns: SagaColumns
  private let step: SagaHistory.Step
  private let number: Int
  private let previous: Instant?
  private let isCursor: Bool
  /// The number of columns that rails may take at the right edge.
  private let railColumns: Int

  /// Makes the lines of a step.
  ///
  /// - Parameters:
  ///   - number: The step's number, from 1.
  ///   - previous: The time of the previous step.
  ///   - isCursor: Whether this is the last step at or before the time cursor.
  ///   - rails: The number of timers armed before the step.
  init(
    step: SagaHistory.Step, number: Int, previous: Instant?, isCursor: Bool,
    columns: SagaColumns, rails: Int, showsWholeState: Bool
  ) {
    self.step = step
    self.number = number
    self.previous = previous
    self.isCursor = isCursor
    self.columns = columns
    let armed = step.outputs.count { if case .armed = $0 { true } else { false } }
    railColumns = 2 * min(columns.lanes, rails + armed)
    let states = problemLines + SagaStateLines.lines(of: step, whole: showsWholeState)
    if columns.isStacked { stack(states) } else { lay(states) }
    lines[0].isHead = true
  }

  // MARK: - Three cells

  private mutating func lay(_ states: [StyledLine]) {
    var head = SagaLine()
    head.left = trigger
    head.state = word
    if isCursor { head.mark = StyledLine("◄ here", .timeCursor) }
    if case .timer = step.trigger {
      head.outMark = .takes
      head.pointsIn = true
    }
    lines = [head]
    var second = SagaLine()
    second.left = time.indented(by: 2)
    lines.append(second)
    for (index, text) in states.enumerated() {
      reach(index + 1)
      lines[index + 1].state = text.indented(by: 2)
    }
    var row = 1
    for (index, output) in step.outputs.enumerated() {
      timerRows[index] = row
      let parts = SagaOutputLines.lines(of: output, step, columns, railColumns)
      for (place, part) in parts.enumerated() {
        reach(row)
        lines[row].out = place == 0 ? part : part.indented(by: columns.outIndent)
        if place == 0, !output.isEnd { lines[row].outMark = .gives }
        row += 1
      }
    }
  }

  private mutating func reach(_ row: Int) {
    while lines.count <= row { lines.append(SagaLine()) }
  }

  // MARK: - Stacked cells

  private mutating func stack(_ states: [StyledLine]) {
    var head = StyledLine("\(number) ", .uiMuted)
    head.add(trigger)
    head.add(.spaces(2))
    head.add(time)
    lines = [.wide(head)]
    if case .timer = step.trigger { lines[0].pointsIn = true }
    var line = SagaLine.wide(word.indented(by: 2))
    if isCursor { line.mark = StyledLine("◄ here", .timeCursor) }
    lines.append(line)
    lines += states.map { .wide($0.indented(by: 4)) }
    for (index, output) in step.outputs.enumerated() {
      timerRows[index] = lines.count
      let parts = SagaOutputLines.lines(of: output, step, columns, railColumns)
      for (place, part) in parts.enumerated() {
        var text = StyledLine(place == 0 && !output.isEnd ? "  ►" : "   ", .uiBorder)
        text.add(place == 0 ? part : part.indented(by: 2))
        lines.append(.wide(text))
      }
    }
  }

  // MARK: - Texts

  /// The trigger of the step.
  private var trigger: StyledLine {
    var text = StyledLine()
    let hasFailed = step.problem != nil
    switch step.trigger {
    case .event(let position, let type):
      text.add("E ", hasFailed ? .statusError : .kindEvent)
      text.add(PaneText.data("\(position) "), hasFailed ? .statusError : .uiMuted)
      text.add(PaneText.data(type.text), hasFailed ? .statusError : .kindEvent)
    case .timer(let name):
      text.add(letter: "T", name, hasFailed ? .statusError : .kindTimer)
      text.add(" fired", hasFailed ? .statusError : .uiText)
    }
    return text
  }

  /// The time of the first step; for later steps, the time since the step before.
  private var time: StyledLine {
    var text = StyledLine()
    if let previous {
      text.add(PaneText.data("+\((step.instant - previous).brief)"), .uiMuted)
    } else {
      text.add(PaneText.data(CivilTime(step.instant).timeText), .uiMuted)
    }
    if step.isByUser { text.add("  * by you", .uiMuted) }
    return text
  }

  /// The state of the instance after the step, in a word.
  private var word: StyledLine {
    var text = StyledLine(columns.isStacked ? "" : "\(number) ", .uiMuted)
    if step.problem != nil {
      text.add("✗ failed", .statusError)
    } else if let status = step.data.object?["status"]?.string, !status.isEmpty {
      text.add(PaneText.data(status), .kindSaga)
    } else {
      text.add(number == 1 ? "started" : "step", .kindSaga)
    }
    return text
  }

  private var problemLines: [StyledLine] {
    guard let problem = step.problem else { return [] }
    let room = columns.isStacked ? columns.width - 5 - railColumns : columns.stateText - 2
    return Sentence(problem).wrapped(.statusError, columns: room, most: 4)
  }
}

extension SagaHistory.Output {
  /// Whether the output is the end of the instance, which draws no arrow.
  var isEnd: Bool {
    if case .ended = self { true } else { false }
  }
}

/// The lines about a step's changes to the instance's data.
enum SagaStateLines {
  /// The changed fields, or all of them, with their names in one column.
  static func lines(of step: SagaHistory.Step, whole: Bool) -> [StyledLine] {
    whole ? all(step.data) : changes(step)
  }

  private static func changes(_ step: SagaHistory.Step) -> [StyledLine] {
    // The word for the state says it already.
    let shown = step.changes.filter { change in
      change.path.description != "status" || change.new?.string == nil
    }
    let names = shown.map { PaneText.data($0.path.description) }
    let width = min(names.map(\.width).max() ?? 0, 14)
    return zip(shown, names).map { change, name in
      var line = StyledLine()
      line.add(name, .jsonKey, columns: max(width, min(name.width, width)))
      line.add(" ")
      JSONText.add(change, to: &line)
      return line
    }
  }

  private static func all(_ data: JSON) -> [StyledLine] {
    guard let members = data.object?.members else {
      return [StyledLine(JSONText.line(data), JSONText.role(of: data))]
    }
    let names = members.map { PaneText.data($0.key) }
    let width = min(names.map(\.width).max() ?? 0, 14)
    return zip(members, names).map { member, name in
      var line = StyledLine()
      line.add(name, .jsonKey, columns: width)
      line.add(" ")
      line.add(JSONText.line(member.value), JSONText.role(of: member.value))
      return line
    }
  }
}

/// The lines about a step's outputs.
enum SagaOutputLines {
  /// The lines of one output; all but the first continue it.
  static func lines(
    of output: SagaHistory.Output, _ step: SagaHistory.Step, _ columns: SagaColumns,
    _ railColumns: Int
  ) -> [StyledLine] {
    var text = StyledLine()
    switch output {
    case .command(let name, let outcome, _):
      text.add(letter: "C", name, .kindCommand)
      guard let problem = outcome.problem else { return [text] }
      text.add(" ✗", .statusError)
      let all = columns.isStacked ? columns.width - 4 : columns.outText
      let room = all - columns.outIndent - railColumns
      return [text] + Sentence(problem).wrapped(.statusRejected, columns: room, most: 3)
    case .event(let position, let type):
      text.add("E ", .kindEvent)
      text.add(PaneText.data("\(position) "), .uiMuted)
      text.add(PaneText.data(type.text), .kindEvent)
    case .armed(let name, let due, let schedule, let again):
      text.add(letter: "T", name, .kindTimer)
      let words = columns.outText < 24 ? schedule.brief : schedule.description
      text.add(PaneText.data(" \(words)"))
      if again { text.add(" again", .uiMuted) }
      let moment = TimeText.due(due, from: step.instant)
      return [text, StyledLine(PaneText.data("due \(moment)"), .uiMuted)]
    case .cancelled(let name):
      text.add(letter: "T", name, .kindTimer)
      text.add(" cancelled", .uiMuted)
    case .ended(let kept):
      text.add(kept ? "■ ended, kept" : "■ ended, removed", .statusEnded)
    }
    return [text]
  }
}
