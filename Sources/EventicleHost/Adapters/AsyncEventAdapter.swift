public import EventicleCore

/// Has effects outside the engine that take time, such as sending mail or calling a service.
///
///     let mailer = AsyncEventAdapter("Mailer", streams: ["orders"], on: [
///       "OrderPlaced": { event, context in
///         try await mail.send(event.data.value, idempotencyKey: context.idempotencyKey)
///         try await context.dispatch("ConfirmMail", ["order": .string(event.key)])
///       }
///     ])
///     let host = try EventicleHost(domain, adapters: [mailer])
///
/// Handlers run outside the engine's thread. Events of one key are handled one at a time, in the
/// order of the log, and at most `options.parallel` keys at once. Every event is handled at least
/// once: the engine stores the position of the group and the events that were offered but not
/// acknowledged. When a handler throws, or does not finish before its deadline, `options.policy`
/// decides whether to retry, park or skip the event, or to stop the group.
public struct AsyncEventAdapter: Sendable {
  /// Handles an event; returning acknowledges it, throwing fails it.
  public typealias Handler = @Sendable (Event, AdapterContext) async throws -> Void

  /// The name, unique among the adapters of the domain and of the host.
  public let name: String
  /// The group that stores its position; `adapter-` followed by the name by default.
  public let group: GroupName
  /// The streams that it consumes; a `*` in a name stands for any characters.
  public let streams: [StreamName]
  /// The error policy, the number of keys handled at once, and whether it skips events that it has
  /// handled before.
  public let options: ConsumerOptions
  /// The longest time for one attempt on the host's clock; after it the attempt is cancelled and
  /// fails.
  public let deadline: Interval
  /// Where the group begins if the engine does not know it.
  public let start: StreamStart
  let types: Set<EventType>?
  let handler: Handler

  /// Declares an adapter with a handler for each type of event.
  public init(
    _ name: String, streams: [StreamName], group: GroupName? = nil, from start: StreamStart = .end,
    options: ConsumerOptions = .standard, deadline: Interval = .seconds(30),
    on handlers: [EventType: Handler]
  ) {
    self.init(name, streams, group, start, options, deadline, Set(handlers.keys)) {
      event, context in try await handlers[event.type]?(event, context)
    }
  }

  /// Declares an adapter with one handler for events of every type.
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

  /// Subscribes its group on an engine.
  func subscribe(_ engine: inout Engine) throws -> Step {
    try engine.subscribe(
      group, to: streams, after: start.position(in: engine.world), options: options,
      .worker(adapter: name, WorkerReaction(types: types, deadline: deadline)))
  }
}
