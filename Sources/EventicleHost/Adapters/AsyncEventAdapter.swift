public import EventicleCore

/// Causes effects outside that take time: sends mail, calls a service, writes to another database.
///
///     let mailer = AsyncEventAdapter("Mailer", streams: ["orders"], on: [
///       "OrderPlaced": { event, context in
///         try await mail.send(event.data.value, idempotencyKey: context.idempotencyKey)
///         try await context.dispatch("ConfirmMail", ["order": .string(event.key)])
///       }
///     ])
///     let host = try EventicleHost(domain, adapters: [mailer])
///
/// Handlers run outside the engine's thread. Events of one key are handled one after the other, in
/// the order of the log; as many keys at once as `options.parallel` says. Every event is handled at
/// least once: the engine keeps the position of the group and which events were offered and not
/// acknowledged. What throws, or is not done before its deadline, is retried, parked, skipped or
/// stops the group as `options.policy` says.
public struct AsyncEventAdapter: Sendable {
  /// Handles an event; returning acknowledges it, throwing fails it.
  public typealias Handler = @Sendable (Event, AdapterContext) async throws -> Void

  /// Its name, unique among the adapters of the domain and of the host.
  public let name: String
  /// The group under which its position is kept; `adapter-` and the name unless it was given.
  public let group: GroupName
  /// The streams it takes events from; a `*` in a name stands for any characters.
  public let streams: [StreamName]
  /// Its error policy, how many keys may be at work at once, and whether it skips an event that it
  /// has handled before.
  public let options: ConsumerOptions
  /// How long one handling may last on the host's clock; then it is cancelled and counts as failed.
  public let deadline: Interval
  /// Where a group begins that the engine does not know yet.
  public let start: StreamStart
  let types: Set<EventType>?
  let handler: Handler

  /// Declares an adapter by what it does with each type of event.
  public init(
    _ name: String, streams: [StreamName], group: GroupName? = nil, from start: StreamStart = .end,
    options: ConsumerOptions = .standard, deadline: Interval = .seconds(30),
    on handlers: [EventType: Handler]
  ) {
    self.init(name, streams, group, start, options, deadline, Set(handlers.keys)) {
      event, context in try await handlers[event.type]?(event, context)
    }
  }

  /// Declares an adapter that takes events of every type.
  public init(
    _ name: String, streams: [StreamName], group: GroupName? = nil, from start: StreamStart = .end,
    options: ConsumerOptions = .standard, deadline: Interval = .seconds(30),
    onAny handler: @escaping Handler
  ) {
    self.init(name, streams, group, start, options, deadline, nil, handler)
  }

  private init(
    _ name: String, _ streams: [StreamName], _ group: GroupName?, _ start: StreamStart,
    _ options: ConsumerOptions, _ deadline: Interval, _ types: Set<EventType>?,
    _ handler: @escaping Handler
  ) {
    self.name = name
    self.group = group ?? GroupName("adapter-\(name)")
    self.streams = streams
    self.options = options
    self.deadline = deadline
    self.start = start
    self.types = types
    self.handler = handler
  }

  /// Starts its group on an engine.
  func subscribe(_ engine: inout Engine) throws -> Step {
    try engine.subscribe(
      group, to: streams, after: start.position(in: engine.world), options: options,
      .worker(adapter: name, WorkerReaction(types: types, deadline: deadline)))
  }
}
