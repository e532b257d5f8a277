extension Transaction {
  /// Appends the events that an aggregate has raised to its history and to its stream.
  ///
  /// A command may also return the events, or emit them to the same stream: they are written once.
  /// The status events of a state machine are in the history alone, and not among those returned,
  /// unless the aggregate publishes them.
  ///
  /// If the transaction, or the part of it around this call, fails, the events count as raised
  /// again, and a later persist writes them once. That also holds for an aggregate that outlives
  /// the transaction.
  ///
  /// An event raised with the id of an equal event that the aggregate already has is not written
  /// again. If that is true of all raised events, the persist succeeds whatever version is
  /// expected, so that a command can be repeated; the aggregate is then loaded again.
  ///
  /// - Parameters:
  ///   - expected: The condition on the history; as it was loaded when absent. With
  ///     ``ExpectedVersion/any`` the aggregate is loaded again after the events of other writers.
  ///   - publish: Whether the events go to the aggregate's stream; otherwise they change the
  ///     aggregate, and no consumer is offered them until they are emitted or returned from the
  ///     command.
  /// - Returns: The events, with their ids.
  /// - Throws: ``TransactionError/versionConflict(_:expected:actual:)`` when the aggregate has
  ///   changed since, ``TransactionError/aggregateExists(_:actual:)``,
  ///   ``TransactionError/aggregateMissing(_:)``, ``TransactionError/aggregateWithoutID(_:)``,
  ///   ``TransactionError/eventIDTaken(_:_:differing:)``, the error of a reducer, and errors of the
  ///   checkpoint and the timers. Nothing is written then, and the aggregate keeps its raised
  ///   events.
  @discardableResult
  public func persist(
    _ aggregate: inout AggregateInstance, expecting expected: ExpectedVersion? = nil,
    publish: Bool = true
  ) throws -> [NewEvent] {
    try checkOpen()
    aggregate.settle()
    let root = aggregate.root
    if let failure = aggregate.failure { throw failure }
    guard !aggregate.id.text.isEmpty else { throw TransactionError.aggregateWithoutID(root.type) }
    try aggregate.workspace.check()
    let news = aggregate.newEvents
    guard !news.isEmpty else { return [] }
    let mayBeRefused =
      root.machine != nil || root.checkpoint != nil || news.contains { $0.id != nil }
    guard mayBeRefused else {
      let isOwn = !workspace.isTenant && !aggregate.workspace.isTenant
      if publish, isOwn, staged.isEmpty { return try emit(news, of: &aggregate, expected) }
      let events = try append(news, of: &aggregate, expected)
      if publish { try self.publish(events, of: aggregate) }
      return events
    }
    // A later part may fail, and then the history must be restored.
    let before = savepoint(onlyPersists: !publish)
    do {
      let events = try append(news, of: &aggregate, expected)
      if let columns = aggregate.checkpoint {
        try put(root.checkpointRecords, aggregate.id.text, columns, in: aggregate.workspace)
      }
      if publish { try self.publish(events, of: aggregate) }
      return events
    } catch {
      rollBack(to: before)
      aggregate.settle()
      throw error
    }
  }

  private func publish(_ events: [NewEvent], of aggregate: AggregateInstance) throws {
    try within(aggregate.workspace) { try $0.write(events, to: aggregate.root.stream) }
    for event in events { if let id = event.id { published.append(id) } }
  }

  /// Appends events without given ids to the log and the history at once: the same as appending
  /// them to the history and publishing them, without staging them in between.
  private func emit(
    _ news: [NewEvent], of aggregate: inout AggregateInstance, _ expected: ExpectedVersion?
  ) throws -> [NewEvent] {
    let root = aggregate.root
    let key = AggregateKey(root.type, aggregate.id, in: aggregate.workspace)
    let actual = version(of: key)
    try check(expected ?? .exactly(aggregate.loadedVersion), of: key, actual)
    var all: [NewEvent] = []
    all.reserveCapacity(news.count)
    var events: [Event] = []
    events.reserveCapacity(news.count)
    for new in news {
      let event = try complete(new, for: root.stream)
      all.append(NewEvent(event))
      events.append(try services.sealed(event))
    }
    let write = writes.next()
    for event in events {
      try append(event, aggregate: key, route(of: event.stream, event.type).consumers)
      published.append(event.id)
    }
    aggregate.markPersisted(
      by: write,
      reloaded: actual == aggregate.loadedVersion
        ? nil : load(root, aggregate.id, in: aggregate.workspace))
    return all
  }

  /// Emits the events that a command returned, except those already published by persisting.
  func emit(returned events: [NewEvent], to stream: StreamName) throws {
    guard !events.isEmpty else { return try checkOpen() }
    guard !published.isEmpty else { return try self.write(events, to: stream) }
    let rest = events.filter { event in event.id.map { !published.contains($0) } ?? true }
    if !rest.isEmpty { try self.write(rest, to: stream) }
  }

  private func append(
    _ news: [NewEvent], of aggregate: inout AggregateInstance, _ expected: ExpectedVersion?
  ) throws -> [NewEvent] {
    let root = aggregate.root
    let key = AggregateKey(root.type, aggregate.id, in: aggregate.workspace)
    let stream = aggregate.workspace.stream(root.stream)
    let actual = version(of: key)
    let hasGiven = news.contains { $0.id != nil }
    if !hasGiven { try check(expected ?? .exactly(aggregate.loadedVersion), of: key, actual) }
    var events: [Event] = []
    events.reserveCapacity(news.count)
    var known: [Int] = []
    for new in news {
      let event = try complete(new, for: stream)
      if hasGiven, new.id != nil {
        let sealed = try services.sealed(event)
        if try events.isRepeated(event) || self.known(sealed, of: key) != nil {
          known.append(events.count)
        }
      }
      events.append(event)
    }
    if hasGiven, known.count < news.count {
      try check(expected ?? .exactly(aggregate.loadedVersion), of: key, actual)
    }
    let delays = root.machine == nil ? nil : try aggregate.machineDelayChanges()
    let fresh =
      known.isEmpty
      ? events : events.indices.filter { !known.contains($0) }.map { events[$0] }
    let write = try stage(fresh, for: key)
    if hasGiven { for given in news { if let id = given.id { takeNote(ofGiven: id) } } }
    if let delays { try apply(delays, of: key) }
    let isAsLoaded = actual == aggregate.loadedVersion && known.isEmpty
    aggregate.markPersisted(
      by: write,
      reloaded: isAsLoaded ? nil : load(root, aggregate.id, in: aggregate.workspace))
    let all = events.map { NewEvent($0) }
    return root.machine == nil || root.publishesStatus ? all : all.withoutStatusEvents
  }
}

extension [Event] {
  /// Whether one of these has the id of an event and equals it.
  ///
  /// - Throws: ``TransactionError/eventIDTaken(_:_:differing:)`` when the two differ.
  fileprivate func isRepeated(_ event: Event) throws -> Bool {
    guard let first = first(where: { $0.id == event.id }) else { return false }
    try first.checkSame(as: event, at: nil, comparesStreams: false)
    return true
  }
}

extension AggregateInstance {
  /// The columns stored beside the aggregate for queries, if there are any.
  fileprivate var checkpoint: JSON? { root.checkpoint.map { $0(state) } ?? machineCheckpoint }
}
