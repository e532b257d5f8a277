/// Folds events into records that can be queried.
///
/// A view sees every event of its streams from the beginning, in order, once.
public struct EventView: Sendable {
  /// Its name, which is also the type of its records.
  public let name: String
  /// The group under which its position is kept.
  public let group: GroupName
  /// The streams it reads; a `*` in a name stands for any characters.
  public let streams: [StreamName]
  /// How it takes its events.
  public let options: ConsumerOptions
  /// By which values its rows are found without a search.
  public let indexed: [JSONPath]
  package let reactions: Reactions

  /// Declares a view by what it does with each type of event.
  public init(
    _ name: String, streams: [StreamName], group: GroupName? = nil,
    options: ConsumerOptions = .standard, indexed: [JSONPath] = [],
    on handlers: [EventType: EventHandler]
  ) {
    self.init(name, streams, group, options, indexed, Reactions(byType: handlers))
  }

  /// Declares a view that looks at every event itself.
  public init(
    _ name: String, streams: [StreamName], group: GroupName? = nil,
    options: ConsumerOptions = .standard, indexed: [JSONPath] = [],
    onAny handler: @escaping EventHandler
  ) {
    self.init(name, streams, group, options, indexed, Reactions(any: handler))
  }

  /// Declares a view that looks at every event in its travelling form.
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

  /// Whether it takes events in their travelling form.
  public var isRaw: Bool { reactions.raw != nil }
}
