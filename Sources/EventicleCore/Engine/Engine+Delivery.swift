extension Engine {
  /// Makes the delivery that comes next.
  mutating func deliver() -> EngineStep {
    guard let delivery = world.queue.first, let event = world.log.event(at: delivery.position)
    else { return EngineStep(problem: EngineError.nothingToDeliver.description) }
    if delivery.consumer.kind == .saga, let saga = registry.saga(delivery.consumer.name) {
      return deliver(delivery, event, to: saga)
    }
    guard let (group, handler) = registry.reaction(of: delivery.consumer, to: event.type) else {
      return drop(delivery, "nobody handles it any more")
    }
    let transaction = begin()
    transaction.make(.dequeued(delivery))
    let outcome = run(transaction, delivery, group: group, instance: nil) {
      try handler(event, transaction)
      return .handled
    }
    return EngineStep(
      entries: finish(transaction, cause: delivery.cause, isByUser: false),
      problem: outcome.problem)
  }

  /// Runs a handler inside a delivery's step; if it throws, the delivery is parked instead.
  func run(
    _ transaction: Transaction, _ delivery: Delivery, group: GroupName, instance: String?,
    onFailure: (String) -> Void = { _ in }, _ handler: () throws -> StepOutcome
  ) -> StepOutcome {
    func kind(_ outcome: StepOutcome) -> JournalEntry.Kind {
      .delivery(delivery.position, delivery.consumer, instance: instance, outcome)
    }
    let note = transaction.note(kind(.handled), parent: nil)
    transaction.currentNote = note
    transaction.handled = transaction.world.log.event(at: delivery.position)
    var outcome = StepOutcome.handled
    do {
      outcome = try transaction.attempt(handler)
    } catch {
      outcome = .failed(sentence(of: error))
      park(transaction, .delivery(delivery, instance: instance), outcome, note)
      onFailure(sentence(of: error))
    }
    transaction.revise(note, kind(outcome))
    move(transaction, group, to: delivery.position, outcome)
    return outcome
  }

  func park(
    _ transaction: Transaction, _ work: Parked.Work, _ outcome: StepOutcome, _ note: Int
  ) {
    let number = transaction.nextNumber("parked")
    let parked = Parked(
      number: number, work: work, reason: outcome.problem ?? "", parkedAt: transaction.now,
      entry: transaction.entry(of: note))
    transaction.make(.parked(number, old: nil, new: parked))
  }

  private func move(
    _ transaction: Transaction, _ name: GroupName, to position: Position, _ outcome: StepOutcome
  ) {
    let old = transaction.world.group(name)
    var new = old ?? GroupState(position: Position(0))
    new.position = max(new.position, position)
    if outcome.problem == nil { new.handled += 1 } else { new.failed += 1 }
    transaction.make(.group(name, old: old, new: new))
  }

  private mutating func drop(_ delivery: Delivery, _ reason: String) -> EngineStep {
    step(cause: delivery.cause) { transaction in
      transaction.make(.dequeued(delivery))
      transaction.note(
        .delivery(delivery.position, delivery.consumer, instance: nil, .ignored(reason)),
        parent: nil)
      return nil
    }
  }
}
