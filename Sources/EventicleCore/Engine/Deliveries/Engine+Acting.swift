extension Engine {
  /// Does something to a delivery that waits, instead of making the one that comes next.
  ///
  /// - Returns: A step with a problem when it does not wait, or when it is handled outside.
  mutating func act(
    _ act: DeliveryAct, on address: DeliveryAddress, by origin: InputOrigin
  ) -> Step {
    guard var pick = waiting(address) else {
      return Step(failing: EngineError.notWaiting(address, isNothing: world.queue.isEmpty))
    }
    if let consumer = registry.consumer(pick.consumer), consumer.reactions.worker != nil {
      return Step(failing: EngineError.handledOutside(address))
    }
    switch act {
    case .deliver, .crash:
      pick.origin = origin
      pick.act = act
      return make(pick)
    case .delay(let until) where !until.isInCommonYears:
      return Step(failing: EngineError.clockTooLate(until))
    case .delay, .drop, .duplicate: return change(pick, act, address, by: origin)
    }
  }

  /// Where a delivery waits to be made: in the common queue, or to be made once more.
  private func waiting(_ address: DeliveryAddress) -> Pick? {
    guard let number = world.consumers.number(of: address.consumer),
      let group = world.consumers[number]?.group
    else { return nil }
    let queued = QueuedDelivery(address.position, number)
    let work = Work.delivery(world.delivery(queued), instance: nil)
    if world.deliveries.contains(queued) {
      return Pick(consumer: number, work: work, source: .chosen(queued))
    }
    let state = world.storedGroup(group)
    return state?.redeliveries.first { $0.position == address.position }.map {
      Pick(consumer: number, work: work, source: .redelivery($0), state: state)
    }
  }

  /// Changes when, or how often, a delivery is made; no handler runs.
  private mutating func change(
    _ pick: Pick, _ act: DeliveryAct, _ address: DeliveryAddress, by origin: InputOrigin
  ) -> Step {
    let cause = world.origin(of: address.position)
    return step(cause: cause, by: origin) { transaction in
      transaction.note(.acted(address.position, address.consumer, act), parent: nil)
      let now = transaction.now
      switch act {
      case .delay(let until):
        pick.leave(
          transaction, for: Redelivery(address.position, due: max(until, now), .delayed))
      case .duplicate:
        pick.stay(transaction, with: Redelivery(address.position, due: now, .duplicated))
      case .deliver, .drop, .crash: pick.leave(transaction)
      }
      return nil
    }
  }

  /// The next delivery of a group that is made later than its turn or once more, if it is due.
  func nextRedelivery(of group: GroupName) -> Pick? {
    guard let state = world.storedGroup(group), state.status == .live,
      let number = registry.number(of: group)
    else { return nil }
    // Of those that are due the earliest event goes first, as everywhere.
    let due = state.redeliveries.prefix { $0.due <= world.clock }
    return due.min { $0.position < $1.position }.map { one in
      Pick(
        consumer: number,
        work: .delivery(world.delivery(QueuedDelivery(one.position, number)), instance: nil),
        source: .redelivery(one), state: state)
    }
  }

  /// Lets a delivery that is made once more wait in the lane of its key, if that is busy.
  mutating func putBehind(
    _ pick: Pick, _ delivery: Delivery, _ consumer: ConsumerDefinition
  ) -> Step? {
    guard case .redelivery = pick.source, let state = pick.state, !state.isInStep else {
      return nil
    }
    let key = laneKey(of: consumer, at: delivery.position)
    guard state.isAtWork(key, at: world.clock) else { return nil }
    var pick = pick
    pick.act = nil
    return putBack(
      pick, delivery, consumer, key: key, instance: nil,
      "it waits behind other work of \(world.keyShown(key, of: consumer.name.name))")
  }
}

extension Pick {
  /// Takes a delivery that a person chose, or one that is made once more, from where it waits.
  ///
  /// - Parameter again: When it is made instead, or once more.
  func leave(_ transaction: Transaction, for again: Redelivery? = nil) {
    guard case .delivery(let delivery, _) = work else { return }
    var again = again
    if act == .crash {
      again = Redelivery(delivery.position, due: transaction.now, .unacknowledged)
    }
    switch source {
    case .queue(let queued): return transaction.make(.dequeued(queued))
    case .chosen(let queued):
      let queue = transaction.world.deliveries
      transaction.make(.requeued(old: queue, new: queue.without(queued)))
    case .redelivery: break
    case .frontier, .lane, .clock: return
    }
    changeGroup(transaction) { state in
      if case .redelivery(let one) = source {
        state.remove(one)
      } else {
        state.passOver(delivery.position)
      }
      if let again { state.add(again) }
    }
  }

  /// Leaves a delivery where it waits, and has it made once more.
  func stay(_ transaction: Transaction, with again: Redelivery) {
    changeGroup(transaction) { $0.add(again) }
  }

  private func changeGroup(_ transaction: Transaction, _ body: (inout GroupState) -> Void) {
    guard let group = transaction.world.consumers[consumer]?.group,
      let old = transaction.world.storedGroup(group)
    else { return }
    var new = old
    body(&new)
    // What the group has been offered it is not offered again anyway.
    let position = transaction.world.group(group)?.position ?? old.position
    new.passedOver.removeSubrange(..<new.passedOver.partitioningIndex { $0 > position })
    if new != old { transaction.make(.group(group, old: old, new: new)) }
  }
}

extension Registry {
  /// Whether a consumer takes a delivery only if it has not handled the event yet.
  ///
  /// A saga commits its step together with what it has handled, so that a delivery which is made
  /// once more finds the event handled. What else is not declared idempotent handles it again.
  func handlesOnce(
    _ pick: Pick, _ consumer: ConsumerDefinition, _ position: Position, _ world: borrowing World
  ) -> Bool {
    if consumer.options.isIdempotent { return true }
    guard consumer.name.kind == .saga else { return false }
    if case .redelivery = pick.source { return true }
    guard !world.groupsWithRedeliveries.isEmpty, let state = world.storedGroup(consumer.group)
    else { return false }
    return state.redeliveries.contains { $0.position == position }
  }
}
