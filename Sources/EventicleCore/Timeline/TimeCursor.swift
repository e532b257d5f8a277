/// Where the person looks in time.
public struct TimeCursor: Sendable, Hashable {
  /// The journal entry after which the world is shown.
  public let entry: JournalIndex
  /// The last event that counts as having happened; `nil` for all of them.
  ///
  /// Later events of the same step are hidden, so that the world is the one just after this event
  /// and its deliveries.
  public let position: Position?

  /// Creates a cursor after an entry, or after an event if one is given.
  public init(entry: JournalIndex, position: Position? = nil) {
    self.entry = entry
    self.position = position
  }
}

extension Timeline {
  /// The cursor at the head, after the last entry.
  public var headCursor: TimeCursor { TimeCursor(entry: last) }

  /// The cursor just after an event and its direct deliveries.
  public func cursor(after position: Position) -> TimeCursor {
    let number = min(max(position.number, 0), head.log.count)
    let end = end(of: Position(number))
    return end == last && number == head.log.count
      ? headCursor : TimeCursor(entry: end, position: Position(number))
  }

  /// The world at a cursor.
  ///
  /// - Parameter nearby: A cursor whose world is already known.
  public func world(at cursor: TimeCursor, nearby: (TimeCursor, World)? = nil) -> World {
    let known = nearby.flatMap { $0.0.position == nil ? ($0.0.entry, $0.1) : nil }
    var world = world(after: cursor.entry, nearby: known)
    guard let position = cursor.position else { return world }
    if world.log.count > position.number {
      // Also hide what aggregates persisted without publishing after this event.
      world.see(
        events: position.number,
        kept: world.histories.keptCount(atLogCount: position.number))
    }
    return world
  }

  /// The last event that has happened at a cursor.
  public func lastEvent(at cursor: TimeCursor) -> Position {
    cursor.position ?? lastEvent(doneAt: cursor.entry)
  }

  // MARK: - Stepping through what was recorded

  /// The cursor one event later, or `nil` at the head.
  public func next(after cursor: TimeCursor) -> TimeCursor? {
    guard cursor.entry < last || cursor.position.map({ $0.number < head.log.count }) ?? false
    else { return nil }
    let done = cursor.position ?? lastEvent(doneAt: cursor.entry)
    return done.number < head.log.count ? self.cursor(after: done.next) : headCursor
  }

  /// The cursor one event earlier, or `nil` at the start.
  public func previous(before cursor: TimeCursor) -> TimeCursor? {
    guard cursor.entry.number > 0 else { return nil }
    let done = lastEvent(at: cursor)
    let isBoundary = cursor == self.cursor(after: done)
    if !isBoundary { return self.cursor(after: done) }
    guard done.number > 0 else { return nil }
    return self.cursor(after: Position(done.number - 1))
  }

  /// The cursor after the engine's next step: a delivery, a timer, a command.
  public func nextStep(after cursor: TimeCursor) -> TimeCursor? {
    guard cursor.entry < last else {
      // At the last entry, only the events hidden by the cursor are still ahead.
      return cursor.position == nil ? nil : headCursor
    }
    return TimeCursor(entry: stepEnd(of: cursor.entry.next))
  }

  /// The cursor before the engine's last step.
  public func previousStep(before cursor: TimeCursor) -> TimeCursor? {
    guard let entry = entry(cursor.entry) else { return nil }
    return TimeCursor(entry: JournalIndex(entry.stepStart.number - 1))
  }
}
