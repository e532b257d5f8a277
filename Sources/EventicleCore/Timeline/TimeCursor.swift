/// Where the person looks in time: a moment, the boundary after a step.
///
/// Nothing but moments is ever shown, so that every state on a screen is one that the engine was
/// really in.
public struct TimeCursor: Sendable, Hashable {
  /// The last journal entry of the step after which the world is shown; `j0` before everything.
  ///
  /// An entry inside a step stands for the end of its step.
  public let entry: JournalIndex

  /// Creates a cursor after the step that an entry belongs to.
  public init(entry: JournalIndex) { self.entry = entry }
}

extension Timeline {
  /// The moment after the last step.
  public var headCursor: TimeCursor { TimeCursor(entry: last) }

  /// The moment after the step that an entry belongs to; the nearest one for an entry that does not
  /// exist.
  public func moment(of entry: JournalIndex) -> TimeCursor {
    TimeCursor(entry: stepEnd(of: JournalIndex(min(max(entry.number, 0), count))))
  }

  /// The moment just before the step that an entry belongs to.
  func moment(before entry: JournalIndex) -> TimeCursor {
    TimeCursor(entry: JournalIndex(stepStart(of: entry).number - 1))
  }

  /// The moment of an event: the last one before the next event is appended.
  ///
  /// Deliveries in between that append nothing have happened. Events of one step share their
  /// moment. Position 0 stands for the last moment without an event.
  ///
  /// - Complexity: O(log n).
  public func cursor(after position: Position) -> TimeCursor {
    let number = min(max(position.number, 0), head.log.count)
    let end = number == 0 ? JournalIndex(0) : appendingStepEnd(of: Position(number))
    let next = lastEvent(at: TimeCursor(entry: end)).next
    guard let entry = appendEntry(of: next) else { return headCursor }
    return moment(before: entry)
  }

  /// The world at a cursor.
  ///
  /// - Parameter nearby: A cursor whose world is already known.
  public func world(at cursor: TimeCursor, nearby: (TimeCursor, World)? = nil) -> World {
    world(after: moment(of: cursor.entry).entry, nearby: nearby.map { ($0.0.entry, $0.1) })
  }

  /// The last event that has happened at a cursor; O(log n).
  public func lastEvent(at cursor: TimeCursor) -> Position {
    let end = stepEnd(of: cursor.entry)
    if let base, end.number <= base.entries { return base.store.lastEvent(doneAt: end) }
    return Position(
      ((base?.events ?? 0)..<max(base?.events ?? 0, head.log.count)).partitioningIndex { index in
        appendEntry(of: Position(index + 1)).map { $0 > end } ?? true
      })
  }

  /// The last entry of the step that appended an event.
  func appendingStepEnd(of position: Position) -> JournalIndex {
    appendEntry(of: position).map { stepEnd(of: $0) } ?? JournalIndex(0)
  }

  // MARK: - Stepping through what was recorded

  /// The moment of the next event, or the head when no event follows; `nil` at the head.
  public func next(after cursor: TimeCursor) -> TimeCursor? {
    guard cursor.entry < last else { return nil }
    return self.cursor(after: lastEvent(at: cursor).next)
  }

  /// The moment of the event before the step that appended the last one; `nil` when no event has
  /// happened.
  ///
  /// It takes back what ``next(after:)`` did.
  public func previous(before cursor: TimeCursor) -> TimeCursor? {
    let done = lastEvent(at: cursor)
    guard done.number > 0, let entry = appendEntry(of: done) else { return nil }
    return self.cursor(after: lastEvent(at: moment(before: entry)))
  }

  /// The moment after the engine's next step: a delivery, a timer, a command.
  public func nextStep(after cursor: TimeCursor) -> TimeCursor? {
    cursor.entry < last ? moment(of: cursor.entry.next) : nil
  }

  /// The moment before the engine's last step.
  public func previousStep(before cursor: TimeCursor) -> TimeCursor? {
    entry(cursor.entry) == nil ? nil : moment(before: cursor.entry)
  }
}
