/// Reads and writes streams: cold (history, then end), hot (live only), cold-hot (both).
///
/// Handlers run on the caller's thread. They may emit; those events are delivered after the current
/// step.
public struct EventClient {
  let app: Eventicle

  // MARK: - Writing

  /// Appends events to a stream and delivers them.
  ///
  /// An id stands for one event, whether or not groups are idempotent: an event whose id is in the
  /// log is not written again if its content is the same, and is an error otherwise; see
  /// ``Transaction/emit(_:to:)-swift.method``. Retrying with the same ids is therefore safe.
  ///
  /// - Throws: ``OperationError`` with the sentence of the ``TransactionError``; nothing is
  ///   appended then.
  public func emit(_ events: [NewEvent], to stream: StreamName) throws {
    try app.perform(.emit(events, to: stream))
  }

  /// Appends encoded events and delivers them.
  ///
  /// - Throws: The codec's error for bytes that are not an event; nothing is appended then.
  public func emit(encoded events: [EncodedEvent], to stream: StreamName) throws {
    let codec = app.readableEngine.codec
    try emit(try events.map { NewEvent(try codec.decode($0)) }, to: stream)
  }

  /// Stops handing out the oldest events of a stream, keeping the newest `count`.
  ///
  /// Events that a group has not been offered yet are kept, and all later ones with them, whether
  /// the group is paused, slow or closed, because it may continue. Handlers that start later and
  /// views that are rebuilt do not see the events that are no longer handed out.
  ///
  /// - Parameter evenUnread: Whether to remove events that a group has not been offered; it misses
  ///   them.
  /// - Returns: How many events are kept, and which group prevents removing more. When a handler
  ///   calls this, it is done after the current step, and the result is what it would be now.
  /// - Throws: ``OperationError`` when the stream has no events and is not declared.
  @discardableResult
  public func retain(
    _ stream: StreamName, newest count: Int, evenUnread: Bool = false
  ) throws -> Retention {
    let plan = app.readableEngine.retention(of: stream, newest: count, evenUnread: evenUnread)
    try app.perform(.trim(stream, keeping: count, evenUnread: evenUnread))
    return plan
  }

  // MARK: - Reading

  /// Reads the history of a stream once, oldest event first, then calls `onDone`.
  ///
  /// As with groups, the stream includes its tenants' parts: reading `orders` hands over the events
  /// of `acme.orders` too. Reading `Workspace("acme").stream("orders")`, or `acme.orders` where the
  /// domain has no stream of that name, hands over those alone.
  ///
  /// - Returns: The number of events read.
  /// - Throws: What the handler throws, without calling `onDone`; ``OperationError`` when a stream
  ///   has no name.
  @discardableResult
  public func coldStream(
    _ stream: StreamName, from start: StreamStart = .beginning,
    _ handler: (Event) throws -> Void, onDone: () -> Void = {}
  ) throws -> Int {
    try coldStream([stream], from: start, handler, onDone: onDone)
  }

  /// Reads the history of several streams once, in the order of the log, then calls `onDone`.
  ///
  /// Events appended while it reads are not included.
  ///
  /// - Returns: The number of events read.
  /// - Throws: What the handler throws, without calling `onDone`; ``OperationError`` when a stream
  ///   has no name.
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

  /// Subscribes a group to the events of streams from now on.
  ///
  /// A group that was closed continues where it stopped. A `*` in a name stands for any characters.
  ///
  /// - Parameter deletingOnClose: Whether closing the group deletes its position.
  /// - Throws: ``EngineError/groupTaken(_:)`` when the group has a consumer already.
  public func hotStream(
    _ streams: StreamName..., group: GroupName, options: ConsumerOptions = .standard,
    deletingOnClose: Bool = false, _ handler: @escaping (Event) throws -> Void
  ) throws {
    try subscribe(streams, group, nil, options, deletingOnClose, .local(handler))
  }

  /// Subscribes a group to encoded events from now on; see
  /// ``hotStream(_:group:options:deletingOnClose:_:)``.
  ///
  /// Events are handed over as they are stored: protected members stay sealed, and events are not
  /// upcast.
  public func hotRawStream(
    _ streams: StreamName..., group: GroupName, options: ConsumerOptions = .standard,
    deletingOnClose: Bool = false, _ handler: @escaping (EncodedEvent) throws -> Void
  ) throws {
    try subscribe(streams, group, nil, options, deletingOnClose, .localRaw(handler))
  }

  /// Subscribes a group to the history of streams and then to new events; a known group continues
  /// where it stopped.
  ///
  /// - Parameter start: Where a new group begins.
  /// - Throws: ``EngineError/groupTaken(_:)`` when the group has a consumer already.
  public func coldHotStream(
    _ streams: StreamName..., group: GroupName, from start: StreamStart = .beginning,
    options: ConsumerOptions = .standard, _ handler: @escaping (Event) throws -> Void
  ) throws {
    try subscribe(streams, group, start, options, false, .local(handler))
  }

  /// Subscribes a group to history and new events in encoded form; see
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
    try app.reconfigure("subscribe as \(group)", as: .subscribe(group)) { engine in
      try engine.subscribe(
        group, to: streams, after: start.map { $0.position(in: engine.world.log) },
        isEphemeral: isEphemeral, options: options, body)
    }
  }

  // MARK: - Groups

  /// Closes a subscription; its position is kept unless it was opened to be deleted on close.
  ///
  /// - Throws: ``OperationError`` when the group has no consumer, as ``pause(_:)`` does.
  public func close(_ group: GroupName) throws {
    do {
      try app.reconfigure("close \(group)", as: .unsubscribe(group)) {
        try $0.unsubscribe(group)
      }
    } catch let error as EngineError {
      throw OperationError(error)
    }
  }

  /// Pauses a group; events appended while it is paused are delivered when it is resumed.
  ///
  /// The timers of a saga are paused with its group: those that fell due fire when it is resumed,
  /// as the missed-fire policy of each timer says. Timers and events are then handled in the order
  /// in which they fell due and happened, so that a pause changes when work is done but not what is
  /// done. Only timers armed while catching up count from that time.
  ///
  /// - Throws: ``OperationError`` that lists the known groups, when the group has no consumer.
  public func pause(_ group: GroupName) throws { try app.perform(.pause(group)) }

  /// Resumes a paused or stopped group from its position.
  public func resume(_ group: GroupName) throws { try app.perform(.resume(group)) }

  /// Moves a group to another place in the log, backward or forward.
  ///
  /// Parked work stays parked until it is handled; if its event is handled again on the way, it is
  /// no longer parked.
  public func replay(_ group: GroupName, from start: StreamStart) throws {
    try app.perform(.move(group, after: start.position(in: app.world.log)))
  }

  /// The position, lag and status of each group, in the order of delivery.
  public var groups: [GroupReport] { app.readableEngine.groupReports }

  // MARK: - Work that failed

  /// The parked work, oldest first.
  public var parked: [Parked] { app.world.parked }

  /// Retries parked work; if it succeeds it is no longer parked.
  ///
  /// - Parameter data: Data to use instead of the event's own.
  /// - Throws: ``OperationError`` with the number, the consumer, and why it failed again.
  public func redrive(_ number: Int, with data: JSON? = nil) throws {
    if let data { try app.perform(.edit(number, JSONBytes(data))) }
    try app.perform(.redrive(number))
  }

  /// Discards parked work without handling it.
  public func dropParked(_ number: Int) throws { try app.perform(.dropParked(number)) }

  /// Whether new operations are accepted.
  public var isConnected: Bool { app.connection == .connected }
}

extension SubscriptionBody {
  /// A handler that runs on the caller's thread.
  static func local(_ handler: @escaping (Event) throws -> Void) -> SubscriptionBody {
    let held = HeldClosure(handler)
    return .events { event, _ in try held.body(event) }
  }

  /// A raw handler that runs on the caller's thread.
  static func localRaw(_ handler: @escaping (EncodedEvent) throws -> Void) -> SubscriptionBody {
    let held = HeldClosure(handler)
    return .raw { event, _ in try held.body(event) }
  }
}

/// A subscriber's closure.
// Safe although not shared between threads: it never leaves its thread, because an ``Eventicle`` is
// not `Sendable` and never hands out its engine.
private struct HeldClosure<Input>: @unchecked Sendable {
  let body: (Input) throws -> Void

  init(_ body: @escaping (Input) throws -> Void) { self.body = body }
}
