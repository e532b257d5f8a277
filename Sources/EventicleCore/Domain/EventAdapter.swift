/// Causes side effects when events happen, or records them.
///
/// An adapter is offered events that happen after it was registered, each in its own transaction.
public struct EventAdapter: Sendable {
  /// Runs when an event could not be handled; if it fails as well, the journal says so and none of
  /// its writes remain.
  public typealias ErrorStep = @Sendable (ConsumerFailure, Transaction) throws -> Void

  /// The name, unique among adapters.
  public let name: String
  /// The group that keeps the adapter's position.
  public let group: GroupName
  /// The streams to read; a `*` in a name stands for any characters.
  public let streams: [StreamName]
  /// How the adapter takes its deliveries.
  public let options: ConsumerOptions
  package let reactions: Reactions

  /// Declares an adapter by a handler for each type of event.
  public init(
    _ name: String, streams: [StreamName], group: GroupName? = nil,
    options: ConsumerOptions = .standard, on handlers: [EventType: EventHandler],
    onError: ErrorStep? = nil
  ) {
    self.init(name, streams, group, options, Reactions(byType: handlers, onError: onError))
  }

  /// Declares an adapter with one handler for every event.
  public init(
    _ name: String, streams: [StreamName], group: GroupName? = nil,
    options: ConsumerOptions = .standard, onAny handler: @escaping EventHandler,
    onError: ErrorStep? = nil
  ) {
    self.init(name, streams, group, options, Reactions(any: handler, onError: onError))
  }

  /// Declares an adapter with one handler for every event in its transport form.
  public init(
    _ name: String, streams: [StreamName], group: GroupName? = nil,
    options: ConsumerOptions = .standard, onRaw handler: @escaping RawEventHandler,
    onError: ErrorStep? = nil
  ) {
    self.init(name, streams, group, options, Reactions(raw: handler, onError: onError))
  }

  private init(
    _ name: String, _ streams: [StreamName], _ group: GroupName?, _ options: ConsumerOptions,
    _ reactions: Reactions
  ) {
    self.name = name
    self.group = group ?? GroupName("adapter-\(name)")
    self.streams = streams
    self.options = options
    self.reactions = reactions
  }

  /// Whether the adapter takes events in their transport form.
  public var isRaw: Bool { reactions.raw != nil }
}
