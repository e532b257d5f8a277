public import EventicleCore

/// What an `Eventicle` offers besides reading and dispatching by name; all of it throws as
/// ``EventicleHost/perform(_:timeout:)`` does.
extension EventicleHost {
  // MARK: - Commands and events

  /// Carries out a command, for a tenant or under an idempotency key, and everything that follows
  /// from it.
  ///
  /// - Parameter timeout: How long to wait for the reply on the host's clock; for ever when `nil`.
  /// - Returns: Its response and the events that it appended.
  @discardableResult
  public func dispatch(
    _ intent: CommandIntent, timeout: Interval? = nil
  ) async throws -> CommandReply {
    CommandReply(try await executor.perform(.dispatch(intent), timeout: timeout))
  }

  /// Carries out a body as a command, and everything that follows from it.
  ///
  /// - Parameters:
  ///   - stream: Where the events that the body returns go.
  ///   - name: The name under which it is journaled.
  ///   - workspace: Whose data it is about.
  ///   - body: Runs on the engine's thread; what it throws takes back all it did.
  /// - Returns: The response and the events that were appended.
  @discardableResult
  public func dispatch(
    on stream: StreamName, named name: String = DirectCommand.standardName,
    in workspace: Workspace? = nil, timeout: Interval? = nil,
    _ body: @escaping @Sendable (Transaction) throws -> CommandResult
  ) async throws -> CommandReply {
    let command = DirectCommand(name, stream: stream, workspace: workspace, body: body)
    return CommandReply(try await executor.perform(.direct(command), timeout: timeout))
  }

  /// Appends events that come in their travelling form.
  ///
  /// - Throws: What the codec says about bytes that are not an event; nothing was appended then.
  public func emit(encoded events: [EncodedEvent], to stream: StreamName) async throws {
    try await emit(try events.map { NewEvent(try readers.codec.decode($0)) }, to: stream)
  }

  /// Takes in an event of the past: it keeps its id and its time.
  ///
  /// - Parameter reaction: Whether sagas and adapters react to it as well as views.
  public func importEvent(
    _ event: Event, reaction: ImportReaction = .viewsOnly
  ) async throws {
    try await perform(.take(event, reaction: reaction))
  }

  /// Stops handing out the oldest events of a stream; see `EventClient.retain`.
  ///
  /// - Parameter evenUnread: Whether events go too that a group has not been offered.
  /// - Returns: What stays, and who holds up what does not go.
  @discardableResult
  public func retain(
    _ stream: StreamName, newest count: Int, evenUnread: Bool = false
  ) async throws -> Retention {
    let plan = try await executor.read().engine.retention(
      of: stream, newest: count, evenUnread: evenUnread)
    try await perform(.trim(stream, keeping: count, evenUnread: evenUnread))
    return plan
  }

  // MARK: - Groups

  /// How every group is doing, in the order of delivery.
  public func groups() async throws -> [GroupReport] {
    try await executor.read().engine.groupReports
  }

  /// Lets a group wait; what happens meanwhile is delivered when it is resumed.
  ///
  /// A handler of an ``AsyncEventAdapter`` that runs is let finish.
  public func pause(_ group: GroupName) async throws { try await perform(.pause(group)) }

  /// Lets a paused or stopped group go on where it was.
  public func resume(_ group: GroupName) async throws { try await perform(.resume(group)) }

  /// Moves a group back, or forward, to a place in the log.
  ///
  /// Handlers of an ``AsyncEventAdapter`` that run are cancelled, and their events are offered again
  /// if they lie behind that place.
  public func replay(_ group: GroupName, from start: StreamStart) async throws {
    let position = start.position(in: try await executor.read().engine.world)
    try await perform(.move(group, after: position))
  }

  /// Starts an adapter; a group that the engine knows goes on where it stopped.
  public func attach(_ adapter: AsyncEventAdapter) async throws {
    try await executor.configure(.attach(adapter))
  }

  /// Ends an ``AsyncEventAdapter``; its position is kept, and its handlers are cancelled.
  ///
  /// What they had begun is offered again when the group is attached again.
  public func close(_ group: GroupName) async throws { try await executor.configure(.close(group)) }

  // MARK: - Parked work

  /// The work that failed and is parked, oldest first.
  public var parked: [Parked] { world.parked }

  /// Does parked work again; what succeeds is no longer parked.
  ///
  /// The work of an ``AsyncEventAdapter`` is offered to it again and stays parked until its handler
  /// has succeeded; this returns as soon as it is offered.
  ///
  /// - Parameter data: Data to use instead of the event's own.
  public func redrive(_ number: Int, with data: JSON? = nil) async throws {
    if let data { try await perform(.edit(number, JSONBytes(data))) }
    try await perform(.redrive(number))
  }

  /// Sets the data with which parked work is done again; `nil` restores the event's own.
  public func editParked(_ number: Int, data: JSON?) async throws {
    try await perform(.edit(number, data.map { JSONBytes($0) }))
  }

  /// Gives parked work up.
  public func dropParked(_ number: Int) async throws { try await perform(.dropParked(number)) }

  // MARK: - Views, metrics, locks

  /// Folds a view's events anew beside the world, and compares the rows with the live ones.
  ///
  /// Runs on the caller's task while the engine goes on.
  public func rebuild(_ view: String) async throws -> ViewComparison {
    let engine = try await executor.read().engine
    do { return try engine.rebuild(view) } catch let error as EngineError {
      throw OperationError(error.description)
    }
  }

  /// Puts the rows that a view's events make in the place of those that it has.
  ///
  /// - Parameter evenTrimmed: Whether to do so although some of its events are not handed out any
  ///   more, so that the rows will be without them.
  public func swap(_ view: String, evenTrimmed: Bool = false) async throws {
    try await perform(.swap(view: view, evenTrimmed: evenTrimmed))
  }

  /// What consumers and commands have done so far, and how long it took.
  public func metrics() async throws -> EngineMetrics { try await executor.read().metrics }

  /// The leases of a workspace that hold now.
  public func locks(in workspace: Workspace = .system) async throws -> [Lock] {
    try await executor.read().engine.world.locks(in: workspace)
  }
}
