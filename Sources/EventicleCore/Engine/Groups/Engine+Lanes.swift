extension Engine {
  /// Whether an instance of a saga must finish other work first.
  ///
  /// - Parameter isFirst: Whether the pick has not been removed from where it waits.
  func isAtWork(
    _ instance: String, of consumer: ConsumerDefinition, _ pick: Pick, isFirst: Bool = true
  ) -> Bool {
    guard let state = world.storedGroup(consumer.group) else { return false }
    if isFirst, case .lane(let index) = pick.source, state.lane(of: instance) == index {
      return false
    }
    return state.isAtWork(instance, at: world.clock)
  }

  /// The next events of a group that wait for busy keys, and the last of them, so that a timer
  /// queues behind the events that happened before it fell due.
  ///
  /// - Returns: `nil` when the timer's instance is free.
  func eventsInFront(
    of fired: Timer, at now: Instant
  ) -> (work: [KeyedWork], last: Position)? {
    let timer = fired.key
    guard let saga = registry.saga(timer.owner.saga),
      let number = registry.number(of: saga.group), let consumer = registry.consumer(number),
      let state = world.storedGroup(saga.group), !state.isInStep,
      // The events of a saga that routes have no key before it is asked.
      saga.router == nil,
      state.isAtWork(timer.owner.instanceID, at: now)
    else { return nil }
    var found: [KeyedWork] = []
    var last = state.position
    while found.count < Limits.laneWork,
      let next = Engine.nextPosition(for: consumer, after: last, in: world)
    {
      let key = laneKey(of: consumer, at: next)
      guard state.isAtWork(key, at: now) else { break }
      if let happened = world.log.createdAt(at: next), fired.comes(beforeEventAt: happened) {
        break
      }
      let delivery = Delivery(
        position: next, consumer: consumer.name, cause: world.origin(of: next) ?? JournalIndex(0))
      found.append((key, .delivery(delivery, instance: nil)))
      last = next
    }
    return (found, last)
  }

  /// Pairs work with the keys that it now belongs to.
  func keyed(_ works: some Sequence<Work>, _ consumer: ConsumerDefinition) -> [KeyedWork] {
    works.map { work in
      switch work {
      case .delivery(let delivery, let instance):
        (instance ?? laneKey(of: consumer, at: delivery.position, delivery.kept), work)
      case .timer(let key, _): (key.owner.instanceID, work)
      }
    }
  }

  /// Moves the work of a lane to the lanes of the keys that it now belongs to.
  mutating func scatter(
    _ index: Int, _ works: [KeyedWork], _ pick: Pick, _ delivery: Delivery,
    _ consumer: ConsumerDefinition, behind key: String
  ) -> Step {
    let transaction = begin()
    var ledger = GroupLedger(pick, consumer, key: key, isFirst: false, transaction)
    transaction.note(
      .delivery(
        delivery.position, delivery.consumer, instance: nil,
        .ignored("it waits behind other work of \(world.keyShown(key, of: consumer.name.name))")),
      parent: nil)
    ledger.scatter(index, works)
    ledger.close(transaction) {
      Engine.nextPosition(for: consumer, after: $0, in: transaction.world)
    }
    return Step(finish(transaction, cause: delivery.cause, by: pick.origin))
  }

  /// Puts picked work into the lane of its key, to be done later.
  mutating func putBack(
    _ pick: Pick, _ delivery: Delivery, _ consumer: ConsumerDefinition, key: String,
    instance: String?, isFirst: Bool = true, _ reason: String
  ) -> Step {
    let transaction = begin()
    var ledger = GroupLedger(pick, consumer, key: key, isFirst: isFirst, transaction)
    transaction.note(
      .delivery(delivery.position, delivery.consumer, instance: instance, .ignored(reason)),
      parent: nil)
    ledger.append(.delivery(delivery, instance: instance), transaction)
    ledger.close(transaction) {
      Engine.nextPosition(for: consumer, after: $0, in: transaction.world)
    }
    return Step(finish(transaction, cause: delivery.cause, by: pick.origin))
  }
}
