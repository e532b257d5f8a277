/// What a domain declares about one kind of aggregate: where its events live and how they fold.
///
/// The state is a JSON object, so that every tool can show it. Events of types without a reducer
/// change nothing.
public struct AggregateRoot: Sendable {
  /// Folds one event into the state.
  public typealias Reducer = @Sendable (_ state: inout JSON, _ event: Event) -> Void

  /// Its name: `Order`.
  public let type: String
  /// The stream in which its events live.
  public let stream: StreamName
  /// What its ids begin with: `order` gives `order-1`, `order-2` …
  public let idPrefix: String
  /// How each type of event changes the state.
  public let reducers: [EventType: Reducer]

  /// Declares an aggregate.
  ///
  /// - Parameter idPrefix: The type in lower case when absent.
  public init(
    _ type: String, stream: StreamName, idPrefix: String? = nil,
    reducers: [EventType: Reducer]
  ) {
    self.type = type
    self.stream = stream
    self.idPrefix = idPrefix ?? type.lowercased()
    self.reducers = reducers
  }

  /// Folds one event into a state.
  public func apply(_ event: Event, to state: inout JSON) {
    reducers[event.type]?(&state, event)
  }

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

/// One aggregate in the hands of a command: its state, and what it has raised so far.
public struct AggregateInstance: Sendable {
  /// The declaration.
  public let root: AggregateRoot
  /// Its id.
  public let id: DomainID
  /// The version that was loaded; 0 for a new one.
  public private(set) var loadedVersion: Version
  /// The state, with the raised events folded in.
  public private(set) var state: JSON
  /// What has been raised and not yet persisted.
  public private(set) var newEvents: [NewEvent] = []

  init(root: AggregateRoot, id: DomainID, loadedVersion: Version, state: JSON) {
    self.root = root
    self.id = id
    self.loadedVersion = loadedVersion
    self.state = state
  }

  /// The version with the raised events.
  public var version: Version { Version(loadedVersion.number + newEvents.count) }

  /// A member of the state, or `null`.
  public subscript(member: String) -> JSON { state[member] }

  /// Says that something happened, and folds it into the state at once.
  ///
  /// - Parameter id: An id of the caller's own, kept as it is.
  public mutating func raise(_ type: EventType, _ data: JSON = .emptyObject, id: EventID? = nil) {
    raise(NewEvent(type, self.id, data: data, id: id))
  }

  /// Says that something happened; what the event leaves out is filled in by persisting.
  public mutating func raise(_ event: NewEvent) {
    var complete = event
    complete.domainID = event.domainID ?? id
    newEvents.append(complete)
    let folded = Event(
      id: complete.id ?? "", type: complete.type, source: complete.source ?? "",
      stream: root.stream, domainID: complete.domainID,
      createdAt: complete.createdAt ?? Instant(milliseconds: 0), data: complete.data)
    root.apply(folded, to: &state)
  }

  mutating func markPersisted() {
    loadedVersion = version
    newEvents = []
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

  /// The aggregate with an id, folded from its events; `nil` when it has none. O(events).
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
