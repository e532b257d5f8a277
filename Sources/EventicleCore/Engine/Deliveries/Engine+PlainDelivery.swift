extension Engine {
  /// The delivery at the front of the queue, where nothing but its consumer decides how it is made;
  /// `nil` where groups lag, work is parked, or events are sealed or upcast.
  @inline(__always)
  var plainDelivery: QueuedDelivery? {
    world.laggingGroups.isEmpty && world.groupsWithRedeliveries.isEmpty && world.parkedCount == 0
      && registry.readsPlainly ? world.deliveries.first : nil
  }

  /// Makes the delivery at the front of the queue to a consumer that needs nothing but its handler.
  ///
  /// The handler says whether anything about the group has to be stored, so that is looked at only
  /// afterwards.
  mutating func deliver(
    _ event: Event, _ queued: QueuedDelivery, to consumer: ConsumerDefinition
  ) -> Step {
    let cause = world.origin(of: queued.position) ?? JournalIndex(0)
    let registry = registry
    let transaction = begin()
    transaction.make(.dequeued(queued))
    let note = transaction.note(
      .delivery(queued.position, consumer.name, instance: nil, .handled), parent: nil)
    transaction.currentNote = note
    transaction.handle(event)
    var problem: String?
    do {
      try transaction.attempt {
        try transaction.refuseIfEdited()
        try registry.react(consumer, to: event, transaction)
      }
      transaction.make(.tallied(queued.consumer, .handled))
      if transaction.spent.milliseconds > 0 {
        var ledger = ledger(of: queued, cause, consumer, event, transaction)
        close(&ledger, consumer, transaction)
      }
    } catch {
      problem = fail(queued, cause, consumer, event, error, note, transaction)
    }
    return Step(finish(transaction, cause: cause, by: .delivery), problem: problem)
  }

  /// Lets the policy of a consumer decide about a delivery whose handler has failed.
  ///
  /// - Returns: What went wrong, as a sentence.
  @inline(never)
  private func fail(
    _ queued: QueuedDelivery, _ cause: JournalIndex, _ consumer: ConsumerDefinition,
    _ event: Event, _ error: any Error, _ note: Int, _ transaction: Transaction
  ) -> String? {
    let reason = sentence(of: error)
    var ledger = ledger(of: queued, cause, consumer, event, transaction)
    let delivery = Delivery(position: queued.position, consumer: consumer.name, cause: cause)
    let outcome = ledger.decide(.delivery(delivery, instance: nil), reason, note, transaction)
    Engine.report(reason, ledger.attempts, of: consumer, event, transaction)
    transaction.revise(
      note, .delivery(queued.position, consumer.name, instance: nil, outcome))
    transaction.make(.tallied(queued.consumer, outcome.tally))
    close(&ledger, consumer, transaction)
    return outcome.problem
  }

  /// The ledger of a delivery that has left the queue.
  private func ledger(
    of queued: QueuedDelivery, _ cause: JournalIndex, _ consumer: ConsumerDefinition,
    _ event: Event, _ transaction: Transaction
  ) -> GroupLedger {
    let delivery = Delivery(position: queued.position, consumer: consumer.name, cause: cause)
    return GroupLedger(
      Pick(
        consumer: queued.consumer, work: .delivery(delivery, instance: nil),
        source: .queue(queued)),
      consumer, key: event.ownKey, isFirst: false, transaction)
  }

  private func close(
    _ ledger: inout GroupLedger, _ consumer: ConsumerDefinition, _ transaction: Transaction
  ) {
    ledger.close(transaction) {
      Engine.nextPosition(for: consumer, after: $0, in: transaction.world)
    }
  }

  /// Tells a consumer that its handler has failed.
  static func report(
    _ reason: String, _ attempts: Int, of consumer: ConsumerDefinition, _ event: Event,
    _ transaction: Transaction
  ) {
    guard let onError = consumer.reactions.onError else { return }
    let failure = ConsumerFailure(
      consumer: consumer.name.name, event: event, reason: reason, attempts: attempts)
    handleError(of: consumer.name.name, transaction) { try onError(failure, transaction) }
  }
}
