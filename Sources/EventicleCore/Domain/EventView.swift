/// Folds events into records that can be queried.
///
/// A view is offered every event of its streams from the beginning, in order, once.
public struct EventView: Sendable {
  /// The name, which is also the type of its records.
  public let name: String
  /// The group that keeps the view's position.
  public let group: GroupName
  /// The streams to read; a `*` in a name stands for any characters.
  public let streams: [StreamName]
  /// How the view takes its deliveries.
  public let options: ConsumerOptions
  /// The values by which its rows are found without a search.
  public let indexed: [JSONPath]
  package let reactions: Reactions

  /// Declares a view by a handler for each type of event.
  public init(
    _ name: String, streams: [StreamName], group: GroupName? = nil,
    options: ConsumerOptions = .standard, indexed: [JSONPath] = [],
    on handlers: [EventType: EventHandler]
  ) {
    self.init(name, streams, group, options, indexed, Reactions(byType: handlers))
  }

  /// Declares a view with one handler for every event.
  public init(
    _ name: String, streams: [StreamName], group: GroupName? = nil,
    options: ConsumerOptions = .standard, indexed: [JSONPath] = [],
    onAny handler: @escaping EventHandler
  ) {
    self.init(name, streams, group, options, indexed, Reactions(any: handler))
  }

  /// Declares a view with one handler for every event in its transport form.
  public init(
    _ name: String, streams: [StreamName], group: GroupName? = nil,
    options: ConsumerOptions = .standard, indexed: [JSONPath] = [],
    onRaw handler: @escaping RawEventHandler
  ) {
    self.init(name, streams, group, options, indexed, Reactions(raw: handler))
  }

  private init(
    _ name: String, _ streams: [StreamName], _ group: GroupName?, _ options: ConsumerOptions,
    _ indexed: [JSONPath], _ reactions: Reactions
  ) {
    self.name = name
    self.group = group ?? GroupName("view-\(name)")
    self.streams = streams
    self.options = options
    self.indexed = indexed
    self.reactions = reactions
  }

  /// Whether the view takes events in their transport form.
  public var isRaw: Bool { reactions.raw != nil }
}
