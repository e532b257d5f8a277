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
  /// The state machine that decides what may happen to it, if it is one.
  public let machine: StateMachine?
  /// Whether the events in which the machine says where it stands are published too.
  public let publishesStatus: Bool
  /// After how many events a folded state is kept, so that loading folds what came since; `nil`
  /// when loading always folds everything.
  public let snapshotEvery: Int?
  /// Makes the columns by which aggregates are searched from a state; see
  /// ``Transaction/loadBulk(_:where:sortedBy:page:size:in:)``.
  public let checkpoint: (@Sendable (_ state: JSON) -> JSON)?
  /// Whether persisting emits the events too.
  public let publishesOnPersist: Bool
  let identity = FoldIdentity()

  /// Declares an aggregate.
  ///
  /// - Parameters:
  ///   - idPrefix: The type in lower case when absent.
  ///   - machine: Decides what may happen; where it stands is kept in the state's member
  ///     ``machineMember``, which reducers can read and not change.
  ///   - publishesStatus: Whether its ``statusEvent``s go to the stream with the others; else
  ///     they are in the aggregate's history alone.
  ///   - snapshotEvery: After how many events a folded state is kept; 1 or more.
  ///   - publishOnPersist: Whether persisting emits the events to the stream, once.
  ///   - checkpoint: Makes an object of the columns to search by. It is kept apart from the events
  ///     and the id, whatever its columns are called. A state machine has its own: where it
  ///     stands, and what it remembers.
  public init(
    _ type: String, stream: StreamName, idPrefix: String? = nil, machine: StateMachine? = nil,
    publishesStatus: Bool = false, snapshotEvery: Int? = nil, publishOnPersist: Bool = false,
    checkpoint: (@Sendable (_ state: JSON) -> JSON)? = nil, reducers: [EventType: Reducer] = [:]
  ) {
    self.type = type
    self.stream = stream
    self.idPrefix = idPrefix ?? type.lowercased()
    self.reducers = reducers
    self.machine = machine
    self.publishesStatus = publishesStatus
    self.snapshotEvery = snapshotEvery.map { max(1, $0) }
    self.checkpoint = checkpoint
    publishesOnPersist = publishOnPersist
  }

  /// Folds one event into a state.
  public func apply(_ event: Event, to state: inout JSON) {
    let member = AggregateRoot.machineMember
    guard machine != nil else {
      reducers[event.type]?(&state, event)
      return
    }
    let said = event.type == AggregateRoot.statusEvent ? event.data.value : state[member]
    reducers[event.type]?(&state, event)
    // A reducer that replaces the whole state must not make the machine forget where it stands.
    if !said.isNull { state[member] = said }
  }
}

/// One aggregate in the hands of a command: its state, and what it has raised so far.
public struct AggregateInstance: Sendable {
  /// The declaration.
  public let root: AggregateRoot
  /// Its id.
  public let id: DomainID
  /// Whose it is.
  public let workspace: Workspace
  /// The version that was loaded; 0 for a new one.
  public private(set) var loadedVersion: Version
  /// The state, with the raised events folded in.
  public private(set) var state: JSON
  /// What has been raised and not yet persisted.
  public private(set) var newEvents: [NewEvent] = []
  /// What the machine said of itself when this was loaded or persisted last; else `null`.
  private(set) var loadedMachine: JSON

  package init(
    root: AggregateRoot, id: DomainID, loadedVersion: Version, state: JSON,
    workspace: Workspace = .system
  ) {
    self.workspace = workspace
    self.root = root
    self.id = id
    self.loadedVersion = loadedVersion
    self.state = state
    loadedMachine = state[AggregateRoot.machineMember]
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
      stream: workspace.stream(root.stream), domainID: complete.domainID,
      createdAt: complete.createdAt ?? Instant(milliseconds: 0), data: complete.data)
    root.apply(folded, to: &state)
  }

  package mutating func markPersisted() {
    loadedVersion = version
    newEvents = []
    loadedMachine = state[AggregateRoot.machineMember]
  }
}
