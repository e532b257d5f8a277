/// A moment as people write it: `#5` right after the step that appended event 5, `#5.2` two steps
/// later.
public struct MomentName: Sendable, Hashable, CustomStringConvertible {
  /// The last event that has happened; 0 when none has.
  public let position: Position
  /// The number of steps since the step that appended it, or since the start.
  public let steps: Int

  /// Creates the name of a moment.
  public init(_ position: Position, steps: Int = 0) {
    self.position = position
    self.steps = steps
  }

  /// `#5.2`, or `#5` without further steps.
  public var description: String { steps == 0 ? "\(position)" : "\(position).\(steps)" }
}

extension Timeline {
  /// The name of the moment at a cursor; O(log n).
  public func name(of cursor: TimeCursor) -> MomentName {
    let position = lastEvent(at: cursor)
    let start = position.number == 0 ? JournalIndex(0) : appendingStepEnd(of: position)
    return MomentName(position, steps: stepCount(after: start, upTo: cursor.entry))
  }

  /// The moment with a name; `nil` when the next event, or the end of history, comes before that
  /// many steps.
  public func cursor(named name: MomentName) -> TimeCursor? {
    guard (0...head.log.count).contains(name.position.number), name.steps >= 0 else { return nil }
    let start =
      name.position.number == 0 ? JournalIndex(0) : appendingStepEnd(of: name.position)
    let most = stepCount(after: start, upTo: cursor(after: name.position).entry)
    guard name.steps <= most else { return nil }
    return moment(name.steps, after: start)
  }
}
