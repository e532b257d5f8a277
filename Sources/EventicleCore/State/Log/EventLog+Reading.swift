extension EventLog {
  /// The position of the last event, `#0` when there is none.
  public var last: Position { Position(count) }

  @inline(__always)
  private func holds(_ position: Position) -> Bool {
    position.number >= 1 && position.number <= count
  }

  /// The event at a position, or `nil` outside the log; O(1).
  public func event(at position: Position) -> Event? {
    guard holds(position) else { return nil }
    return read { $0.event($0.pointee.rows[position.number - 1]) }
  }

  /// The last position whose event happened at or before an instant, in a log ordered by time.
  public func last(at instant: Instant) -> Position {
    let time = instant.milliseconds
    return read { storage in
      Position(storage.pointee.rows.partitionPoint(upTo: count) { $0.createdAt > time })
    }
  }

  /// The position of the event with an id; O(1).
  ///
  /// The index may know ids of a later time or of another fork; the log itself decides.
  ///
  /// - Parameter workspace: Whose event it is; the newest of any workspace when absent, for ids are
  ///   unique in one workspace only.
  public func position(of id: EventID, in workspace: Workspace? = nil) -> Position? {
    read { storage in
      guard let workspace else { return storage.position(of: id, upTo: count) }
      return storage.position(of: id, upTo: count) { $0.isOf(workspace) }
    }.map { Position($0) }
  }

  /// The position of the event that another one names as its cause: one of its own workspace, else
  /// the newest of any; O(1).
  package func position(ofCauseOf event: Event) -> Position? {
    guard let id = event.causedByID else { return nil }
    return read { $0.position(of: id, upTo: count, besides: event.stream) }.map { Position($0) }
  }

  // MARK: - Fields of an event that is not made whole

  /// The id of the event at a position; O(1).
  package func id(at position: Position) -> EventID? {
    guard holds(position) else { return nil }
    return read { $0.id(of: $0.pointee.rows[position.number - 1]) }
  }

  /// The type of the event at a position; O(1).
  package func type(at position: Position) -> EventType? {
    guard holds(position) else { return nil }
    return read { $0.type(at: position.number) }
  }

  /// The stream of the event at a position; O(1).
  package func stream(at position: Position) -> StreamName? {
    guard holds(position) else { return nil }
    return read { $0.pointee.kinds[$0.pointee.rows[position.number - 1].kind].pointee.stream }
  }

  /// The domain id of the event at a position; O(1).
  package func domainID(at position: Position) -> DomainID? {
    guard holds(position) else { return nil }
    return read { $0.domainID(of: $0.pointee.rows[position.number - 1]) }
  }

  /// When the event at a position happened; O(1).
  package func createdAt(at position: Position) -> Instant? {
    guard holds(position) else { return nil }
    return read { Instant(milliseconds: $0.pointee.rows[position.number - 1].createdAt) }
  }

  /// The data of the event at a position, sharing its bytes with the log; O(1).
  package func data(at position: Position) -> JSONBytes? {
    guard holds(position) else { return nil }
    return read { $0.data(of: $0.pointee.rows[position.number - 1]) }
  }

  /// The id of the cause that the event at a position names; O(1).
  package func causeID(at position: Position) -> EventID? {
    guard holds(position) else { return nil }
    return read { $0.causeID(of: $0.pointee.rows[position.number - 1]) }
  }

  /// The position of the cause of the event at a position, if the cause came before it; O(1).
  package func causePosition(at position: Position) -> Position? {
    guard holds(position) else { return nil }
    let cause = read { Int($0.pointee.rows[position.number - 1].cause) }
    return cause > 0 ? Position(cause) : nil
  }

  // MARK: - Going through

  /// Visits the events from one position to another, both included.
  @inline(__always)
  package func forEach(
    from first: Position, to last: Position, _ body: (Event) throws -> Void
  ) rethrows {
    let (start, end) = (Swift.max(first.number, 1), Swift.min(last.number, count))
    guard start <= end else { return }
    try read { storage in
      try storage.pointee.rows.forEach(from: start - 1, to: end) { try body(storage.event($0)) }
    }
  }
}
