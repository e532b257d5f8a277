extension Transaction {
  /// Appends events to a stream and queues their deliveries.
  ///
  /// What an event leaves out is filled in: id, source, time and, inside a handler, the cause.
  /// An event whose id is in the log already is taken for the same one if it says the same.
  ///
  /// - Returns: The events as they were appended, with their ids.
  /// - Throws: ``WorldError`` when an event has no type, is too large, or reuses an id.
  @discardableResult
  public func emit(_ events: [NewEvent], to stream: StreamName) throws -> [Event] {
    try checkOpen()
    guard !stream.text.isEmpty else { throw WorldError.emptyStream }
    var appended: [Event] = []
    for event in events { appended.append(try emit(event, to: stream)) }
    return appended
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
    let event = try complete(new, for: stream)
    if let position = world.log.position(of: event.id), let known = world.log.event(at: position) {
      guard known.type == event.type, known.stream == event.stream,
        known.domainID == event.domainID, known.data == event.data
      else { throw WorldError.eventIDTaken(event.id, position) }
      return known
    }
    append(event, aggregate: unstage(event.id) ?? homeAggregate(of: event))
    return event
  }

  /// Fills in what an event leaves out.
  package func complete(_ new: NewEvent, for stream: StreamName) throws -> Event {
    guard !new.type.text.isEmpty else { throw WorldError.emptyEventType }
    guard new.data.utf8.count <= Limits.eventBytes else {
      throw WorldError.eventTooLarge(bytes: new.data.utf8.count)
    }
    let hasOwnCause = new.causedByID != nil
    return Event(
      id: new.id ?? nextEventID(), type: new.type, source: new.source ?? services.source,
      causedByID: hasOwnCause ? new.causedByID : handled?.id,
      causedByType: hasOwnCause ? new.causedByType : handled?.type,
      stream: stream, domainID: new.domainID, createdAt: new.createdAt ?? now, data: new.data)
  }

  /// The aggregate that an event belongs to by its stream and domain id.
  package func homeAggregate(of event: Event) -> AggregateKey? {
    guard let id = event.domainID, let type = services.aggregateType(of: event.stream) else {
      return nil
    }
    return AggregateKey(type, id)
  }

  private func append(_ event: Event, aggregate: AggregateKey?) {
    make(.appended(event, aggregate))
    let position = world.log.last
    let note = note(.append(position, event.type), parent: currentNote)
    for consumer in services.consumers(of: event.stream, event.type) {
      make(
        .enqueued(Delivery(position: position, consumer: consumer, cause: entry(of: note))))
    }
  }
}
