import EventicleCore

/// The lines of one step.
struct SagaStepLines: Sendable {
  /// The lines; the first names the trigger and the resulting state.
  private(set) var lines: [SagaLine] = []
  /// The line of each output about a timer, by the output's index.
  private(set) var timerRows: [Int: Int] = [:]

  private let columns: SagaColumns
  private let step: SagaHistory.Step
  private let facts: SagaFacts
  private let number: Int
  private let previous: Instant?
  /// The number of columns that rails may take at the right edge.
  private let railColumns: Int

  /// Makes the lines of a step.
  ///
  /// - Parameters:
  ///   - number: The step's number, from 1.
  ///   - previous: The time of the previous step.
  ///   - rails: The number of timers armed before the step.
  init(
    step: SagaHistory.Step, _ facts: SagaFacts, number: Int, previous: Instant?,
    columns: SagaColumns, rails: Int, showsWholeState: Bool
  ) {
    self.step = step
    self.facts = facts
    self.number = number
    self.previous = previous
    self.columns = columns
    let armed = step.outputs.count { if case .armed = $0 { true } else { false } }
    railColumns = 2 * min(columns.lanes, rails + armed)
    let states =
      problemLines
      + SagaStateLines.lines(of: step, whole: showsWholeState, isRoomy: columns.isRoomy)
    if columns.isStacked { stack(states) } else { lay(states) }
    lines[0].isHead = true
  }

  // MARK: - Three cells

  private mutating func lay(_ states: [StyledLine]) {
    var head = SagaLine()
    head.left = trigger
    head.state = word
    if case .timer = step.trigger { head.pointsIn = true }
    lines = [head]
    var second = SagaLine()
    second.left = time.indented(by: 2)
    lines.append(second)
    for (index, text) in states.enumerated() {
      reach(index + 1)
      lines[index + 1].state = text.indented(by: 2)
    }
    var row = 1
    for (index, output) in step.outputs.enumerated() where !output.isEnd {
      timerRows[index] = row
      for (place, part) in parts(of: output).enumerated() {
        reach(row)
        lines[row].out = place == 0 ? part : part.indented(by: 2)
        if place == 0, case .cancelled = output { lines[row].pointsIn = true }
        row += 1
      }
    }
  }

  private mutating func reach(_ row: Int) {
    while lines.count <= row { lines.append(SagaLine()) }
  }

  // MARK: - Stacked cells

  private mutating func stack(_ states: [StyledLine]) {
    var head = trigger
    head.add(.spaces(2))
    head.add(time)
    lines = [.wide(head)]
    if case .timer = step.trigger { lines[0].pointsIn = true }
    lines.append(.wide(word.indented(by: 2)))
    lines += states.map { .wide($0.indented(by: 4)) }
    for (index, output) in step.outputs.enumerated() where !output.isEnd {
      timerRows[index] = lines.count
      for (place, part) in parts(of: output).enumerated() {
        var line = SagaLine.wide(part.indented(by: place == 0 ? 2 : 4))
        if place == 0, case .cancelled = output { line.pointsIn = true }
        lines.append(line)
      }
    }
  }

  // MARK: - Texts

  private func parts(of output: SagaHistory.Output) -> [StyledLine] {
    let all = columns.isStacked ? columns.width - 3 : columns.outText
    return SagaOutputLines.lines(of: output, facts, room: all - railColumns)
  }

  /// The trigger of the step.
  private var trigger: StyledLine {
    var text = StyledLine()
    let hasFailed = step.problem != nil
    switch step.trigger {
    case .event(let position, let type):
      text.add(PaneText.data("\(position) "), hasFailed ? .statusError : .uiMuted)
      text.add(PaneText.data(type.text), hasFailed ? .statusError : .kindEvent)
    case .timer(let name):
      text.add(letter: "T", name, hasFailed ? .statusError : .kindTimer)
      text.add(" fired", hasFailed ? .statusError : .uiText)
    }
    return text
  }

  /// The time of the first step; for later steps, the time since the step before; and in a wide
  /// pane who made the event.
  private var time: StyledLine {
    var text = StyledLine()
    if let previous {
      text.add(PaneText.data("+\(SagaText.pause(step.instant - previous))"), .uiMuted)
    } else {
      text.add(PaneText.data(CivilTime(step.instant).clockText), .uiMuted)
    }
    if let author = facts.authors[step.entry], !author.isEmpty {
      text.add("  from " + author, .uiMuted)
    }
    if step.isByUser { text.add("  by hand", .uiMuted) }
    return text
  }

  /// The step's number and the state that it led to.
  private var word: StyledLine {
    var text = StyledLine("\(number) ", .uiMuted)
    if step.problem != nil {
      text.add("✗ failed", .statusError)
      return text
    }
    if let word = SagaTrack.word(step.data) {
      text.add(PaneText.data(word), .chartStateCurrent)
    } else {
      text.add(number == 1 ? "started" : "step", .chartStateCurrent)
    }
    for case .ended(let kept) in step.outputs {
      text.add(kept ? "  ■ ended" : "  ■ ended, removed", .statusEnded)
    }
    return text
  }

  private var problemLines: [StyledLine] {
    guard let problem = step.problem else { return [] }
    let room = columns.isStacked ? columns.width - 6 - railColumns : columns.stateText - 2
    return Sentence(problem).wrapped(.statusError, columns: room, most: 8)
      + Sentence("nothing of it was kept").wrapped(.uiMuted, columns: room, most: 2)
  }
}

extension SagaHistory.Output {
  /// Whether the output is the end of the instance, which stands with the state.
  var isEnd: Bool {
    if case .ended = self { true } else { false }
  }
}

/// Words for a saga's times.
enum SagaText {
  /// A pause between two steps: `2s`, and `0s` for none.
  static func pause(_ interval: Interval) -> String {
    interval.milliseconds == 0 ? "0s" : interval.brief
  }

  /// A length of time by itself: `2 s`, `1m10s`.
  static func length(_ interval: Interval) -> String {
    let brief = pause(interval)
    guard brief.hasSuffix("s"), brief.dropLast().allSatisfy({ $0.isNumber || $0 == "." }) else {
      return brief
    }
    return "\(brief.dropLast()) s"
  }
}
