extension Engine {
  /// Takes in an event of the past: it keeps its id and time, and views fold it at once.
  mutating func take(_ event: Event, reaction: ImportReaction) -> EngineStep {
    if let position = world.log.position(of: event.id) {
      return EngineStep(problem: WorldError.eventIDTaken(event.id, position).description)
    }
    let transaction = begin()
    if event.createdAt > transaction.now {
      transaction.make(.clock(old: transaction.now, new: event.createdAt))
    }
    transaction.make(.appended(event, transaction.homeAggregate(of: event)))
    let position = transaction.world.log.last
    let note = transaction.note(.imported(position, event.type), parent: nil)
    transaction.currentNote = note
    transaction.handled = event
    raiseCounter(for: event, in: transaction)
    var problem: String?
    for consumer in registry.consumers(of: event.stream, event.type) {
      if consumer.kind == .view {
        problem = fold(event, position, into: consumer, transaction) ?? problem
      } else if reaction == .everybody {
        transaction.make(
          .enqueued(
            Delivery(
              position: position, consumer: consumer, cause: transaction.entry(of: note))))
      }
    }
    return EngineStep(
      entries: finish(transaction, cause: nil, isByUser: true), problem: problem)
  }

  /// Folds an imported event into a view; a failure is parked and does not stop the import.
  private func fold(
    _ event: Event, _ position: Position, into consumer: ConsumerName, _ transaction: Transaction
  ) -> String? {
    guard let (_, handler) = registry.reaction(of: consumer, to: event.type) else { return nil }
    do {
      try transaction.attempt { try handler(event, transaction) }
      return nil
    } catch {
      let outcome = StepOutcome.failed(sentence(of: error))
      let note = transaction.note(
        .delivery(position, consumer, instance: nil, outcome), parent: transaction.currentNote)
      let delivery = Delivery(
        position: position, consumer: consumer, cause: transaction.entry(of: note))
      park(transaction, .delivery(delivery, instance: nil), outcome, note)
      return outcome.problem
    }
  }

  /// Lets the counter for an aggregate's ids go on after an id that came from outside.
  private func raiseCounter(for event: Event, in transaction: Transaction) {
    guard let id = event.domainID?.text,
      let prefix = registry.aggregate(in: event.stream)?.idPrefix,
      id.hasPrefix("\(prefix)-"), let number = Int(id.dropFirst(prefix.utf8.count + 1))
    else { return }
    transaction.raiseCounter(prefix, to: number)
  }
}
