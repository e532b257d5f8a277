extension Engine {
  /// Takes one step of a saga for a pick, in a transaction of its own.
  mutating func takeStep(
    _ pick: Pick, _ consumer: ConsumerDefinition, _ saga: Saga, _ event: Event, key: String,
    instance: SagaInstance?, isFirst: Bool, outcome: StepOutcome,
    _ body: (SagaKey, Transaction) throws -> Void
  ) -> EngineStep {
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
      if outcome == .started { _ = transaction.nextID("saga") }
      try body(sagaKey, transaction)
      return outcome
    }
    guard case .delivery(let delivery, _) = pick.work else { return EngineStep() }
    return EngineStep(
      entries: finish(transaction, cause: delivery.cause, isByUser: false),
      problem: result.problem)
  }

  /// Tells a saga that a step of its failed; what it does about it must not fail the engine.
  static func tell(_ saga: Saga, _ failure: SagaFailure, _ transaction: Transaction) {
    guard let errorStep = saga.errorStep else { return }
    _ = try? transaction.attempt { try errorStep(failure, transaction) }
  }
}

extension Registry {
  /// Lets what waited for an instance that has just ended wait for the value it was found by.
  func leaveInstance(
    _ key: SagaKey, _ ledger: inout GroupLedger, _ transaction: Transaction
  ) {
    guard let saga = saga(key.saga) else { return }
    for change in transaction.changes.reversed() {
      guard case .saga(let old, let new) = change, let last = new ?? old, last.key == key else {
        continue
      }
      if new?.hasEnded ?? true,
        let name = Engine.mailboxAfterEnd(of: last, saga)
      {
        ledger.goOn(as: name)
      }
      return
    }
  }
}
