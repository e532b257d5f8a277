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
  /// What a reducer threw about an event that was raised; persisting throws it.
  private(set) var failure: (any Error)?
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
    do { try root.fold(folded, into: &state) } catch {
      if failure == nil { failure = error }
    }
  }

  package mutating func markPersisted() {
    loadedVersion = version
    newEvents = []
    loadedMachine = state[AggregateRoot.machineMember]
  }
}
