extension Engine {
  /// Takes one step of a saga for a pick, in a transaction of its own.
  mutating func takeStep(
    _ pick: Pick, _ consumer: ConsumerDefinition, _ saga: Saga, _ event: Event, key: String,
    instance: SagaInstance?, isFirst: Bool, outcome: StepOutcome,
    _ body: (SagaKey, Transaction) throws -> Void
  ) -> Step {
    let transaction = begin()
    let sagaKey =
      instance?.key ?? SagaKey(saga.name, "saga-\(transaction.world.counter("saga") + 1)")
    let result = registry.attempt(
      pick, consumer, event, key: key,
      instance: instance == nil && outcome != .started ? nil : sagaKey.instanceID,
      isNew: instance == nil, isFirst: isFirst, transaction,
      onFailure: { reason, _ in
        let failure = SagaFailure(
          saga: saga.name, instanceID: instance?.key.instanceID, event: event, timer: nil,
          reason: reason)
        Engine.tell(saga, failure, transaction)
      }
    ) {
      if outcome == .started { _ = transaction.nextInstanceID() }
      try body(sagaKey, transaction)
      return outcome
    }
    guard case .delivery(let delivery, _) = pick.work else { return Step() }
    return Step(
      finish(transaction, cause: delivery.cause, by: pick.origin),
      problem: result.problem)
  }

  /// Takes a step of each instance that an event concerns; a busy instance takes it afterwards.
  mutating func takeSteps(
    of instances: [SagaInstance], _ pick: Pick, _ delivery: Delivery,
    _ consumer: ConsumerDefinition, _ saga: Saga, _ event: Event, _ handler: Saga.On
  ) -> Step {
    var result = Step()
    let isProcessed =
      registry.handlesOnce(pick, consumer, delivery.position, world) && !pick.isForOneInstance
      && world.consumers.hasHandled(delivery.position, pick.consumer)
    for (index, instance) in instances.enumerated() {
      guard index == 0 || !isProcessed else { break }
      let id = instance.key.instanceID
      let step: Step
      if isAtWork(id, of: consumer, pick, isFirst: index == 0) {
        step = putBack(
          pick, delivery, consumer, key: id, instance: id, isFirst: index == 0,
          "it waits behind other work of \(instance.correlation ?? id)")
      } else {
        step = takeStep(
          pick, consumer, saga, event, key: id, instance: instance, isFirst: index == 0,
          outcome: .handled
        ) { _, transaction in
          try transaction.go(
            on: instance, handler, of: saga, event, at: delivery.position, lane: delivery.lane)
        }
      }
      result.entries += step.entries
      result.problem = result.problem ?? step.problem
    }
    return result
  }

  /// Tells a saga that one of its steps failed.
  static func tell(_ saga: Saga, _ failure: SagaFailure, _ transaction: Transaction) {
    guard let errorStep = saga.errorStep else { return }
    handleError(of: saga.name, transaction) { try errorStep(failure, transaction) }
  }

  /// Runs a consumer's error handler; if that fails as well, the journal notes it and nothing else
  /// of it is kept.
  static func handleError(
    of consumer: String, _ transaction: Transaction, _ body: () throws -> Void
  ) {
    do { try transaction.attempt(body) } catch {
      transaction.note(
        .trouble("The error handler of \(consumer) failed as well: \(sentence(of: error))"),
        parent: transaction.currentNote)
    }
  }
}

extension Registry {
  /// Re-keys the work that waited for an instance which has just ended to the value it was found
  /// by.
  func leaveInstance(
    _ key: SagaKey, _ ledger: inout GroupLedger, _ transaction: Transaction
  ) {
    guard let saga = saga(key.saga) else { return }
    for change in transaction.changes.reversed() {
      guard case .saga(let old, let new) = change, let last = new ?? old, last.key == key else {
        continue
      }
      if new?.hasEnded ?? true,
        let name = Engine.mailboxAfterEnd(of: last, saga, transaction.world.sagas)
      {
        ledger.goOn(as: name)
      }
      return
    }
  }
}
