@testable import EventicleCore

/// The steps of saga instances, as reported by their handlers.
final class StepLog: @unchecked Sendable {
  /// One handled step: its instance, what it handled, and when it was busy.
  struct Line: Equatable {
    let instance: String
    let what: String
    let start: Instant
    let end: Instant

    /// Whether both steps were busy at the same time.
    func overlaps(_ other: Line) -> Bool {
      instance == other.instance && start < other.end && other.start < end
    }
  }

  private(set) var lines: [Line] = []
  /// The number of steps for events that ended without failing.
  private(set) var completed = 0
  var isFailing = false

  /// Records a step that is busy for some time.
  ///
  /// - Parameter name: The instance to record; the step's own when `nil`.
  func take(
    _ step: SagaStep, _ what: String, busy interval: Interval = .milliseconds(0),
    of name: String? = nil
  ) {
    lines.append(
      Line(
        instance: name ?? step.instanceID, what: what, start: step.now, end: step.now + interval))
    step.spend(interval)
  }

  /// Counts a step for an event as one that did not fail.
  func complete() { completed += 1 }

  /// Each step in short, with its time in ms since the start: `e1@100`.
  var brief: [String] {
    lines.map { "\($0.what)@\(($0.start - .standardStart).milliseconds)" }
  }

  /// Whether two steps of one instance were busy at the same time.
  var hasOverlap: Bool {
    lines.indices.contains { index in
      lines[(index + 1)...].contains { $0.overlaps(lines[index]) }
    }
  }
}
