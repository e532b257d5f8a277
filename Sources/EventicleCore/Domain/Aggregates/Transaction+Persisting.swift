extension Transaction {
  /// Adds what an aggregate has raised to its history, and returns it ready to be emitted.
  ///
  /// Persisting does not publish: return the events from the command, or emit them. An event
  /// that is persisted and emitted is written once. The status events of a state machine are
  /// not among those returned unless the aggregate says that it publishes them. An aggregate that
  /// publishes when it is persisted emits them itself, and returns nothing.
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
  /// - Parameter expected: What the history must be like; as it was loaded when absent. With
  ///   ``ExpectedVersion/any`` the aggregate is loaded again behind what others wrote.
  /// - Throws: ``TransactionError/versionConflict(_:expected:actual:)`` when the aggregate has moved
  ///   on, ``TransactionError/aggregateExists(_:actual:)``, ``TransactionError/aggregateMissing(_:)``,
  ///   ``TransactionError/aggregateWithoutID(_:)``,
  ///   ``TransactionError/eventIDTaken(_:_:differing:)``, and what its checkpoint and its timers
  ///   run into. Nothing is written then, and the aggregate keeps what it raised.
  @discardableResult
  public func persist(
    _ aggregate: inout AggregateInstance, expecting expected: ExpectedVersion? = nil
  ) throws -> [NewEvent] {
    try checkOpen()
    aggregate.settle()
    let root = aggregate.root
    guard !aggregate.id.text.isEmpty else { throw TransactionError.aggregateWithoutID(root.type) }
    try aggregate.workspace.check()
    let news = aggregate.newEvents
    guard !news.isEmpty else { return [] }
    guard root.machine != nil || root.checkpoint != nil || root.publishesOnPersist else {
      return try write(news, of: &aggregate, expected)
    }
    // What comes behind the history may be refused, and then the history is to be as it was.
    let before = savepoint(onlyPersists: !root.publishesOnPersist)
    do {
      let events = try write(news, of: &aggregate, expected)
      if let columns = aggregate.checkpoint {
        try put(root.checkpointRecords, aggregate.id.text, columns, in: aggregate.workspace)
      }
      guard root.publishesOnPersist else { return events }
      try within(aggregate.workspace) { _ = try $0.emit(events, to: root.stream) }
      return []
    } catch {
      rollBack(to: before)
      aggregate.settle()
      throw error
    }
  }

  private func write(
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
