extension Transaction {
  /// Creates an aggregate with the next id of its kind that has no events yet.
  public func new(_ root: AggregateRoot) -> AggregateInstance {
    while true {
      let id = nextID(root.idPrefix)
      // Events about this id may have been emitted directly.
      let key = AggregateKey(root.type, id, in: workspace)
      if world.histories.version(of: key).number == 0 { return new(root, id: id) }
    }
  }

  /// Creates an aggregate with an id of the caller's own.
  ///
  /// - Parameter workspace: The workspace of the aggregate; the transaction's own when absent.
  public func new(
    _ root: AggregateRoot, id: DomainID, in workspace: Workspace? = nil
  ) -> AggregateInstance {
    AggregateInstance(
      root: root, id: id, loadedVersion: Version(0), state: .emptyObject,
      workspace: workspace ?? self.workspace)
  }

  /// Loads the aggregate with an id by folding its events; `nil` when it has none.
  ///
  /// O(events), or O(events since the last stored state) when the aggregate stores them; see
  /// ``AggregateRoot/snapshotEvery``.
  ///
  /// - Parameters:
  ///   - version: The last version to fold; the newest when absent. An aggregate loaded at an old
  ///     version can be persisted only when any version is expected.
  ///   - workspace: The workspace of the aggregate; the transaction's own when absent.
  public func load(
    _ root: AggregateRoot, _ id: DomainID, at version: Version? = nil,
    in workspace: Workspace? = nil
  ) -> AggregateInstance? {
    expectOpen()
    let key = AggregateKey(root.type, id, in: workspace ?? self.workspace)
    let version = version.map { max($0, Version(0)) }
    if root.folder != nil { return loadInBatch(root, key, at: version) }
    var staged = stagedEvents(of: key)
    let keepsStates = services.keepsFoldedStates
    let stored = root.fold(
      key, in: world, upTo: version, usesKept: keepsStates,
      opening: services.readsPlainly ? nil : opened)
    if let version {
      staged = Array(
        staged.prefix(max(0, version.number - world.histories.version(of: key).number)))
    }
    guard stored != nil || !staged.isEmpty else { return nil }
    var state = stored?.state ?? .emptyObject
    if let stored {
      foldedEvents += stored.folded
      if readingError == nil, let failure = stored.failure { readingError = failure }
      if version == nil, keepsStates, readingError == nil, let every = root.snapshotEvery,
        stored.folded >= every
      {
        world.keepFolded(state, stored.version, of: key, by: root.identity)
      }
    }
    for event in staged {
      do { try root.fold(event, into: &state) } catch {
        if readingError == nil { readingError = error }
      }
    }
    return AggregateInstance(
      root: root, id: id,
      loadedVersion: Version((stored?.version.number ?? 0) + staged.count), state: state,
      workspace: key.workspace)
  }

  /// The events of an aggregate, oldest first.
  public func history(
    _ root: AggregateRoot, _ id: DomainID, in workspace: Workspace? = nil
  ) -> [Event] {
    let key = AggregateKey(root.type, id, in: workspace ?? self.workspace)
    var events: [Event] = []
    world.forEachEvent(of: key) { event, _ in
      if let event = opened(event) { events.append(event) }
    }
    return events + stagedEvents(of: key)
  }

  /// The number of an aggregate's events, including those that this step has persisted.
  package func version(of key: AggregateKey) -> Version {
    Version(world.histories.version(of: key).number + stagedEvents(of: key).count)
  }

  /// Appends events to a stream that must have the expected number; each tenant's part counts
  /// apart.
  ///
  /// - Throws: ``TransactionError/streamConflict(_:expected:actual:)``; as ``emit(_:to:)`` does.
  @discardableResult
  public func emit(
    _ events: [NewEvent], to stream: StreamName, expecting expected: ExpectedVersion
  ) throws -> [Event] {
    let place = workspace.stream(stream)
    let actual = Version(world.log.count(of: place))
    guard expected.fits(actual) else {
      throw TransactionError.streamConflict(place, expected: expected, actual: actual)
    }
    return try emit(events, to: stream)
  }

  /// Appends events to the stream of an aggregate whose history must be as expected; those without
  /// a domain id get the aggregate's.
  ///
  /// - Throws: As ``persist(_:expecting:publish:)`` and ``emit(_:to:)`` do.
  @discardableResult
  public func emit(
    _ events: [NewEvent], of root: AggregateRoot, _ id: DomainID,
    expecting expected: ExpectedVersion
  ) throws -> [Event] {
    let key = AggregateKey(root.type, id, in: workspace)
    try check(expected, of: key, version(of: key))
    let own = events.map { event in
      var event = event
      event.domainID = event.domainID ?? id
      return event
    }
    return try emit(own, to: root.stream)
  }

  func check(
    _ expected: ExpectedVersion, of key: AggregateKey, _ actual: Version
  ) throws {
    switch expected {
    case _ where expected.fits(actual): return
    case .exactly(let version):
      throw TransactionError.versionConflict(key, expected: version, actual: actual)
    case .none: throw TransactionError.aggregateExists(key, actual: actual)
    case .exists, .any: throw TransactionError.aggregateMissing(key)
    }
  }
}
