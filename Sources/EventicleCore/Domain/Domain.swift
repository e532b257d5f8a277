/// Everything that a team declares about its model.
public struct Domain: Sendable {
  /// Its name: `shop`.
  public let name: String
  /// The service name that its events carry.
  public let source: String
  /// One sentence about it.
  public let summary: String
  /// The kinds of aggregates.
  public let aggregates: [AggregateRoot]
  /// The requests it knows.
  public let commands: [Command]
  /// What folds events into rows, in order of delivery.
  public let views: [EventView]
  /// The long-running reactions, in order of delivery.
  public let sagas: [Saga]
  /// What listens and acts outside, in order of delivery.
  public let adapters: [EventAdapter]
  /// By which values records are found without a search, those that views declare included.
  public let indexes: [RecordIndex]
  /// What takes events of old shapes to the newest one when they are read.
  public let upcasters: UpcasterChain
  /// Which data of events is personal.
  public let redaction: Redaction

  /// Declares a domain.
  ///
  /// - Parameter source: The domain's name when absent.
  public init(
    _ name: String, source: String? = nil, summary: String = "",
    aggregates: [AggregateRoot] = [], commands: [Command] = [], views: [EventView] = [],
    sagas: [Saga] = [], adapters: [EventAdapter] = [], indexes: [RecordIndex] = [],
    upcasters: UpcasterChain = .empty, redaction: Redaction = Redaction([:])
  ) {
    self.name = name
    self.source = source ?? name
    self.summary = summary
    self.aggregates = aggregates
    self.commands = commands
    self.views = views
    self.sagas = sagas
    self.adapters = adapters
    self.indexes =
      indexes + views.flatMap { view in view.indexed.map { RecordIndex(view.name, on: $0) } }
    self.upcasters = upcasters
    self.redaction = redaction
  }

  /// The aggregate of a type.
  public func aggregate(_ type: String) -> AggregateRoot? { aggregates.first { $0.type == type } }
  /// The command of a type.
  public func command(_ type: String) -> Command? { commands.first { $0.type == type } }
  /// The view of a name.
  public func view(_ name: String) -> EventView? { views.first { $0.name == name } }
  /// The saga of a name.
  public func saga(_ name: String) -> Saga? { sagas.first { $0.name == name } }

  /// An event in its newest shape, for tools that show what there is.
  ///
  /// - Returns: `nil` for an event that the upcasters drop; the event as it rests when they fail.
  public func upcast(_ event: Event) -> Event? {
    do { return try upcasters.upcast(event) } catch { return event }
  }

  /// What is declared twice, or cannot work; empty when all is well.
  public var problems: [DomainError] {
    var found = namelessness + commands.flatMap(\.problems) + sagas.flatMap(\.problems)
    for problem in aggregates.flatMap({ $0.machine?.problems ?? [] }) {
      found.append(.unsoundMachine(problem))
    }
    func twice(_ kind: String, _ names: [String]) {
      var seen: Set<String> = []
      for name in names where !seen.insert(name).inserted {
        found.append(.declaredTwice(kind: kind, name: name))
      }
    }
    twice("aggregate", aggregates.map(\.type))
    twice("aggregate stream", aggregates.map(\.stream.text))
    twice("command", commands.map(\.type))
    twice("view", views.map(\.name))
    twice("saga", sagas.map(\.name))
    twice("adapter", adapters.map(\.name))
    twice("index", indexes.map(\.description))
    twice(
      "consumer group",
      views.map(\.group.text) + sagas.map(\.group.text) + adapters.map(\.group.text))
    return found
  }
}
