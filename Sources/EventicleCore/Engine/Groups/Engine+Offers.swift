/// An event offered to a worker.
package struct OfferedDelivery: Sendable {
  package let consumer: ConsumerName
  package let offer: DeliveryOffer
  /// The event upcast, with the edited data if it is parked work that was edited.
  package let event: Event
  /// The number of attempts, this one included, since it last succeeded or was parked.
  package let attempt: Int
  package let deadline: Instant
}

extension Engine {
  /// Offers a delivery to the worker of its group, or ends an offer whose deadline has passed.
  ///
  /// An offered event stays first in its lane: its key is busy until the answer arrives, and the
  /// group keeps the work, so that it is offered again after a restart.
  mutating func offer(
    _ pick: Pick, _ delivery: Delivery, _ consumer: ConsumerDefinition, _ worker: WorkerReaction
  ) -> Step {
    var isLate = false
    if case .lane(let index) = pick.source { isLate = pick.state?.lanes[index].offer != nil }
    let work = Work.delivery(delivery, instance: nil)
    let key = laneKey(of: consumer, at: delivery.position)
    let transaction = begin()
    var ledger = GroupLedger(pick, consumer, key: key, isFirst: true, transaction)
    let note = transaction.note(
      .delivery(delivery.position, delivery.consumer, instance: nil, .handled), parent: nil)
    let outcome: StepOutcome
    if consumer.options.isIdempotent,
      transaction.world.consumers.hasHandled(delivery.position, pick.consumer)
    {
      outcome = .duplicate
    } else if isLate {
      outcome = ledger.decide(
        work, "It was not acknowledged within \(worker.deadline).", note, transaction)
    } else {
      let until = transaction.now + worker.deadline
      ledger.wait(work, until: until, transaction)
      ledger.markOffered(by: transaction.entry(of: note))
      outcome = .offered(attempt: ledger.attempts, until: until)
    }
    transaction.revise(
      note, .delivery(delivery.position, delivery.consumer, instance: nil, outcome))
    if case .offered = outcome {
      // The delivery is counted when its outcome is known.
    } else {
      transaction.make(.tallied(pick.consumer, outcome.tally))
    }
    ledger.close(transaction) {
      Engine.nextPosition(for: consumer, after: $0, in: transaction.world)
    }
    return Step(
      finish(transaction, cause: delivery.cause, by: pick.origin),
      problem: outcome.problem)
  }

  /// Ends an offer with the worker's answer.
  ///
  /// - Parameter failure: Why the worker failed; `nil` when it succeeded.
  /// - Returns: A step with a problem when the offer is no longer open.
  mutating func resolve(_ offer: DeliveryOffer, failure: String?) -> Step {
    guard let number = registry.number(of: offer.group), let consumer = registry.consumer(number),
      let state = world.storedGroup(offer.group), let index = state.lane(offered: offer),
      let work = state.lanes[index].work.first, case .delivery(let delivery, _) = work
    else {
      return Step(
        problem:
          "The offer of \(offer) is no longer open: it was answered, its deadline passed, or "
          + "its group was moved or closed; wait for the next offer of the event.")
    }
    let key = state.lanes[index].key
    let pick = Pick(consumer: number, work: work, source: .lane(index), state: state)
    let transaction = begin()
    var ledger = GroupLedger(pick, consumer, key: key, isFirst: true, transaction)
    ledger.endOffer(transaction.now)
    let note = transaction.note(
      .delivery(delivery.position, delivery.consumer, instance: nil, .handled), parent: nil)
    var outcome = StepOutcome.handled
    if let failure {
      outcome = ledger.decide(work, failure, note, transaction)
      transaction.revise(
        note, .delivery(delivery.position, delivery.consumer, instance: nil, outcome))
    } else {
      ledger.leaveParked(work, transaction)
      if consumer.options.isIdempotent {
        transaction.make(.processed(number, delivery.position))
      }
    }
    transaction.make(.tallied(number, outcome.tally))
    ledger.close(transaction) {
      Engine.nextPosition(for: consumer, after: $0, in: transaction.world)
    }
    return Step(
      finish(transaction, cause: offer.entry, by: .program), problem: outcome.problem)
  }

  /// Offers parked work to its worker again; it stays parked until the worker succeeds.
  mutating func offerAgain(
    _ parked: Parked, _ delivery: Delivery, _ number: ConsumerNumber, _ consumer: ConsumerDefinition
  ) -> Step {
    guard let old = world.storedGroup(consumer.group), let shown = world.group(consumer.group)
    else { return Step(failing: unknown(consumer.group)) }
    let key = laneKey(of: consumer, at: delivery.position)
    var new = old
    new.position = shown.position
    new.isInStep = false
    if let index = old.lane(of: key) {
      if old.lanes[index].work.contains(where: { $0.place == parked.work.place }) {
        return Step(
          problem: "What is parked under \(parked.number) is being handled again already; wait for "
            + "its outcome.")
      }
      // Work that is offered or was tried before stays first.
      let hasBegun = old.lanes[index].offer != nil || old.lanes[index].attempts > 0
      new.lanes[index].work.insert(parked.work, at: hasBegun ? 1 : 0)
      if old.lanes[index].blockedBy == parked.number { new.lanes[index].blockedBy = nil }
    } else {
      new.lanes.append(Lane(key: key, work: [parked.work], until: world.clock, attempts: 0))
    }
    return step(cause: parked.entry, by: .person) { transaction in
      let queue = transaction.world.deliveries
      let rest = queue.without(number)
      if rest.count < queue.count { transaction.make(.requeued(old: queue, new: rest)) }
      transaction.note(
        .delivery(
          delivery.position, delivery.consumer, instance: nil,
          .ignored("it waits to be offered again")), parent: nil)
      transaction.make(.group(consumer.group, old: old, new: new))
      return nil
    }
  }

  /// Whether the engine still waits for the answer to an offer.
  package func isOpen(_ offer: DeliveryOffer) -> Bool {
    world.storedGroup(offer.group)?.lane(offered: offer) != nil
  }

  /// The number of offers that workers have not answered.
  package var openOffers: Int {
    world.laggingGroups.reduce(0) { count, group in
      count + (world.storedGroup(group)?.lanes.count { $0.offer != nil } ?? 0)
    }
  }

  /// The deliveries that a step offered to workers.
  package func offered(by step: Step) -> [OfferedDelivery] {
    var found: [OfferedDelivery] = []
    for (offset, entry) in step.entries.enumerated() {
      guard
        case .delivery(let position, let name, _, .offered(let attempt, let until)) = entry.kind,
        let number = world.consumers.number(of: name), let consumer = registry.consumer(number),
        var event = world.log.event(at: position)
      else { continue }
      let work = Work.delivery(
        Delivery(position: position, consumer: name, cause: entry.cause ?? JournalIndex(0)),
        instance: nil)
      if world.parkedCount > 0, let data = world.parked(same: work)?.editedData {
        event.data = data
      }
      let offer = DeliveryOffer(
        group: consumer.group, position: position,
        entry: JournalIndex(entry.stepStart.number + offset))
      // The event was readable when it was offered; edited data that is not readable is handed over
      // as stored.
      let seen = (try? registry.seen(event, by: consumer)) ?? event
      found.append(
        OfferedDelivery(
          consumer: name, offer: offer, event: seen, attempt: attempt, deadline: until))
    }
    return found
  }
}

extension GroupState {
  /// The lane whose first work is this offer's.
  fileprivate func lane(offered offer: DeliveryOffer) -> Int? {
    lanes.firstIndex { $0.offer == offer.entry }
  }
}

extension GroupLedger {
  /// Stores which entry offered the current work.
  fileprivate mutating func markOffered(by entry: JournalIndex) {
    guard let index = state?.lane(of: key) else { return }
    state?.lanes[index].offer = entry
  }

  /// Frees the key at once; it was reserved until the deadline.
  fileprivate mutating func endOffer(_ now: Instant) {
    guard let index = state?.lane(of: key) else { return }
    state?.lanes[index].until = now
  }
}
