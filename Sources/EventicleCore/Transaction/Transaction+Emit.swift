extension Transaction {
  /// Appends events to a stream and queues their deliveries.
  ///
  /// In a tenant's workspace the events go to the tenant's part of the stream, unless the stream is
  /// already another tenant's part. What an event leaves out is filled in: id, source, time and,
  /// inside a handler, the cause and a span of its trace. A protected event is sealed; a known one
  /// is compared in its sealed form.
  ///
  /// An id belongs to one event only, whether groups handle events once or not. An event whose id
  /// is in the log already counts as that event if both agree in stream, type, domain id and data,
  /// whatever the order of members; what the engine fills in is not compared. Emitting it again
  /// succeeds and writes nothing: `d1`, `d2`, `d1` are two events. The event is offered again to
  /// consumers that have parked it. A different event under a known id is an error.
  ///
  /// - Returns: The events with their ids, one for each that was given; a known one as it is in the
  ///   log.
  /// - Throws: ``TransactionError`` when an event has no type or is too large, and
  ///   ``TransactionError/eventIDTaken(_:_:differing:)``. No event of the call is written then.
  @discardableResult
  public func emit(_ events: [NewEvent], to stream: StreamName) throws -> [Event] {
    let stream = try place(of: stream)
    var appended: [Event] = []
    appended.reserveCapacity(events.count)
    guard events.count > 1 else {
      if let event = events.first { appended.append(try emit(event, to: stream)) }
      return appended
    }
    let before = savepoint()
    do {
      for event in events { appended.append(try emit(event, to: stream)) }
    } catch {
      rollBack(to: before)
      throw error
    }
    return appended
  }

  /// Writes events without returning them; for a step that ends with an error.
  package func write(_ events: [NewEvent], to stream: StreamName) throws {
    let stream = try place(of: stream)
    for event in events { _ = try emit(event, to: stream) }
  }

  private func place(of stream: StreamName) throws -> StreamName {
    try checkOpen()
    guard !stream.text.isEmpty else { throw TransactionError.emptyStream }
    guard stream.isTenants else {
      return workspace.isTenant ? workspace.stream(stream) : stream
    }
    try stream.workspace.check()
    know(stream.workspace)
    return stream
  }

  /// Appends one event; see ``emit(_:to:)-swift.method``.
  @discardableResult
  public func emit(
    _ type: EventType, _ domainID: DomainID? = nil, to stream: StreamName,
    data: JSON = .emptyObject
  ) throws -> [Event] {
    try emit([NewEvent(type, domainID, data: data)], to: stream)
  }

  private func emit(_ new: NewEvent, to stream: StreamName) throws -> Event {
    let stream = staged.isEmpty ? stream : stagedStream(of: new, stream)
    let event = try complete(new, for: stream)
    let sealed = try services.sealed(event)
    // A freshly made id cannot be in the log.
    if new.id != nil, let position = world.log.position(of: event.id, in: event.workspace),
      let known = world.log.event(at: position)
    {
      try known.checkSame(as: sealed, at: position)
      offerAgain(position)
      return opened(known) ?? known
    }
    let route = route(of: stream, event.type)
    var aggregate = try unstage(sealed)
    if aggregate == nil {
      aggregate = route.home(of: event)
      if new.id != nil {
        takeNote(ofGiven: event.id)
        // One persisted in an earlier step already has its place in the history.
        if let key = aggregate, try kept(sealed, of: key) != nil { aggregate = nil }
      }
    }
    try append(sealed, aggregate: aggregate, route.consumers)
    return event
  }

  /// Offers an event that was emitted again to the consumers that have parked it.
  private func offerAgain(_ position: Position) {
    for parked in world.parked {
      guard case .delivery(let delivery, nil) = parked.work, delivery.position == position,
        let number = world.consumers.number(of: delivery.consumer)
      else { continue }
      // A step without an entry would not be recorded, and its changes would be lost.
      note(.parkedDropped(parked.number), parent: currentNote)
      make(.parked(parked.number, old: parked, new: nil))
      offerAgain(parked, to: number)
    }
  }

  /// Puts work in a lane of its own: the common queue holds new events only, so the work would be
  /// lost there as soon as its group stopped keeping step.
  private func offerAgain(_ parked: Parked, to consumer: ConsumerNumber) {
    let work = parked.work
    guard let group = world.consumers[consumer]?.group, let old = world.storedGroup(group),
      let shown = world.group(group), case .delivery(let delivery, _) = work,
      let event = world.log.event(at: delivery.position)
    else { return }
    var new = old
    if old.isInStep {
      new.isInStep = false
      new.position = shown.position
      let queue = world.deliveries
      let rest = queue.without(consumer)
      if rest.count < queue.count { make(.requeued(old: queue, new: rest)) }
    }
    for index in new.lanes.indices where new.lanes[index].blockedBy == parked.number {
      new.lanes[index].blockedBy = nil
    }
    if let index = new.lane(of: event.ownKey) {
      new.lanes[index].work.append(work)
    } else {
      new.lanes.append(Lane(key: event.ownKey, work: [work], until: now, attempts: 0))
    }
    make(.group(group, old: old, new: new))
  }

  /// Fills in what an event leaves out.
  package func complete(_ new: NewEvent, for stream: StreamName) throws -> Event {
    guard !new.type.text.isEmpty else { throw TransactionError.emptyEventType }
    guard new.data.utf8.count <= Limits.eventBytes else {
      throw TransactionError.eventTooLarge(bytes: new.data.utf8.count)
    }
    let hasOwnCause = new.causedByID != nil
    let id = new.id ?? nextEventID()
    if let given = new.createdAt, !given.isInCommonYears {
      throw TransactionError.eventTimeUnlikely(id, given)
    }
    latest.become(
      id: id, type: new.type, source: new.source ?? services.source,
      causedByID: hasOwnCause ? new.causedByID : handled?.id,
      causedByType: hasOwnCause ? new.causedByType : handled?.type,
      stream: stream, domainID: new.domainID, createdAt: new.createdAt ?? now, data: new.data,
      apmTrace: new.apmTrace ?? trace(of: id), additionalMembers: new.additionalMembers)
    return latest
  }
}
