/// What a domain declares, arranged so that the engine finds it in O(1).
final class Registry: TransactionServices {
  let domain: Domain
  let subscriptions: [Subscription]
  private let commands: [String: Command]
  private let aggregatesByStream: [StreamName: AggregateRoot]
  private let views: [String: EventView]
  private let sagas: [String: Saga]
  private let adapters: [String: EventAdapter]
  private let subscriptionsByGroup: [String: Subscription]
  private let consumersByStream: [StreamName: Consumers]

  /// Who is offered the events of one stream.
  private struct Consumers {
    var byType: [EventType: [ConsumerName]] = [:]
    var ofAnyType: [ConsumerName] = []
  }

  /// Arranges a domain.
  ///
  /// - Throws: The first of ``Domain/problems``.
  init(_ domain: Domain, subscriptions: [Subscription] = []) throws(DomainError) {
    if let problem = domain.problems.first { throw problem }
    self.domain = domain
    self.subscriptions = subscriptions
    commands = Registry.byName(domain.commands, \.type)
    aggregatesByStream = Registry.byName(domain.aggregates, \.stream)
    views = Registry.byName(domain.views, \.name)
    sagas = Registry.byName(domain.sagas, \.name)
    adapters = Registry.byName(domain.adapters, \.name)
    subscriptionsByGroup = Registry.byName(subscriptions, \.group.text)
    consumersByStream = Registry.consumers(domain, subscriptions)
  }

  var source: String { domain.source }

  func saga(_ name: String) -> Saga? { sagas[name] }

  func aggregateType(of stream: StreamName) -> String? { aggregatesByStream[stream]?.type }

  func aggregate(in stream: StreamName) -> AggregateRoot? { aggregatesByStream[stream] }

  func consumers(of stream: StreamName, _ type: EventType) -> [ConsumerName] {
    guard let consumers = consumersByStream[stream] else { return [] }
    return consumers.byType[type] ?? consumers.ofAnyType
  }

  /// What a view, an adapter or a subscription does with an event, and its group.
  func reaction(of consumer: ConsumerName, to type: EventType) -> (GroupName, EventHandler)? {
    switch consumer.kind {
    case .view:
      guard let view = views[consumer.name] else { return nil }
      return view.reactions.handler(for: type).map { (view.group, $0) }
    case .adapter:
      guard let adapter = adapters[consumer.name] else { return nil }
      return adapter.reactions.handler(for: type).map { (adapter.group, $0) }
    case .subscription:
      return subscriptionsByGroup[consumer.name].map { ($0.group, $0.handler) }
    case .saga: return nil
    }
  }

  func execute(_ intent: CommandIntent, in transaction: Transaction) throws -> JSON? {
    guard let command = commands[intent.type] else {
      throw EngineError.unknownCommand(intent.type, known: domain.commands.map(\.type))
    }
    let result: CommandResult
    do {
      result = try command.handler(try command.checked(intent.data), transaction)
    } catch let error as ReportedError {
      // What a command inside reported and nobody caught is a refusal of this one.
      throw Rejection(error.reason)
    }
    try transaction.emit(result.events, to: command.stream)
    if let error = result.reportedError { throw error }
    return result.response
  }

  private static func byName<Declared, Name: Hashable>(
    _ items: [Declared], _ name: (Declared) -> Name
  ) -> [Name: Declared] {
    Dictionary(items.map { (name($0), $0) }) { first, _ in first }
  }

  private static func consumers(
    _ domain: Domain, _ subscriptions: [Subscription]
  ) -> [StreamName: Consumers] {
    struct Offer {
      let consumer: ConsumerName
      let streams: [StreamName]
      let types: [EventType]?
    }
    func types(_ reactions: Reactions) -> [EventType]? {
      reactions.any == nil ? Array(reactions.byType.keys) : nil
    }
    let offers =
      domain.views.map {
        Offer(consumer: .init(.view, $0.name), streams: $0.streams, types: types($0.reactions))
      }
      + domain.sagas.map {
        Offer(
          consumer: .init(.saga, $0.name), streams: $0.streams,
          types: Array(Set($0.startTypes + $0.handledTypes)))
      }
      + domain.adapters.map {
        Offer(consumer: .init(.adapter, $0.name), streams: $0.streams, types: types($0.reactions))
      }
      + subscriptions.map {
        Offer(consumer: .init(.subscription, $0.group.text), streams: $0.streams, types: nil)
      }
    var result: [StreamName: Consumers] = [:]
    for stream in Set(offers.flatMap(\.streams)) {
      let here = offers.filter { $0.streams.contains(stream) }
      var consumers = Consumers()
      consumers.ofAnyType = here.filter { $0.types == nil }.map(\.consumer)
      for type in Set(here.flatMap { $0.types ?? [] }) {
        consumers.byType[type] = here.filter { $0.types?.contains(type) ?? true }.map(\.consumer)
      }
      result[stream] = consumers
    }
    return result
  }
}

/// A subscription of a program that uses the library, beside the domain's own consumers.
struct Subscription: Sendable {
  let group: GroupName
  let streams: [StreamName]
  let handler: EventHandler
}
