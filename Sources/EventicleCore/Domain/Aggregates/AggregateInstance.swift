/// One aggregate that a command works on: its state, and the events it has raised so far.
///
/// Events raised and persisted count as persisted while that write stands. If the transaction, or
/// the part of it that persisted them, fails, they count as raised again, and persisting again
/// writes them once.
public struct AggregateInstance: Sendable {
  /// The declaration that folds its events.
  public let root: AggregateRoot
  /// The id, unique within the type and workspace.
  public let id: DomainID
  /// Whose data it is: a tenant's, or that of the system.
  public let workspace: Workspace
  private var content: Content
  /// The latest persist, until it is known to be committed.
  private var lastPersist: Persist?

  /// The contents of an aggregate at one time.
  private struct Content: Sendable {
    var loadedVersion: Version
    var state: JSON
    var newEvents: [NewEvent] = []
    var loadedMachine: JSON
    /// The error of a reducer for a raised event; persisting throws it.
    var failure: (any Error)?
    /// All events, for an aggregate whose folder folds them from the first; else `nil`.
    var history: [Event]?
  }

  /// One persist that may be rolled back.
  private struct Persist: Sendable {
    let write: StagedWrite
    let loadedVersion: Version
    let newEvents: [NewEvent]
    let loadedMachine: JSON
    /// The earlier state if the aggregate has been loaded again since; otherwise the state is
    /// unchanged.
    let state: JSON?
    /// All events of that state, if the aggregate has a folder.
    let history: [Event]?
    /// The persist before, if it was not yet committed either.
    let earlier: [Persist]
  }

  package init(
    root: AggregateRoot, id: DomainID, loadedVersion: Version, state: JSON,
    workspace: Workspace = .system, history: [Event]? = nil
  ) {
    self.workspace = workspace
    self.root = root
    self.id = id
    content = Content(
      loadedVersion: loadedVersion, state: state,
      loadedMachine: state[AggregateRoot.machineMember],
      history: root.folder == nil ? nil : history ?? [])
  }

  /// The version at which it was loaded; 0 for a new aggregate.
  public var loadedVersion: Version {
    lastPersist == nil ? content.loadedVersion : current.loadedVersion
  }

  /// The state, including the raised events.
  public var state: JSON {
    lastPersist == nil ? content.state : current.state
  }

  /// The events that have been raised and not yet persisted.
  public var newEvents: [NewEvent] {
    lastPersist == nil ? content.newEvents : current.newEvents
  }

  /// The machine's status when the aggregate was loaded or last persisted; else `null`.
  var loadedMachine: JSON {
    lastPersist == nil ? content.loadedMachine : current.loadedMachine
  }

  /// The error of a reducer for a raised event; persisting throws it.
  var failure: (any Error)? {
    lastPersist == nil ? content.failure : current.failure
  }

  /// The version, including the raised events.
  public var version: Version {
    let content = current
    return Version(content.loadedVersion.number + content.newEvents.count)
  }

  /// A member of the state; `null` when there is none.
  public subscript(member: String) -> JSON { state[member] }

  /// Raises an event and folds it into the state at once.
  ///
  /// - Parameter id: The caller's own id, kept unchanged. If the aggregate already has an event
  ///   with this id, persisting does not write the event a second time.
  public mutating func raise(_ type: EventType, _ data: JSON = .emptyObject, id: EventID? = nil) {
    raise(NewEvent(type, self.id, data: data, id: id))
  }

  /// Raises an event; what it leaves out is filled in when it is persisted.
  public mutating func raise(_ event: NewEvent) {
    settle()
    var complete = event
    complete.domainID = event.domainID ?? id
    content.newEvents.append(complete)
    do { try fold(complete, into: &content.state, &content.history) } catch {
      if content.failure == nil { content.failure = error }
    }
  }

  private func fold(
    _ event: NewEvent, into state: inout JSON, _ history: inout [Event]?
  ) throws {
    let folded = Event(
      id: event.id ?? "", type: event.type, source: event.source ?? "",
      stream: workspace.stream(root.stream), domainID: event.domainID,
      createdAt: event.createdAt ?? Instant(milliseconds: 0), data: event.data)
    guard history != nil else { return try root.fold(folded, into: &state) }
    history?.append(folded)
    state = try root.state(after: history ?? [], of: AggregateKey(root.type, id, in: workspace))
  }
}

extension AggregateInstance {
  /// Counts the raised events as persisted while a write stands.
  ///
  /// - Parameter reloaded: The aggregate as it is stored now, if that differs from what was loaded
  ///   and raised.
  package mutating func markPersisted(
    by write: StagedWrite, reloaded: AggregateInstance? = nil
  ) {
    settle()
    lastPersist = Persist(
      write: write, loadedVersion: content.loadedVersion, newEvents: content.newEvents,
      loadedMachine: content.loadedMachine, state: reloaded.map { _ in content.state },
      history: content.history,
      earlier: lastPersist.map { [$0] } ?? [])
    if let reloaded {
      content = reloaded.content
    } else {
      content.loadedVersion = Version(content.loadedVersion.number + content.newEvents.count)
      content.newEvents = []
      content.loadedMachine = content.state[AggregateRoot.machineMember]
    }
  }

  /// The contents without any persist that was rolled back since the last change.
  private var current: Content {
    guard let lastPersist, lastPersist.write.isTakenBack else { return content }
    var copy = self
    copy.settle()
    return copy.content
  }

  /// Raises again the events whose persist was rolled back, and drops the record of committed ones.
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
        content.history = persist.history
        for event in since {
          do { try fold(event, into: &state, &content.history) } catch {
            if content.failure == nil { content.failure = error }
          }
        }
        content.state = state
      }
      lastPersist = persist.earlier.first
    }
  }
}
