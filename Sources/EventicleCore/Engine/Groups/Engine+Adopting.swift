extension Engine {
  /// Goes on with another declaration of its domain, between two steps.
  ///
  /// Known consumers continue from their positions, subscriptions stay, and nothing that happened
  /// is done again. A new view is offered every event from the beginning; a new saga or adapter is
  /// offered only new events; consumers that are no longer declared are closed. Instances of sagas
  /// with a higher version are migrated. Folded states are dropped, because other reducers may give
  /// other ones. Costs O(consumers) when nothing has changed.
  ///
  /// The step belongs in the journal with the input ``InputAction/reconcile``; it has no entries
  /// when no group was opened or closed.
  ///
  /// - Throws: ``DomainError`` when a declaration cannot work; the engine is unchanged then.
  public mutating func adopt(
    _ domain: Domain
  ) throws(DomainError) -> (step: Step, report: AdoptReport) {
    let old = self.domain
    let known = world.consumers.count
    let (numbers, fresh) = Engine.numbers(of: domain, in: world)
    let written = domain.writtenStreams
    let subscriptions = registry.subscriptions.map { $0.reading(written) }
    for definition in Registry.definitions(of: domain)
    where subscriptions.contains(where: { $0.definition.group == definition.group }) {
      throw .declaredTwice(kind: "consumer group", name: definition.group.text)
    }
    registry = try Registry(
      domain, subscriptions: subscriptions, codec: registry.codec,
      protection: registry.protection, executor: registry.executor, numbers: numbers)
    for saga in domain.sagas { world.sagas.redeclare(saga) }
    world.redeclare(domain.indexes)
    world.folds = FoldCache()
    let step = reconcile(known: known, fresh: fresh)
    return (step, AdoptReport(from: old, to: domain, step, in: world))
  }

  /// The numbers of a domain's consumers in a world, new ones after all known ones, and the number
  /// after the last.
  static func numbers(
    of domain: Domain, in world: borrowing World
  ) -> (numbers: [ConsumerNumber], fresh: Int) {
    var fresh = world.consumers.count
    var numbers: [ConsumerNumber] = []
    for definition in Registry.definitions(of: domain) {
      if let number = world.consumers.number(of: definition.name, in: definition.group) {
        numbers.append(number)
      } else {
        numbers.append(ConsumerNumber(fresh))
        fresh += 1
      }
    }
    return (numbers, fresh)
  }
}

extension Subscription {
  /// The subscription in a domain whose aggregates and commands write to these streams.
  fileprivate func reading(_ written: Set<StreamName>) -> Subscription {
    Subscription(
      number: number,
      definition: ConsumerDefinition(
        name: definition.name, group: definition.group,
        streams: StreamChoice(definition.streams, written: written), types: definition.types,
        reactions: definition.reactions, options: definition.options))
  }
}
