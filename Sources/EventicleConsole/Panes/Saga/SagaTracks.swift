import EventicleCore

/// Follows each timer from the line that arms it to the line in which it ends.
struct SagaTracks: Sendable {
  /// The lines that armed the timers which are armed now, by name.
  private var open: [String: Int] = [:]
  private var stretches: [RailLayout.Stretch] = []

  /// Begins with the timers that were armed above the first line.
  init(openBefore names: [String] = []) {
    for name in names { open[name] = -1 }
  }

  /// The number of timers armed now that are still armed below the first line of a step.
  func count(below step: SagaHistory.Step) -> Int {
    guard case .timer(let name) = step.trigger, open[name] != nil, !step.leavesTimerArmed else {
      return open.count
    }
    return open.count - 1
  }

  /// Applies the effects of a step on timers.
  ///
  /// - Parameters:
  ///   - start: The step's first line.
  ///   - timerRows: The lines of the step's outputs, relative to its first line.
  mutating func follow(_ step: SagaHistory.Step, from start: Int, _ timerRows: [Int: Int]) {
    if case .timer(let name) = step.trigger, open[name] != nil {
      close(name, row: start, isOver: !step.isAhead)
      if step.leavesTimerArmed { open[name] = start }
    }
    for (index, output) in step.outputs.enumerated() {
      let row = start + (timerRows[index] ?? 0)
      switch output {
      case .armed(let name, _, _, _):
        close(name, row: row, isOver: !step.isAhead)
        open[name] = row
      case .cancelled(let name): close(name, row: row, isOver: !step.isAhead)
      case .command, .event, .ended: break
      }
    }
  }

  /// Ends the rail of a timer in a row.
  mutating func close(_ name: String, row: Int, isOver: Bool) {
    guard let start = open.removeValue(forKey: name) else { return }
    stretches.append(RailLayout.Stretch(first: start, last: row, isOver: isOver))
  }

  /// The layout of the rails; open ones pass the last line.
  func layout(lines: Int, most: Int) -> RailLayout {
    let rest = open.values.map {
      RailLayout.Stretch(first: $0, last: max($0 + 1, lines), isOver: false)
    }
    return RailLayout(
      (stretches + rest).sorted { ($0.first, $0.last) < ($1.first, $1.last) }, most: most)
  }
}
