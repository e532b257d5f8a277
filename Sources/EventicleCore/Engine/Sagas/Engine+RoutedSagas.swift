extension Engine {
  /// Asks a saga where an event goes, unless the delivery has its answer already.
  ///
  /// - Throws: The error of the closure; ``TransactionError/transactionReads`` when it writes.
  mutating func keepRoute(
    of event: Event, by router: Saga.Router, in saga: Saga, _ delivery: inout Delivery
  ) throws {
    if delivery.kept == nil {
      let transaction = beginReading()
      transaction.handle(event)
      transaction.standing = .reading
      let answer = Result { try Engine.ask(router, event, transaction) }
      transaction.rollBack(to: &world)
      let route = try answer.get()
      delivery.kept = .route(route)
      if saga.hotParallel != nil { delivery.lane = route.lane ?? .cold }
    }
    if let property = delivery.kept?.route.match?.property {
      world.sagas.know(property, of: saga.name)
    }
  }

  /// Asks for a route, and for an error that reading met on the way.
  fileprivate static func ask(
    _ router: Saga.Router, _ event: Event, _ transaction: Transaction
  ) throws -> SagaRoute {
    let route = try router(event, transaction)
    try transaction.checkReading()
    return route
  }

  /// Ends a delivery whose route is not known, as the policy of the saga says.
  mutating func fail(
    _ pick: Pick, _ delivery: Delivery, _ event: Event, _ consumer: ConsumerDefinition,
    _ saga: Saga, _ error: any Error
  ) -> Step {
    let transaction = begin()
    let outcome = registry.attempt(
      pick, consumer, event, key: event.ownKey, instance: nil, isFirst: true, transaction,
      onFailure: { reason, _ in
        let failure = SagaFailure(
          saga: saga.name, instanceID: nil, event: event, timer: nil, reason: reason)
        Engine.tell(saga, failure, transaction)
      }
    ) { throw error }
    return Step(
      finish(transaction, cause: delivery.cause, by: pick.origin),
      problem: outcome.problem)
  }

  /// The instances that an event concerns according to its route.
  static func target(
    of event: Event, in saga: Saga, by route: SagaRoute, _ sagas: borrowing SagaInstances
  ) -> SagaTarget {
    if route.isStateless {
      return saga.stateless[event.type].map { .everybody($0) }
        ?? .nobody("no handler takes it without an instance")
    }
    var reason = "its route leads to no instance"
    if let match = route.wanted {
      let live = sagas.live(of: saga.name, match.property, match.value, in: event.workspace)
      if !live.isEmpty, saga.handlers.contains(event.type) { return .live(live) }
      if let first = live.first {
        return .nobody("\(first.correlation ?? first.key.instanceID) is live already")
      }
      let found = sagas.instances(
        of: saga.name, property: match.property, value: match.value, in: event.workspace)
      let shown = match.value.string ?? match.value.description
      reason =
        found.isEmpty
        ? "no instance has \(match.property) \(shown)" : "its instance has ended"
    }
    guard route.starts, let start = saga.starts[event.type] else { return .nobody(reason) }
    return .start(start)
  }

  /// The key of an event within a saga that routes; the event's own before the saga is asked.
  func mailbox(of event: Event, in saga: Saga, by route: SagaRoute?) -> String {
    guard let route, !route.isStateless, let match = route.wanted else { return event.ownKey }
    let live = world.sagas.live(
      of: saga.name, match.property, match.value, in: event.workspace, limit: 2)
    if live.count == 1 { return live[0].key.instanceID }
    return live.isEmpty ? Engine.mailbox(of: match.value, in: event.workspace) : event.ownKey
  }

  /// The key of work that arrives after an instance has ended: that of the first value by which
  /// routes have looked for instances.
  static func mailboxAfterEnd(
    of instance: SagaInstance, routedBy sagas: borrowing SagaInstances
  ) -> String? {
    for property in sagas.matchProperties(of: instance.key.saga) {
      if let value = instance.data.object?[property], !value.isNull {
        return mailbox(of: value, in: instance.workspace)
      }
    }
    return nil
  }

  /// The next event of a group whose saga routes.
  ///
  /// Its key is known only when the saga is asked, which takes a step; an event whose key is busy
  /// is put into the lane of its key by that step, so the wait for a busy key never holds up others.
  func routedFrontier(
    of consumer: ConsumerDefinition, _ number: ConsumerNumber, _ state: GroupState
  ) -> Pick? {
    let waiting = state.lanes.reduce(0) { $0 + $1.work.count }
    guard waiting < Limits.laneWork,
      let next = Engine.nextPosition(for: consumer, after: state.position, in: world)
    else { return nil }
    let delivery = Delivery(
      position: next, consumer: consumer.name, cause: world.origin(of: next) ?? JournalIndex(0))
    return Pick(
      consumer: number, work: .delivery(delivery, instance: nil), source: .frontier, state: state)
  }

  /// Handles a parked event again.
  ///
  /// - Parameter kept: Its route; `nil` to ask for it, as when its data was edited.
  func redo(
    _ saga: Saga, _ event: Event, _ delivery: Delivery, by kept: SagaRoute?,
    _ router: Saga.Router, _ transaction: Transaction
  ) throws -> StepOutcome {
    let route: SagaRoute
    if let kept {
      route = kept
    } else {
      transaction.standing = .reading
      defer { transaction.standing = .open }
      route = try Engine.ask(router, event, transaction)
    }
    if let property = route.match?.property {
      transaction.world.sagas.know(property, of: saga.name)
    }
    switch Engine.target(of: event, in: saga, by: route, transaction.world.sagas) {
    case .nobody(let reason): return .ignored(reason)
    case .everybody(let handler):
      try handler(event, transaction)
      return .handled
    case .live(let instances):
      guard let handler = saga.handlers[event.type] else { return .ignored("nobody handles it") }
      for instance in instances {
        try transaction.go(
          on: instance, handler, of: saga, event, at: delivery.position, lane: route.lane)
      }
      return .handled
    case .start(let start):
      let key = SagaKey(saga.name, transaction.nextInstanceID())
      try transaction.begin(
        start, of: saga, event, at: delivery.position, key, lane: route.lane, match: route.wanted)
      return .started
    }
  }

  /// Begins a transaction that nobody hears of, because it only reads and is rolled back.
  private mutating func beginReading() -> Transaction {
    let coming = comingInstant
    let transaction = spare.transaction(
      taking: &world, services: registry, firstEntry: nextEntry)
    if let coming { transaction.make(.clock(old: transaction.now, new: coming)) }
    if let deferred { transaction.take(deferred) }
    return transaction
  }
}

extension Registry {
  /// Whether a consumer is a saga that routes its events by a closure.
  func routes(_ consumer: ConsumerDefinition) -> Bool {
    consumer.name.kind == .saga && saga(consumer.name.name)?.router != nil
  }
}

extension SagaInstances {
  /// Declares the properties of a saga; one that routes keeps those that its routes have named.
  mutating func redeclare(_ saga: Saga) {
    let known = saga.router == nil ? [] : matchProperties(of: saga.name)
    redeclare(
      saga: saga.name,
      properties: Set(known).union(saga.matchProperties).sorted())
  }

  /// Makes instances be found by a property from now on; O(1) when they are, else O(instances).
  mutating func know(_ property: String, of saga: String) {
    let known = matchProperties(of: saga)
    guard !known.contains(where: { isSameText($0, property) }) else { return }
    redeclare(saga: saga, properties: (known + [property]).sorted())
  }
}

extension GroupLedger {
  /// The place of an event in a lane: in front of the timers that fell due after it happened.
  ///
  /// - Returns: `nil` for the end, as for all events whose saga does not route: they are taken into
  ///   their lanes in time.
  func placeOfRouted(_ work: Work, _ index: Int, _ transaction: Transaction) -> Int? {
    guard case .delivery(let delivery, _) = work, delivery.kept != nil,
      let happened = transaction.world.log.createdAt(at: delivery.position),
      let lane = state?.lanes[index]
    else { return nil }
    return lane.work.indices.dropFirst(lane.attempts > 0 ? 1 : 0).first { place in
      if case .timer(_, let due) = lane.work[place] { happened < due } else { false }
    }
  }
}
