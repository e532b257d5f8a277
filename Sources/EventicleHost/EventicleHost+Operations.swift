public import EventicleCore

/// The operations of an `Eventicle` besides reading and dispatching by name; all throw as
/// ``EventicleHost/perform(_:timeout:)`` does.
extension EventicleHost {
  // MARK: - Commands and events

  /// Dispatches a command, optionally for a tenant or with an idempotency key, and delivers
  /// everything that follows from it.
  ///
  /// - Parameter timeout: How long to wait for the reply on the host's clock; without limit when
  ///   `nil`.
  /// - Returns: The response and the events appended.
  @discardableResult
  public func dispatch(
    _ intent: CommandIntent, timeout: Interval? = nil
  ) async throws -> CommandReply {
    CommandReply(try await executor.perform(.dispatch(intent), timeout: timeout))
  }

  /// Runs a closure as a command, and delivers everything that follows from it.
  ///
  /// - Parameters:
  ///   - stream: The stream for the events that the closure returns.
  ///   - name: The command name in the journal.
  ///   - workspace: The workspace whose data it reads and writes.
  ///   - body: Runs on the engine's thread; an error that it throws undoes all it did.
  /// - Returns: The response and the events appended.
  @discardableResult
  public func dispatch(
    on stream: StreamName, named name: String = DirectCommand.standardName,
    in workspace: Workspace? = nil, timeout: Interval? = nil,
    _ body: @escaping @Sendable (Transaction) throws -> CommandResult
  ) async throws -> CommandReply {
    let command = DirectCommand(name, stream: stream, workspace: workspace, body: body)
    return CommandReply(try await executor.perform(.direct(command), timeout: timeout))
  }

  /// Appends encoded events and delivers them.
  ///
  /// - Throws: The codec's error for bytes that are not an event; nothing is appended then.
  public func emit(encoded events: [EncodedEvent], to stream: StreamName) async throws {
    try await emit(try events.map { NewEvent(try readers.codec.decode($0)) }, to: stream)
  }

  /// Imports a past event with its own id and time.
  ///
  /// - Parameter reaction: Whether sagas and adapters react to it as well as views.
  public func importEvent(
    _ event: Event, reaction: ImportReaction = .viewsOnly
  ) async throws {
    try await perform(.take(event, reaction: reaction))
  }

  /// Stops handing out the oldest events of a stream; see `EventClient.retain`.
  ///
  /// - Parameter evenUnread: Whether to remove events that a group has not been offered.
  /// - Returns: How many events are kept, and which group prevents removing more.
  @discardableResult
  public func retain(
    _ stream: StreamName, newest count: Int, evenUnread: Bool = false
  ) async throws -> Retention {
    let plan = try await executor.read().engine.retention(
      of: stream, newest: count, evenUnread: evenUnread)
    try await perform(.trim(stream, keeping: count, evenUnread: evenUnread))
    return plan
  }

  // MARK: - The domain

  /// Goes on with another declaration of the domain and delivers what follows.
  ///
  /// Known consumers and ``AsyncEventAdapter``s continue from their positions, and nothing that
  /// happened is done again; see `Engine.adopt`. Sequences of events that exist already go on
  /// reading them as before; new ones upcast as the new domain says.
  ///
  /// - Returns: What is different now, in sentences.
  /// - Throws: ``EventicleCore/DomainError`` when a declaration cannot work, in which case nothing
  ///   has changed, and ``EventicleCore/OperationError`` when the host was shut down.
  @discardableResult
  public func adopt(_ domain: Domain) async throws -> AdoptReport {
    try await executor.adopt(domain)
  }

  // MARK: - Groups

  /// The position, lag and status of each group, in the order of delivery.
  public func groups() async throws -> [GroupReport] {
    try await executor.read().engine.groupReports
  }

  /// Pauses a group; events appended while it is paused are delivered when it is resumed.
  ///
  /// A running handler of an ``AsyncEventAdapter`` may finish.
  public func pause(_ group: GroupName) async throws { try await perform(.pause(group)) }

  /// Resumes a paused or stopped group from its position.
  public func resume(_ group: GroupName) async throws { try await perform(.resume(group)) }

  /// Moves a group to another place in the log, backward or forward.
  ///
  /// Running handlers of an ``AsyncEventAdapter`` are cancelled, and their events are offered again
  /// if they come after that place.
  public func replay(_ group: GroupName, from start: StreamStart) async throws {
    let position = start.position(in: try await executor.read().engine.world)
    try await perform(.move(group, after: position))
  }

  /// Starts an adapter; a known group continues where it stopped.
  public func attach(_ adapter: AsyncEventAdapter) async throws {
    try await executor.configure(.attach(adapter))
  }

  /// Stops an ``AsyncEventAdapter`` and cancels its handlers; its position is kept.
  ///
  /// Events whose handlers were cancelled are offered again when the adapter is attached again.
  public func close(_ group: GroupName) async throws { try await executor.configure(.close(group)) }

  // MARK: - Parked work

  /// The deliveries and timers that failed and are parked, oldest first.
  public var parked: [Parked] { world.parked }

  /// Retries parked work; if it succeeds it is no longer parked.
  ///
  /// The work of an ``AsyncEventAdapter`` is offered to it again and stays parked until its handler
  /// succeeds; this method returns as soon as it is offered.
  ///
  /// - Parameter data: Data to use instead of the event's own.
  public func redrive(_ number: Int, with data: JSON? = nil) async throws {
    if let data { try await perform(.edit(number, JSONBytes(data))) }
    try await perform(.redrive(number))
  }

  /// Sets the data with which parked work is retried; `nil` restores the event's own.
  public func editParked(_ number: Int, data: JSON?) async throws {
    try await perform(.edit(number, data.map { JSONBytes($0) }))
  }

  /// Discards parked work without handling it.
  public func dropParked(_ number: Int) async throws { try await perform(.dropParked(number)) }

  // MARK: - Views, metrics, locks

  /// Folds a view's events again outside the live world and compares the resulting rows with the
  /// live ones.
  ///
  /// Runs on the caller's task, so the engine is not blocked.
  public func rebuild(_ view: String) async throws -> ViewComparison {
    let engine = try await executor.read().engine
    do { return try engine.rebuild(view) } catch let error as EngineError {
      throw OperationError(error.description)
    }
  }

  /// Replaces a view's live rows with rebuilt ones.
  ///
  /// - Parameter evenTrimmed: Whether to proceed although some of its events are no longer handed
  ///   out and the new rows will lack them.
  public func swap(_ view: String, evenTrimmed: Bool = false) async throws {
    try await perform(.swap(view: view, evenTrimmed: evenTrimmed))
  }

  /// Counts and durations of deliveries and commands so far.
  public func metrics() async throws -> EngineMetrics { try await executor.read().metrics }

  /// The leases of a workspace that are held now.
  public func locks(in workspace: Workspace = .system) async throws -> [Lock] {
    try await executor.read().engine.world.locks(in: workspace)
  }
}
