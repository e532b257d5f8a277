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
  /// What its ids begin with, as `order` in `order-1`.
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

  package init(root: AggregateRoot, id: DomainID, loadedVersion: Version, state: JSON) {
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

  package mutating func markPersisted() {
    loadedVersion = version
    newEvents = []
  }
}
