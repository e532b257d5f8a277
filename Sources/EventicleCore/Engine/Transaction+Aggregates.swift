extension AggregateRoot {
  /// The state of an aggregate in a world, folded up to a version; O(events).
  ///
  /// - Returns: `nil` when the aggregate has no events.
  public func state(
    of id: DomainID, in world: World, upTo version: Version? = nil
  ) -> (state: JSON, version: Version)? {
    let key = AggregateKey(type, id)
    let known = world.histories.version(of: key)
    let last = version.map { min($0, known) } ?? known
    guard last.number > 0 else { return nil }
    var state = JSON.emptyObject
    world.forEachEvent(of: key, upTo: last) { event, _ in apply(event, to: &state) }
    return (state, last)
  }
}

extension Transaction {
  /// A new aggregate with the next id of its kind.
  public func new(_ root: AggregateRoot) -> AggregateInstance {
    new(root, id: nextID(root.idPrefix))
  }

  /// A new aggregate with an id of the caller's own.
  public func new(_ root: AggregateRoot, id: DomainID) -> AggregateInstance {
    AggregateInstance(root: root, id: id, loadedVersion: Version(0), state: .emptyObject)
  }

  /// The aggregate with an id, folded from its events in O(events); `nil` when it has none.
  public func load(_ root: AggregateRoot, _ id: DomainID) -> AggregateInstance? {
    let key = AggregateKey(root.type, id)
    let staged = stagedEvents(of: key)
    let stored = root.state(of: id, in: world)
    guard stored != nil || !staged.isEmpty else { return nil }
    var state = stored?.state ?? .emptyObject
    for event in staged { root.apply(event, to: &state) }
    let version = Version((stored?.version.number ?? 0) + staged.count)
    return AggregateInstance(root: root, id: id, loadedVersion: version, state: state)
  }

  /// The events of an aggregate, oldest first.
  public func history(_ root: AggregateRoot, _ id: DomainID) -> [Event] {
    let key = AggregateKey(root.type, id)
    var events: [Event] = []
    world.forEachEvent(of: key) { event, _ in events.append(event) }
    return events + stagedEvents(of: key)
  }

  /// Adds what an aggregate has raised to its history, and returns it ready to be emitted.
  ///
  /// Persisting does not publish: return the events from the command, or emit them. An event
  /// that is persisted and emitted is written once.
  ///
  /// - Throws: ``WorldError/versionConflict(_:expected:actual:)`` when the aggregate has moved
  ///   on since it was loaded, ``WorldError/aggregateWithoutID(_:)``.
  @discardableResult
  public func persist(_ aggregate: inout AggregateInstance) throws -> [NewEvent] {
    guard !aggregate.id.text.isEmpty else {
      throw WorldError.aggregateWithoutID(aggregate.root.type)
    }
    guard !aggregate.newEvents.isEmpty else { return [] }
    let key = AggregateKey(aggregate.root.type, aggregate.id)
    let actual = Version(
      world.histories.version(of: key).number + stagedEvents(of: key).count)
    guard actual == aggregate.loadedVersion else {
      throw WorldError.versionConflict(key, expected: aggregate.loadedVersion, actual: actual)
    }
    let events = try aggregate.newEvents.map { try complete($0, for: aggregate.root.stream) }
    stage(events, for: key)
    aggregate.markPersisted()
    return events.map { NewEvent($0) }
  }
}
