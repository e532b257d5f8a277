/// One aggregate in the hands of a command: its state, and what it has raised so far.
///
/// What it raised and persisted counts as persisted as long as that stands. When the part of the
/// transaction that persisted it fails, or the whole of it, the aggregate has raised it as before,
/// and persisting it again writes it once.
public struct AggregateInstance: Sendable {
  /// The declaration.
  public let root: AggregateRoot
  /// Its id.
  public let id: DomainID
  /// Whose it is.
  public let workspace: Workspace
  private var content: Content
  /// Its newest persist, until it is known to be for good.
  private var lastPersist: Persist?

  /// What it is at one time.
  private struct Content: Sendable {
    var loadedVersion: Version
    var state: JSON
    var newEvents: [NewEvent] = []
    var loadedMachine: JSON
    /// What a reducer threw about an event that was raised; persisting throws it.
    var failure: (any Error)?
  }

  /// One persist that may be taken back.
  private struct Persist: Sendable {
    let write: StagedWrite
    let loadedVersion: Version
    let newEvents: [NewEvent]
    let loadedMachine: JSON
    /// The state before, when the aggregate was loaded again meanwhile; else the state is the same.
    let state: JSON?
    /// The one before, if that was not yet for good either.
    let earlier: [Persist]
  }

  package init(
    root: AggregateRoot, id: DomainID, loadedVersion: Version, state: JSON,
    workspace: Workspace = .system
  ) {
    self.workspace = workspace
    self.root = root
    self.id = id
    content = Content(
      loadedVersion: loadedVersion, state: state,
      loadedMachine: state[AggregateRoot.machineMember])
  }

  /// The version that was loaded; 0 for a new one.
  public var loadedVersion: Version { current.loadedVersion }

  /// The state, with the raised events folded in.
  public var state: JSON { current.state }

  /// What has been raised and not yet persisted.
  public var newEvents: [NewEvent] { current.newEvents }

  /// What the machine said of itself when this was loaded or persisted last; else `null`.
  var loadedMachine: JSON { current.loadedMachine }

  /// What a reducer threw about an event that was raised; persisting throws it.
  var failure: (any Error)? { current.failure }

  /// The version with the raised events.
  public var version: Version {
    let content = current
    return Version(content.loadedVersion.number + content.newEvents.count)
  }

  /// A member of the state, or `null`.
  public subscript(member: String) -> JSON { state[member] }

  /// Says that something happened, and folds it into the state at once.
  ///
  /// - Parameter id: An id of the caller's own, kept as it is. When it is the id of an event that
  ///   the aggregate has already, persisting writes that event no second time.
  public mutating func raise(_ type: EventType, _ data: JSON = .emptyObject, id: EventID? = nil) {
    raise(NewEvent(type, self.id, data: data, id: id))
  }

  /// Says that something happened; what the event leaves out is filled in by persisting.
  public mutating func raise(_ event: NewEvent) {
    settle()
    var complete = event
    complete.domainID = event.domainID ?? id
    content.newEvents.append(complete)
    do { try fold(complete, into: &content.state) } catch {
      if content.failure == nil { content.failure = error }
    }
  }

  private func fold(_ event: NewEvent, into state: inout JSON) throws {
    let folded = Event(
      id: event.id ?? "", type: event.type, source: event.source ?? "",
      stream: workspace.stream(root.stream), domainID: event.domainID,
      createdAt: event.createdAt ?? Instant(milliseconds: 0), data: event.data)
    try root.fold(folded, into: &state)
  }
}

extension AggregateInstance {
  /// Counts what it has raised as persisted as long as a write stands.
  ///
  /// - Parameter reloaded: The aggregate as it is stored now, when that is not what it was loaded
  ///   as and what it raised.
  package mutating func markPersisted(
    by write: StagedWrite, reloaded: AggregateInstance? = nil
  ) {
    settle()
    lastPersist = Persist(
      write: write, loadedVersion: content.loadedVersion, newEvents: content.newEvents,
      loadedMachine: content.loadedMachine, state: reloaded.map { _ in content.state },
      earlier: lastPersist.map { [$0] } ?? [])
    if let reloaded {
      content = reloaded.content
    } else {
      content.loadedVersion = Version(content.loadedVersion.number + content.newEvents.count)
      content.newEvents = []
      content.loadedMachine = content.state[AggregateRoot.machineMember]
    }
  }

  /// What it is, what was taken back since it was changed last left out.
  private var current: Content {
    guard let lastPersist, lastPersist.write.isTakenBack else { return content }
    var copy = self
    copy.settle()
    return copy.content
  }

  /// Raises again what it persisted and what did not stay, and forgets what is for good.
  package mutating func settle() {
    while let persist = lastPersist {
      if persist.write.isKept {
        lastPersist = nil
        return
      }
      guard persist.write.isTakenBack else { return }
      let since = content.newEvents
      content.loadedVersion = persist.loadedVersion
      content.loadedMachine = persist.loadedMachine
      content.newEvents = persist.newEvents + since
      if var state = persist.state {
        for event in since {
          do { try fold(event, into: &state) } catch {
            if content.failure == nil { content.failure = error }
          }
        }
        content.state = state
      }
      lastPersist = persist.earlier.first
    }
  }
}
