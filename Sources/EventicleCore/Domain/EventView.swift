/// What a consumer does with one event.
public typealias EventHandler = @Sendable (Event, Transaction) throws -> Void

/// Folds events into records that can be queried.
///
/// A view sees every event of its streams from the beginning, in order, once.
public struct EventView: Sendable {
  /// Its name, which is also the type of its records.
  public let name: String
  /// The group under which its position is kept.
  public let group: GroupName
  /// The streams it reads.
  public let streams: [StreamName]
  let reactions: Reactions

  /// Declares a view by what it does with each type of event.
  public init(
    _ name: String, streams: [StreamName], group: GroupName? = nil,
    on handlers: [EventType: EventHandler]
  ) {
    self.name = name
    self.group = group ?? GroupName("view-\(name)")
    self.streams = streams
    reactions = Reactions(byType: handlers, any: nil)
  }

  /// Declares a view that looks at every event itself.
  public init(
    _ name: String, streams: [StreamName], group: GroupName? = nil,
    onAny handler: @escaping EventHandler
  ) {
    self.name = name
    self.group = group ?? GroupName("view-\(name)")
    self.streams = streams
    reactions = Reactions(byType: [:], any: handler)
  }
}

/// Causes effects outside, or records them, when events happen.
///
/// An adapter sees events that happen after it was registered; each in a transaction of its own.
public struct EventAdapter: Sendable {
  /// Its name.
  public let name: String
  /// The group under which its position is kept.
  public let group: GroupName
  /// The streams it listens to.
  public let streams: [StreamName]
  let reactions: Reactions

  /// Declares an adapter by what it does with each type of event.
  public init(
    _ name: String, streams: [StreamName], group: GroupName? = nil,
    on handlers: [EventType: EventHandler]
  ) {
    self.name = name
    self.group = group ?? GroupName("adapter-\(name)")
    self.streams = streams
    reactions = Reactions(byType: handlers, any: nil)
  }
}

/// Handlers by type of event, with one for all others.
struct Reactions: Sendable {
  let byType: [EventType: EventHandler]
  let any: EventHandler?

  func handler(for type: EventType) -> EventHandler? { byType[type] ?? any }
}
