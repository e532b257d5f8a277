extension Transaction {
  /// Adds what an aggregate has raised to its history and to its stream.
  ///
  /// A command may return the events as well, or emit them to the same stream: they are written
  /// once. The status events of a state machine are in the history alone, and not among those
  /// returned, unless the aggregate says that it publishes them.
  ///
  /// When the part of the transaction around this fails, or the whole of it, the aggregate has
  /// raised its events as before, and a later persist writes them once. That holds for an
  /// aggregate that outlives the transaction too.
  ///
  /// An event that was raised with an id which the aggregate has an event of already, and says the
  /// same, is not written again. When that is true of all that it raised the persist is a success
  /// whatever version is expected, so that a command can be carried out again. The aggregate is
  /// loaded anew then.
  ///
  /// - Parameters:
  ///   - expected: What the history must be like; as it was loaded when absent. With
  ///     ``ExpectedVersion/any`` the aggregate is loaded again behind what others wrote.
  ///   - publish: Whether the events go to the aggregate's stream; else they change the aggregate,
  ///     and nobody is offered them until they are emitted or returned from the command.
  /// - Returns: The events, with their ids.
  /// - Throws: ``TransactionError/versionConflict(_:expected:actual:)`` when the aggregate has moved
  ///   on, ``TransactionError/aggregateExists(_:actual:)``, ``TransactionError/aggregateMissing(_:)``,
  ///   ``TransactionError/aggregateWithoutID(_:)``,
  ///   ``TransactionError/eventIDTaken(_:_:differing:)``, what a reducer threw about an event, and
  ///   what the checkpoint and the timers run into. Nothing is written then, and the aggregate keeps
  ///   what it raised.
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
      let events = try append(news, of: &aggregate, expected)
      if publish { try self.publish(events, of: aggregate) }
      return events
    }
    // What comes behind the history may be refused, and then the history is to be as it was.
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
    for event in events {
      if let id = event.id { published.append(Published(id: id, workspace: aggregate.workspace)) }
    }
  }

  /// Emits what a command returned, but for what persisting has published already.
  func emit(returned events: [NewEvent], to stream: StreamName) throws {
    guard !events.isEmpty else { return try checkOpen() }
    guard !published.isEmpty else { return try self.write(events, to: stream) }
    let rest = events.filter { event in
      // What was published and taken back since is published anew.
      guard let id = event.id, let own = published.first(where: { $0.id == id }) else {
        return true
      }
      return world.log.position(of: id, in: own.workspace) == nil
    }
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
  /// Whether one of these has the id of an event and says the same.
  ///
  /// - Throws: ``TransactionError/eventIDTaken(_:_:differing:)`` when it says something else.
  fileprivate func isRepeated(_ event: Event) throws -> Bool {
    guard let first = first(where: { $0.id == event.id }) else { return false }
    try first.checkSame(as: event, at: nil, comparesStreams: false)
    return true
  }
}

extension AggregateInstance {
  /// What is stored beside it for queries, if anything is.
  fileprivate var checkpoint: JSON? { root.checkpoint.map { $0(state) } ?? machineCheckpoint }
}
