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
    return read { $0.event(at: position.number) }
  }

  /// The last position whose event happened at or before an instant, in a log ordered by time.
  public func last(at instant: Instant) -> Position {
    let time = instant.milliseconds
    return read { storage in
      let offset = storage.pointee.offset
      let resident = storage.pointee.rows.partitionPoint(upTo: Swift.max(0, count - offset)) {
        $0.createdAt > time
      }
      if resident > 0 || offset == 0 { return Position(offset + resident) }
      return Position(
        (0..<Swift.min(offset, count)).partitioningIndex { index in
          storage.pagedField(index + 1) { $0.createdAt > time } ?? true
        })
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
    return read { storage in
      let index = position.number - 1 - storage.pointee.offset
      if index >= 0 { return storage.id(of: storage.pointee.rows[index]) }
      return storage.paged(position.number).map { storage.id(of: $0.row, in: $0.block) }
    }
  }

  /// The type of the event at a position; O(1).
  package func type(at position: Position) -> EventType? {
    guard holds(position) else { return nil }
    return read { $0.type(at: position.number) }
  }

  /// The stream of the event at a position; O(1).
  package func stream(at position: Position) -> StreamName? {
    guard holds(position) else { return nil }
    return read { $0.stream(at: position.number) }
  }

  /// The domain id of the event at a position; O(1).
  package func domainID(at position: Position) -> DomainID? {
    guard holds(position) else { return nil }
    return read { storage in
      let index = position.number - 1 - storage.pointee.offset
      if index >= 0 { return storage.domainID(of: storage.pointee.rows[index]) }
      return storage.pagedEvent(position.number)?.domainID
    }
  }

  /// When the event at a position happened; O(1).
  package func createdAt(at position: Position) -> Instant? {
    guard holds(position) else { return nil }
    return read { $0.field(at: position.number) { Instant(milliseconds: $0.createdAt) } }
  }

  /// The data of the event at a position, sharing its bytes with the log; O(1).
  package func data(at position: Position) -> JSONBytes? {
    guard holds(position) else { return nil }
    return read { storage in
      let index = position.number - 1 - storage.pointee.offset
      if index >= 0 { return storage.data(of: storage.pointee.rows[index]) }
      return storage.paged(position.number).map { storage.data(of: $0.row, in: $0.block) }
    }
  }

  /// The id of the cause that the event at a position names; O(1).
  package func causeID(at position: Position) -> EventID? {
    guard holds(position) else { return nil }
    return read { storage in
      let index = position.number - 1 - storage.pointee.offset
      if index >= 0 { return storage.causeID(of: storage.pointee.rows[index]) }
      return storage.pagedEvent(position.number)?.causedByID
    }
  }

  /// The position of the cause of the event at a position, if the cause came before it; O(1).
  package func causePosition(at position: Position) -> Position? {
    guard holds(position) else { return nil }
    let cause = read { $0.field(at: position.number) { Int($0.cause) } ?? 0 }
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
      let offset = storage.pointee.offset
      if start <= offset { try storage.forEachPaged(from: start, to: end, body) }
      guard end > offset else { return }
      try storage.pointee.rows.forEach(
        from: Swift.max(start - 1 - offset, 0), to: end - offset
      ) { try body(storage.event($0)) }
    }
  }
}
