/// Reads and writes streams: cold (history, then end), hot (live only), cold-hot (both).
///
/// Handlers run on the caller's thread; they may emit, and what they emit is delivered after them.
public struct EventClient {
  let app: Eventicle

  // MARK: - Writing

  /// Appends events to a stream and delivers them.
  ///
  /// One id is one event, whether groups handle each event once or not: an event whose id is in the
  /// log already is not written again if it says the same, and an error if it does not; see
  /// ``Transaction/emit(_:to:)-swift.method``. Trying again with the same ids is safe.
  ///
  /// - Throws: ``OperationError`` in the words of ``TransactionError``; nothing was appended then.
  public func emit(_ events: [NewEvent], to stream: StreamName) throws {
    try app.perform(.emit(events, to: stream))
  }

  /// Appends events that come in their travelling form.
  ///
  /// - Throws: What the codec says about bytes that are not an event; nothing was appended then.
  public func emit(encoded events: [EncodedEvent], to stream: StreamName) throws {
    let codec = app.readableEngine.codec
    try emit(try events.map { NewEvent(try codec.decode($0)) }, to: stream)
  }

  /// Stops handing out the oldest events of a stream, so that so many stay.
  ///
  /// Events that a group has not been offered yet stay, and more of them than asked for with them:
  /// whether the group is paused, slow or closed, it may go on. Handlers that begin later, and views
  /// that are folded anew, do without what went.
  ///
  /// - Parameter evenUnread: Whether events go too that a group has not been offered; it misses
  ///   them then.
  /// - Returns: What stays, and who holds up what does not go. Asked by a handler, it is done after
  ///   the step at hand, and what is returned is what it would be now.
  /// - Throws: ``OperationError`` when the stream has no events and nobody declares it.
  @discardableResult
  public func retain(
    _ stream: StreamName, newest count: Int, evenUnread: Bool = false
  ) throws -> Retention {
    let plan = app.readableEngine.retention(of: stream, newest: count, evenUnread: evenUnread)
    try app.perform(.trim(stream, keeping: count, evenUnread: evenUnread))
    return plan
  }

  // MARK: - Reading

  /// Goes through the history of a stream once, oldest first, then calls `onDone`.
  ///
  /// As with groups, tenants' parts of the stream are part of it: who names `orders` is handed the
  /// events of `acme.orders` too. Who names `Workspace("acme").stream("orders")`, or `acme.orders`
  /// where the domain has no stream of that name, is handed those alone.
  ///
  /// - Returns: How many events there were.
  /// - Throws: What the handler throws; `onDone` is not called then. ``OperationError`` when a
  ///   stream has no name.
  @discardableResult
  public func coldStream(
    _ stream: StreamName, from start: StreamStart = .beginning,
    _ handler: (Event) throws -> Void, onDone: () -> Void = {}
  ) throws -> Int {
    try coldStream([stream], from: start, handler, onDone: onDone)
  }

  /// Goes through the history of streams once, in the order of the whole log, then calls `onDone`.
  ///
  /// What is appended meanwhile is not part of it.
  ///
  /// - Returns: How many events there were.
  /// - Throws: What the handler throws; `onDone` is not called then. ``OperationError`` when a
  ///   stream has no name.
  @discardableResult
  public func coldStream(
    _ streams: [StreamName], from start: StreamStart = .beginning,
    _ handler: (Event) throws -> Void, onDone: () -> Void = {}
  ) throws -> Int {
    guard !streams.contains("") else {
      throw OperationError(EngineError.emptyStream)
    }
    let count = try app.readableEngine.replay(streams, in: app.world, from: start, handler)
    onDone()
    return count
  }

  /// Hands over the events of streams from now on.
  ///
  /// A group that was closed goes on where it stopped. A `*` in a name stands for any characters.
  ///
  /// - Parameter deletingOnClose: Whether the position is forgotten when the group is closed.
  /// - Throws: ``EngineError/groupTaken(_:)`` when the group has a consumer.
  public func hotStream(
    _ streams: StreamName..., group: GroupName, options: ConsumerOptions = .standard,
    deletingOnClose: Bool = false, _ handler: @escaping (Event) throws -> Void
  ) throws {
    try subscribe(streams, group, nil, options, deletingOnClose, .local(handler))
  }

  /// Hands over events from now on in their travelling form; see
  /// ``hotStream(_:group:options:deletingOnClose:_:)``.
  ///
  /// That is the form in which they rest: what is protected stays sealed, and old shapes stay old.
  public func hotRawStream(
    _ streams: StreamName..., group: GroupName, options: ConsumerOptions = .standard,
    deletingOnClose: Bool = false, _ handler: @escaping (EncodedEvent) throws -> Void
  ) throws {
    try subscribe(streams, group, nil, options, deletingOnClose, .localRaw(handler))
  }

  /// Hands over the history of streams and then what comes; a known group goes on where it
  /// stopped.
  ///
  /// - Parameter start: Where a new group begins.
  /// - Throws: ``EngineError/groupTaken(_:)`` when the group has a consumer.
  public func coldHotStream(
    _ streams: StreamName..., group: GroupName, from start: StreamStart = .beginning,
    options: ConsumerOptions = .standard, _ handler: @escaping (Event) throws -> Void
  ) throws {
    try subscribe(streams, group, start, options, false, .local(handler))
  }

  /// Hands over history and what comes in their travelling form; see
  /// ``coldHotStream(_:group:from:options:_:)``.
  public func coldHotRawStream(
    _ streams: StreamName..., group: GroupName, from start: StreamStart = .beginning,
    options: ConsumerOptions = .standard, _ handler: @escaping (EncodedEvent) throws -> Void
  ) throws {
    try subscribe(streams, group, start, options, false, .localRaw(handler))
  }

  private func subscribe(
    _ streams: [StreamName], _ group: GroupName, _ start: StreamStart?,
    _ options: ConsumerOptions, _ isEphemeral: Bool, _ body: SubscriptionBody
  ) throws {
    try app.reconfigure("subscribe as \(group)") { engine in
      try engine.subscribe(
        group, to: streams, after: start.map { $0.position(in: engine.world.log) },
        isEphemeral: isEphemeral, options: options, body)
    }
  }

  // MARK: - Groups

  /// Closes a subscription; its position is kept unless it was to be forgotten.
  ///
  /// - Throws: ``OperationError`` when nobody consumes for the group, as ``pause(_:)`` does.
  public func close(_ group: GroupName) throws {
    do {
      try app.reconfigure("close \(group)") { try $0.unsubscribe(group) }
    } catch let error as EngineError {
      throw OperationError(error)
    }
  }

  /// Lets a group wait; what happens meanwhile is handed over when it is resumed.
  ///
  /// The timers of a saga wait with its group: what fell due meanwhile fires when it is resumed, as
  /// the policy of each timer for missed moments says. Timers and events come in the order in which
  /// they fell due and happened, so that a pause changes when things are done and not what is done;
  /// only what a step arms while it catches up counts from then.
  ///
  /// - Throws: ``OperationError`` when nobody consumes for the group, with those that there are.
  public func pause(_ group: GroupName) throws { try app.perform(.pause(group)) }

  /// Lets a paused or stopped group go on where it was.
  public func resume(_ group: GroupName) throws { try app.perform(.resume(group)) }

  /// Moves a group back, or forward, to a place in the log.
  ///
  /// What is parked stays so until it is handled; when an event that it waits for is handled on the
  /// way, it is parked no more.
  public func replay(_ group: GroupName, from start: StreamStart) throws {
    try app.perform(.move(group, after: start.position(in: app.world.log)))
  }

  /// How every group is doing, in the order of delivery.
  public var groups: [GroupReport] { app.readableEngine.groupReports }

  // MARK: - Work that failed

  /// What is parked, oldest first.
  public var parked: [Parked] { app.world.parked }

  /// Does parked work again; what succeeds is parked no more.
  ///
  /// - Parameter data: Data to use instead of the event's own.
  /// - Throws: ``OperationError`` with the number, whom it is for, and why it failed again.
  public func redrive(_ number: Int, with data: JSON? = nil) throws {
    if let data { try app.perform(.edit(number, JSONBytes(data))) }
    try app.perform(.redrive(number))
  }

  /// Gives parked work up.
  public func dropParked(_ number: Int) throws { try app.perform(.dropParked(number)) }

  /// Whether it takes what it is asked to do.
  public var isConnected: Bool { app.connection == .connected }
}

extension SubscriptionBody {
  /// A handler that runs on the thread of the engine's only holder.
  static func local(_ handler: @escaping (Event) throws -> Void) -> SubscriptionBody {
    let held = HeldClosure(handler)
    return .events { event, _ in try held.body(event) }
  }

  /// A raw handler that runs on the thread of the engine's only holder.
  static func localRaw(_ handler: @escaping (EncodedEvent) throws -> Void) -> SubscriptionBody {
    let held = HeldClosure(handler)
    return .raw { event, _ in try held.body(event) }
  }
}

/// A closure of whoever subscribes.
// Safe although it is not shared: it never leaves its thread, for an ``Eventicle`` is not `Sendable`
// and never hands its engine out, so that who calls it runs what it was given.
private struct HeldClosure<Input>: @unchecked Sendable {
  let body: (Input) throws -> Void

  init(_ body: @escaping (Input) throws -> Void) { self.body = body }
}
