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
  /// By which values records are found without a search.
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
    self.indexes = indexes
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

/// What is wrong with the declaration of a domain.
public enum DomainError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Two declarations of a kind have the same name.
  case declaredTwice(kind: String, name: String)
  /// A declaration of a kind has no name.
  case nameless(kind: String)
  /// An aggregate has a colon in its type.
  case aggregateWithColon(String)
  /// A command declares an argument twice.
  case doubleField(command: String, field: String)
  /// The versions of a saga's data begin at 1.
  case versionTooLow(saga: String, version: Int)
  /// A saga handles a type of event twice.
  case doubleHandler(saga: String, method: String, EventType)
  /// A saga handles a timer twice.
  case doubleTimer(saga: String, timer: String)
  /// A saga handles a type without saying by what an instance is found, and has no key.
  case handlerWithoutMatch(saga: String, EventType)
  /// A saga starts with a type and says only one of by which property and by which value of the
  /// event it finds out whether an instance is live.
  case startWithHalfMatch(saga: String, EventType)
  /// A step armed a timer that its saga does not handle.
  case timerWithoutHandler(saga: String, timer: String)
  /// A state machine cannot work; the sentence says why.
  case unsoundMachine(String)

  /// The same in words.
  public var description: String {
    switch self {
    case .declaredTwice(let kind, let name):
      "The \(kind) \(name) is declared twice; give one of them another name."
    case .nameless(let kind):
      "Every \(kind) needs a name, but one has none; name it where it is declared."
    case .aggregateWithColon(let type):
      "The aggregate \(type) may have no colon in its type, which parts tenants from types; "
        + "write a dash instead."
    case .doubleField(let command, let field):
      "The command \(command) declares the argument \(field) twice; give one of them another name."
    case .versionTooLow(let saga, let version):
      "The saga \(saga) has the version \(version), but versions begin at 1; count up from there."
    case .doubleHandler(let saga, let method, let type):
      "The saga \(saga) has two handlers of \(method) for \(type); an event type has one."
    case .doubleTimer(let saga, let timer):
      "The saga \(saga) has two handlers for the timer \(timer); a timer has one."
    case .handlerWithoutMatch(let saga, let type):
      "The saga \(saga) handles \(type) without saying for which instance; declare keyed(by:), "
        + "say matching:, or use onEvery."
    case .startWithHalfMatch(let saga, let type):
      "The saga \(saga) starts with \(type) and says only one of unlessLive: and value:, which "
        + "would be ignored; say both, or neither."
    case .timerWithoutHandler(let saga, let timer):
      "\(saga) has no handler for the timer \"\(timer)\"; declare it with onTimer first."
    case .unsoundMachine(let problem): problem
    }
  }
}
