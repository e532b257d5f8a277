/// Causes effects outside, or records them, when events happen.
///
/// An adapter sees events that happen after it was registered; each in a transaction of its own.
public struct EventAdapter: Sendable {
  /// What an adapter does when an event could not be handled; if it fails as well, the journal
  /// says so and nothing of it stays.
  public typealias ErrorStep = @Sendable (ConsumerFailure, Transaction) throws -> Void

  /// Its name.
  public let name: String
  /// The group under which its position is kept.
  public let group: GroupName
  /// The streams it listens to; a `*` in a name stands for any characters.
  public let streams: [StreamName]
  /// How it takes its events.
  public let options: ConsumerOptions
  package let reactions: Reactions

  /// Declares an adapter by what it does with each type of event.
  public init(
    _ name: String, streams: [StreamName], group: GroupName? = nil,
    options: ConsumerOptions = .standard, on handlers: [EventType: EventHandler],
    onError: ErrorStep? = nil
  ) {
    self.init(name, streams, group, options, Reactions(byType: handlers, onError: onError))
  }

  /// Declares an adapter that looks at every event itself.
  public init(
    _ name: String, streams: [StreamName], group: GroupName? = nil,
    options: ConsumerOptions = .standard, onAny handler: @escaping EventHandler,
    onError: ErrorStep? = nil
  ) {
    self.init(name, streams, group, options, Reactions(any: handler, onError: onError))
  }

  /// Declares an adapter that looks at every event in its travelling form.
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

  /// Whether it takes events in their travelling form.
  public var isRaw: Bool { reactions.raw != nil }
}
