/// What a domain declares, arranged so that the engine finds it in O(1).
final class Registry: TransactionServices {
  let domain: Domain
  let subscriptions: [Subscription]
  let codec: any EventCodec
  let protection: (any EventProtection)?
  /// Whether events are read just as they rest.
  let readsPlainly: Bool
  /// The numbers of the domain's own consumers, in the order of declaration.
  let numbers: [ConsumerNumber]
  /// The consumers by their numbers; `nil` where a subscription was closed.
  private let consumers: [ConsumerDefinition?]
  let commands: [String: Command]
  /// The streams that aggregates and commands write to.
  let written: Set<StreamName>
  private let aggregatesByStream: [StreamName: AggregateRoot]
  private let sagas: [String: Saga]
  private let hasPatterns: Bool
  /// Whether a consumer means some tenants' parts of a stream and not others.
  private let tellsTenantsApart: Bool
  private let offers: [StreamName: [EventType: [ConsumerNumber]]]
  private let offersOfAnyType: [StreamName: [ConsumerNumber]]

  /// Arranges a domain and what subscribes beside it.
  ///
  /// - Parameter numbers: The numbers of the domain's own consumers; from 0 on when absent.
  /// - Throws: The first of ``Domain/problems``.
  init(
    _ domain: Domain, subscriptions: [Subscription] = [], codec: any EventCodec = JSONEventCodec(),
    protection: (any EventProtection)? = nil, numbers: [ConsumerNumber]? = nil
  ) throws(DomainError) {
    if let problem = domain.problems.first { throw problem }
    self.domain = domain
    self.subscriptions = subscriptions
    self.codec = codec
    self.protection = protection
    readsPlainly = protection == nil && domain.upcasters.isEmpty
    commands = Registry.byName(domain.commands, \.type)
    aggregatesByStream = Registry.byName(domain.aggregates, \.stream)
    written = domain.writtenStreams
    sagas = Registry.byName(domain.sagas, \.name)
    let declared = Registry.definitions(of: domain)
    self.numbers = numbers ?? declared.indices.map { ConsumerNumber($0) }
    let all =
      Array(zip(self.numbers, declared)) + subscriptions.map { ($0.number, $0.definition) }
    var definitions: [ConsumerDefinition?] = []
    for (number, definition) in all {
      while definitions.count <= Int(number) { definitions.append(nil) }
      definitions[Int(number)] = definition
    }
    // Who handles a type is offered the events that become of that type when they are read.
    if !domain.upcasters.isEmpty {
      definitions = definitions.map { $0?.takingIn(domain.upcasters) }
    }
    consumers = definitions
    hasPatterns = definitions.contains { $0?.streams.contains(where: \.isPattern) ?? false }
    tellsTenantsApart = definitions.contains { $0?.choice.tellsTenantsApart ?? false }
    (offers, offersOfAnyType) = Registry.arrange(definitions)
  }

  var source: String { domain.source }

  func saga(_ name: String) -> Saga? { sagas[name] }

  func aggregateType(of stream: StreamName) -> String? { aggregate(in: stream)?.type }

  /// The aggregate whose events live in a stream, or in that of which it is a tenant's part.
  func aggregate(in stream: StreamName) -> AggregateRoot? { aggregatesByStream[stream.logical] }

  /// Which streams are meant by naming some.
  func choice(of names: [StreamName]) -> StreamChoice { StreamChoice(names, written: written) }

  func opened(_ event: Event) throws -> Event? {
    guard !readsPlainly else { return event }
    return try domain.upcasters.upcast(protection?.open(event) ?? event)
  }

  /// What a subject's key opened must be gone with the key, so that no state keeps it.
  var keepsFoldedStates: Bool { protection == nil }

  func sealed(_ event: Event) throws -> Event {
    guard let protection else { return event }
    return try protection.seal(event)
  }

  /// An event as a consumer takes it: raw ones take what rests and travels, sealed and in its old
  /// shape; all others what it says today.
  func seen(_ event: Event, by consumer: ConsumerDefinition) throws -> Event? {
    guard !readsPlainly, consumer.reactions.raw == nil else { return event }
    return try opened(event)
  }

  /// The consumer of a number, unless it was closed.
  func consumer(_ number: ConsumerNumber) -> ConsumerDefinition? {
    consumers.indices.contains(Int(number)) ? consumers[Int(number)] : nil
  }

  /// The number of the live consumer of a group.
  func number(of group: GroupName) -> ConsumerNumber? {
    consumers.firstIndex { $0?.group == group }.map { ConsumerNumber($0) }
  }

  func consumers(of stream: StreamName, _ type: EventType) -> [ConsumerNumber] {
    if stream.isTenants {
      // Where nobody tells tenants apart, a part is heard by those who hear the stream.
      return tellsTenantsApart ? listeners(to: stream, type) : consumers(of: stream.logical, type)
    }
    if let types = offers[stream] { return types[type] ?? offersOfAnyType[stream] ?? [] }
    return hasPatterns ? listeners(to: stream, type) : []
  }

  private func listeners(to stream: StreamName, _ type: EventType) -> [ConsumerNumber] {
    consumers.indices.lazy.filter { [consumers] index in
      consumers[index].map { $0.listens(to: stream) && $0.handles(type) } ?? false
    }.map { ConsumerNumber($0) }
  }

  // MARK: - Arranging

  /// The consumers that a domain declares, in the order of delivery.
  static func definitions(of domain: Domain) -> [ConsumerDefinition] {
    let written = domain.writtenStreams
    func choice(_ names: [StreamName]) -> StreamChoice { StreamChoice(names, written: written) }
    return domain.views.map { view in
      ConsumerDefinition(
        name: ConsumerName(.view, view.name), group: view.group, streams: choice(view.streams),
        types: view.reactions.types, reactions: view.reactions, options: view.options)
    }
      + domain.sagas.map { saga in
        ConsumerDefinition(
          name: ConsumerName(.saga, saga.name), group: saga.group, streams: choice(saga.streams),
          types: Set(saga.startTypes + saga.handledTypes + saga.statelessTypes),
          reactions: .none, options: saga.options, hotParallel: saga.hotParallel)
      }
      + domain.adapters.map { adapter in
        ConsumerDefinition(
          name: ConsumerName(.adapter, adapter.name), group: adapter.group,
          streams: choice(adapter.streams), types: adapter.reactions.types,
          reactions: adapter.reactions, options: adapter.options)
      }
  }

  private static func byName<Declared, Name: Hashable>(
    _ items: [Declared], _ name: (Declared) -> Name
  ) -> [Name: Declared] {
    Dictionary(items.map { (name($0), $0) }) { first, _ in first }
  }

  private static func arrange(
    _ definitions: [ConsumerDefinition?]
  ) -> ([StreamName: [EventType: [ConsumerNumber]]], [StreamName: [ConsumerNumber]]) {
    var byType: [StreamName: [EventType: [ConsumerNumber]]] = [:]
    var ofAnyType: [StreamName: [ConsumerNumber]] = [:]
    let named = definitions.flatMap { $0?.streams ?? [] }
      .filter { !$0.isPattern && !$0.isTenants }
    for stream in Set(named) {
      let here = definitions.enumerated().filter { $0.element?.listens(to: stream) ?? false }
      func numbers(_ fits: (ConsumerDefinition) -> Bool) -> [ConsumerNumber] {
        here.filter { $0.element.map(fits) ?? false }.map { ConsumerNumber($0.offset) }
      }
      ofAnyType[stream] = numbers { $0.types == nil }
      byType[stream] = [:]
      for type in Set(here.flatMap { $0.element?.types ?? [] }) {
        byType[stream]?[type] = numbers { $0.handles(type) }
      }
    }
    return (byType, ofAnyType)
  }
}
