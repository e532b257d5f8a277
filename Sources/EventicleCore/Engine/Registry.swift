/// The declarations of a domain, indexed so that the engine finds each in O(1).
final class Registry: TransactionServices {
  let domain: Domain
  let subscriptions: [Subscription]
  let codec: any EventCodec
  let protection: (any EventProtection)?
  /// Calls the handlers; `nil` calls them in place.
  let executor: (any HandlerExecutor)?
  /// Whether stored events need neither opening nor upcasting to be read.
  let readsPlainly: Bool
  /// The numbers of the domain's own consumers, in the order of declaration.
  let numbers: [ConsumerNumber]
  /// The consumers by number; `nil` for a closed subscription.
  private let consumers: [ConsumerDefinition?]
  let commands: [String: Command]
  /// The streams that aggregates and commands write to.
  let written: Set<StreamName>
  private let aggregatesByStream: [StreamName: AggregateRoot]
  private let sagas: [String: Saga]
  private let hasPatterns: Bool
  /// Whether a consumer takes some tenants' parts of a stream and not others.
  private let tellsTenantsApart: Bool
  private let offers: [StreamName: [EventType: [ConsumerNumber]]]
  private let offersOfAnyType: [StreamName: [ConsumerNumber]]

  /// Indexes a domain and the subscriptions beside it.
  ///
  /// - Parameter numbers: The numbers of the domain's own consumers; counted from 0 when `nil`.
  /// - Throws: The first of ``Domain/problems``.
  init(
    _ domain: Domain, subscriptions: [Subscription] = [], codec: any EventCodec = JSONEventCodec(),
    protection: (any EventProtection)? = nil, executor: (any HandlerExecutor)? = nil,
    numbers: [ConsumerNumber]? = nil
  ) throws(DomainError) {
    if let problem = domain.problems.first { throw problem }
    self.domain = domain
    self.subscriptions = subscriptions
    self.codec = codec
    self.protection = protection
    self.executor = executor
    readsPlainly = protection == nil && domain.upcasters.isEmpty
    commands = Registry.byName(
      executor.map { executor in domain.commands.map { $0.called(by: executor) } }
        ?? domain.commands, \.type)
    aggregatesByStream = Registry.byName(domain.aggregates, \.stream)
    written = domain.writtenStreams
    sagas = Registry.byName(
      executor.map { executor in domain.sagas.map { $0.called(by: executor) } } ?? domain.sagas,
      \.name)
    let declared = Registry.definitions(of: domain)
    self.numbers = numbers ?? declared.indices.map { ConsumerNumber($0) }
    let all =
      Array(zip(self.numbers, declared)) + subscriptions.map { ($0.number, $0.definition) }
    var definitions: [ConsumerDefinition?] = []
    for (number, definition) in all {
      while definitions.count <= Int(number) { definitions.append(nil) }
      definitions[Int(number)] = definition
    }
    // A consumer is also offered events that become one of its types by upcasting.
    if !domain.upcasters.isEmpty {
      definitions = definitions.map { $0?.takingIn(domain.upcasters) }
    }
    if let executor { definitions = definitions.map { $0?.called(by: executor) } }
    consumers = definitions
    hasPatterns = definitions.contains { $0?.streams.contains(where: \.isPattern) ?? false }
    tellsTenantsApart = definitions.contains { $0?.choice.tellsTenantsApart ?? false }
    (offers, offersOfAnyType) = Registry.arrange(definitions)
  }

  var source: String { domain.source }

  func saga(_ name: String) -> Saga? { sagas[name] }

  func aggregateType(of stream: StreamName) -> String? { aggregate(in: stream)?.type }

  /// The aggregate whose events are in a stream or in a tenant's part of it.
  func aggregate(in stream: StreamName) -> AggregateRoot? { aggregatesByStream[stream.logical] }

  /// The streams that a list of names stands for.
  func choice(of names: [StreamName]) -> StreamChoice { StreamChoice(names, written: written) }

  func opened(_ event: Event) throws -> Event? {
    guard !readsPlainly else { return event }
    return try domain.upcasters.upcast(protection?.open(event) ?? event)
  }

  /// Folded states would survive the destruction of a subject's key, so none are kept under
  /// protection.
  var keepsFoldedStates: Bool { protection == nil }

  func sealed(_ event: Event) throws -> Event {
    guard let protection else { return event }
    return try protection.seal(event)
  }

  /// An event as a consumer takes it: as stored, sealed and not upcast, for raw consumers; opened
  /// and upcast for all others.
  func seen(_ event: Event, by consumer: ConsumerDefinition) throws -> Event? {
    guard !readsPlainly, consumer.reactions.raw == nil else { return event }
    return try opened(event)
  }

  /// The consumer with a number; `nil` when it was closed.
  func consumer(_ number: ConsumerNumber) -> ConsumerDefinition? {
    consumers.indices.contains(Int(number)) ? consumers[Int(number)] : nil
  }

  /// The number of a group's consumer.
  func number(of group: GroupName) -> ConsumerNumber? {
    consumers.firstIndex { $0?.group == group }.map { ConsumerNumber($0) }
  }

  func consumers(of stream: StreamName, _ type: EventType) -> [ConsumerNumber] {
    if stream.isTenants {
      // Where no consumer distinguishes tenants, a part has the same consumers as its stream.
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
