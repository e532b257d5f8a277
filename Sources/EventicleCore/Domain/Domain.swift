/// Everything that a program declares about its model.
public struct Domain: Sendable {
  /// The name, such as `shop`.
  public let name: String
  /// The name of the service that its events carry as their source.
  public let source: String
  /// One sentence about the domain.
  public let summary: String
  /// The kinds of aggregates, with their reducers.
  public let aggregates: [AggregateRoot]
  /// The commands that it can carry out.
  public let commands: [Command]
  /// The views, in order of delivery.
  public let views: [EventView]
  /// The sagas, in order of delivery.
  public let sagas: [Saga]
  /// The adapters, in order of delivery.
  public let adapters: [EventAdapter]
  /// What is said of types of events; those that need no saying are not here.
  public let events: [EventDeclaration]
  /// The indexes of records, including those that views declare.
  public let indexes: [RecordIndex]
  /// The steps that upcast old events when they are read.
  public let upcasters: UpcasterChain
  /// The personal data in events that tools hide.
  public let redaction: Redaction
  /// The other program in which the handlers run; `nil` when they run in this process.
  package var program: (any HandlerProgram)?
  private let tones: [EventType: EventTone]
  /// Whether it is told by its events, because nobody declared it.
  package internal(set) var isInferred = false

  /// Declares a domain.
  ///
  /// - Parameter source: The name of the service; the domain's name when absent.
  public init(
    _ name: String, source: String? = nil, summary: String = "",
    aggregates: [AggregateRoot] = [], commands: [Command] = [], views: [EventView] = [],
    sagas: [Saga] = [], adapters: [EventAdapter] = [], events: [EventDeclaration] = [],
    indexes: [RecordIndex] = [], upcasters: UpcasterChain = .empty,
    redaction: Redaction = Redaction([:])
  ) {
    self.name = name
    self.source = source ?? name
    self.summary = summary
    self.aggregates = aggregates
    self.commands = commands
    self.views = views
    self.sagas = sagas
    self.adapters = adapters
    self.events = events
    tones = Dictionary(
      events.compactMap { event in event.tone.map { (event.type, $0) } },
      uniquingKeysWith: { first, _ in first })
    self.indexes =
      indexes + views.flatMap { view in view.indexed.map { RecordIndex(view.name, on: $0) } }
    self.upcasters = upcasters
    self.redaction = redaction
  }

  /// The aggregate of a type; `nil` when none is declared.
  public func aggregate(_ type: String) -> AggregateRoot? { aggregates.first { $0.type == type } }
  /// The command of a type; `nil` when none is declared.
  public func command(_ type: String) -> Command? { commands.first { $0.type == type } }
  /// The view with a name; `nil` when none is declared.
  public func view(_ name: String) -> EventView? { views.first { $0.name == name } }
  /// The saga with a name; `nil` when none is declared.
  public func saga(_ name: String) -> Saga? { sagas.first { $0.name == name } }
  /// The kind of news that events of a type are; `nil` when the domain does not say.
  public func tone(of type: EventType) -> EventTone? { tones.isEmpty ? nil : tones[type] }

  /// An event in its newest shape, for tools that show events.
  ///
  /// - Returns: `nil` for an event that the upcasters drop; the stored event when they fail.
  public func upcast(_ event: Event) -> Event? {
    do { return try upcasters.upcast(event) } catch { return event }
  }

  /// What runs but is hardly meant, one sentence each.
  ///
  /// Such as a state of a machine that nothing leads to, or a part of a chart drawn elsewhere that
  /// is not read.
  public var warnings: [String] { aggregates.flatMap { $0.machine?.warnings ?? [] } }

  /// Faults in the declarations, such as duplicates; empty when there are none.
  public var problems: [DomainError] {
    var found = namelessness + commands.flatMap(\.problems) + sagas.flatMap(\.problems)
    for problem in aggregates.flatMap({ $0.machine?.problems ?? [] }) {
      found.append(.unsoundMachine(problem))
    }
    found += aggregates.flatMap { $0.lifecycle?.problems(of: $0.type) ?? [] }
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
    twice("event", events.map(\.type.text))
    twice("index", indexes.map(\.description))
    twice(
      "consumer group",
      views.map(\.group.text) + sagas.map(\.group.text) + adapters.map(\.group.text))
    return found
  }
}
