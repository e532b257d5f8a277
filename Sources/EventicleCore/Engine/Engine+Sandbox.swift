extension Engine {
  /// An engine that goes on from a moment of this one's history, silent to the outside.
  ///
  /// Views, sagas, commands and timers run as they do here. A delivery to an adapter or a
  /// subscription is made and journalled as ignored, without a call, so that it keeps its place in
  /// the order and waits for nobody; work that a worker holds at the moment ends in the same way,
  /// at its deadline. Observers hear nothing. The order of deliveries and the ids that are drawn are
  /// those of this engine at the moment, as far as no adapter would draw any.
  ///
  /// Costs O(consumers), and O(domain) when the domain was declared differently at the moment.
  ///
  /// - Parameters:
  ///   - world: The world at the moment.
  ///   - entry: The last journal entry before it.
  ///   - record: Receives the step in which groups were opened and closed, if the domain was
  ///     declared differently at the moment; it belongs in the journal like any other.
  package func sandboxed(
    on world: World, after entry: JournalIndex, recording record: (Step) -> Void = { _ in }
  ) -> Engine {
    let known = world.consumers.count
    let (numbers, fresh) = Engine.numbers(of: domain, in: world)
    var world = world
    for saga in domain.sagas { world.sagas.redeclare(saga) }
    world.redeclare(domain.indexes)
    var engine = Engine(
      world: world, registry: registry(numbered: numbers, in: world), nextEntry: entry.next,
      observers: [])
    engine.isSandboxed = true
    let step = engine.reconcile(known: known, fresh: fresh)
    if !step.isEmpty { record(step) }
    return engine
  }

  /// An engine that performs recorded inputs of this one's history again from a moment, observed by
  /// nobody.
  ///
  /// - Parameters:
  ///   - world: The world at the moment.
  ///   - entry: The last journal entry before it.
  /// - Returns: The engine, and whether the domain declared the same consumers at the moment.
  func again(on world: World, after entry: JournalIndex) -> (Engine, isSameDomain: Bool) {
    var isSame = true
    var engine = sandboxed(on: world, after: entry) { _ in isSame = false }
    if !isSame { engine.go(on: world, after: entry) }
    engine.isSandboxed = false
    return (engine, isSame)
  }

  /// The registry with the numbers that consumers have in a world.
  private func registry(numbered numbers: [ConsumerNumber], in world: borrowing World) -> Registry {
    let subscriptions = registry.subscriptions.filter { subscription in
      world.consumers[subscription.number]?.group == subscription.definition.group
    }
    let isSame =
      numbers == registry.numbers && subscriptions.count == registry.subscriptions.count
    guard !isSame else { return registry }
    // The domain is the one that the engine runs already, so nothing is wrong with it.
    let other = try? Registry(
      domain, subscriptions: subscriptions, codec: registry.codec,
      protection: registry.protection, executor: registry.executor, numbers: numbers)
    return other ?? registry
  }

  /// Whether handlers run in the process of the engine, rather than in another program or through a
  /// ``HandlerExecutor``, which may go on with them after their step.
  package var runsHandlersInPlace: Bool { registry.executor == nil && program == nil }

  /// What comes of a delivery to the outside in a sandbox.
  static let silence = StepOutcome.ignored("a fork is silent to the outside")
}

extension ConsumerKind {
  /// Whether consumers of this kind act outside of the engine.
  package var isOutside: Bool {
    switch self {
    case .view, .saga: false
    case .adapter, .subscription: true
    }
  }
}
