@testable import EventicleCore

/// What the instances of sagas did, as their handlers tell it.
final class StepLog: @unchecked Sendable {
  /// One handling: of whom, what, and when it was busy.
  struct Line: Equatable {
    let instance: String
    let what: String
    let start: Instant
    let end: Instant

    /// Whether both were busy at one moment.
    func overlaps(_ other: Line) -> Bool {
      instance == other.instance && start < other.end && other.start < end
    }
  }

  private(set) var lines: [Line] = []
  var isFailing = false

  /// Writes a step down, which is busy for a while.
  ///
  /// - Parameter name: Whom it concerns, when that is not the step's instance.
  func take(
    _ step: SagaStep, _ what: String, busy interval: Interval = .milliseconds(0),
    of name: String? = nil
  ) {
    lines.append(
      Line(
        instance: name ?? step.instanceID, what: what, start: step.now, end: step.now + interval))
    step.spend(interval)
  }

  /// Each step in short, its moment in ms since the start: `e1@100`.
  var brief: [String] {
    lines.map { "\($0.what)@\(($0.start - .standardStart).milliseconds)" }
  }

  /// Whether two steps of one instance were busy at one moment.
  var hasOverlap: Bool {
    lines.indices.contains { index in
      lines[(index + 1)...].contains { $0.overlaps(lines[index]) }
    }
  }
}
