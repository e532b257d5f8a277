extension Engine {
  /// Whom an event concerns among the instances of a saga.
  private enum SagaTarget {
    case live([SagaInstance])
    case start(Saga.Start)
    case nobody(String)
  }

  /// Offers an event to a saga: to every live instance that matches, else to its start.
  ///
  /// Each instance takes its step in a transaction of its own, so that one failure does not
  /// touch the others.
  mutating func deliver(_ delivery: Delivery, _ event: Event, to saga: Saga) -> EngineStep {
    switch target(of: event, in: saga) {
    case .nobody(let reason):
      let transaction = begin()
      transaction.make(.dequeued(delivery))
      _ = run(transaction, delivery, group: saga.group, instance: nil) { .ignored(reason) }
      return EngineStep(entries: finish(transaction, cause: delivery.cause, isByUser: false))
    case .start(let start):
      let transaction = begin()
      transaction.make(.dequeued(delivery))
      let key = SagaKey(saga.name, transaction.nextID("saga").text)
      return takeStep(
        transaction, saga, delivery, event, key: key, instance: nil, outcome: .started,
        start.step)
    case .live(let instances):
      var result = EngineStep()
      for (index, instance) in instances.enumerated() {
        guard let handler = saga.handlers[event.type] else { break }
        let transaction = begin()
        if index == 0 { transaction.make(.dequeued(delivery)) }
        let step = takeStep(
          transaction, saga, delivery, event, key: instance.key, instance: instance,
          outcome: .handled, handler.step)
        result.entries += step.entries
        result.problem = result.problem ?? step.problem
      }
      return result
    }
  }

  private func target(of event: Event, in saga: Saga) -> SagaTarget {
    var reason = "no instance matches"
    if let handler = saga.handlers[event.type] {
      let property = handler.match.property
      if let value = handler.match.value(event), !value.isNull {
        let found = world.sagas.instances(of: saga.name, property: property, value: value)
        let live = found.filter { !$0.hasEnded }
        if !live.isEmpty { return .live(live) }
        let shown = value.string ?? value.description
        reason =
          found.isEmpty ? "no instance has \(property) \(shown)" : "its instance has ended"
      } else {
        reason = "the event has no \(property) to match"
      }
    }
    guard let start = saga.starts[event.type] else { return .nobody(reason) }
    guard start.condition(event) else { return .nobody("its start condition said no") }
    if let unless = start.unless, let value = unless.value(event), !value.isNull {
      let live = world.sagas.instances(of: saga.name, property: unless.property, value: value)
        .first { !$0.hasEnded }
      if let live { return .nobody("\(live.key.instanceID) is live already") }
    }
    return .start(start)
  }

  private mutating func takeStep(
    _ transaction: Transaction, _ saga: Saga, _ delivery: Delivery, _ event: Event, key: SagaKey,
    instance: SagaInstance?, outcome: StepOutcome, _ body: Saga.EventStep
  ) -> EngineStep {
    let result = run(
      transaction, delivery, group: saga.group, instance: key.instanceID,
      onFailure: { reason in
        let failure = SagaFailure(
          saga: saga.name, instanceID: instance?.key.instanceID, event: event, timer: nil,
          reason: reason)
        tell(saga, failure, transaction)
      }
    ) {
      let step = SagaStep(key, instance, of: saga, in: transaction)
      try body(step, event)
      keep(step, key: key, instance: instance, saga: saga, event: event, in: transaction)
      return outcome
    }
    return EngineStep(
      entries: finish(transaction, cause: delivery.cause, isByUser: false),
      problem: result.problem)
  }

  /// Writes what a step made of its instance.
  private func keep(
    _ step: SagaStep, key: SagaKey, instance: SagaInstance?, saga: Saga, event: Event?,
    in transaction: Transaction
  ) {
    var next =
      instance
      ?? SagaInstance(
        key: key, data: .emptyObject, startedAt: transaction.now, changedAt: transaction.now,
        sequence: transaction.nextNumber("saga-sequence"))
    if step.ending != nil {
      step.removeAllTimers()
      next.hasEnded = true
      transaction.note(
        .sagaEnded(key, kept: step.ending == .kept), parent: transaction.currentNote)
    }
    next.data = step.data
    next.timers = step.timers
    next.steps += 1
    next.changedAt = transaction.now
    next.lastEventID = event?.id ?? next.lastEventID
    next.correlation = saga.matchProperties.lazy.compactMap { step.data.object?[$0] }.first
      .map { $0.string ?? $0.description }
    if step.ending == .removed {
      if let instance { transaction.make(.saga(key, old: instance, new: nil)) }
    } else {
      transaction.make(.saga(key, old: instance, new: next))
    }
  }

  /// Tells a saga that a step of its failed; what it does about it must not fail the engine.
  private func tell(_ saga: Saga, _ failure: SagaFailure, _ transaction: Transaction) {
    guard let errorStep = saga.errorStep else { return }
    _ = try? transaction.attempt { try errorStep(failure, transaction) }
  }

  // MARK: - Timers

  /// Fires a timer: the clock moves to its moment, and its saga takes a step.
  mutating func fire(_ key: TimerKey, isByUser: Bool) -> EngineStep {
    guard let timer = world.timers.timer(key) else {
      return EngineStep(problem: EngineError.unknownTimer(key).description)
    }
    let transaction = begin()
    if timer.due > transaction.now {
      transaction.make(.clock(old: transaction.now, new: timer.due))
    }
    func kind(_ outcome: StepOutcome) -> JournalEntry.Kind {
      .timerFired(key, due: timer.due, outcome)
    }
    let note = transaction.note(kind(.handled), parent: nil)
    transaction.currentNote = note
    let isRearmed = transaction.consume(timer)
    var outcome = StepOutcome.ignored("its instance is gone")
    if let saga = registry.saga(key.owner.saga), let body = saga.timers[key.name],
      let instance = world(in: transaction, key.owner), !instance.hasEnded
    {
      outcome = fire(transaction, timer, saga, instance, body, isRearmed: isRearmed, note)
    }
    transaction.revise(note, kind(outcome))
    return EngineStep(
      entries: finish(transaction, cause: timer.armedBy, isByUser: isByUser),
      problem: outcome.problem)
  }

  private func world(in transaction: Transaction, _ key: SagaKey) -> SagaInstance? {
    transaction.world.sagas.instance(key)
  }

  private func fire(
    _ transaction: Transaction, _ timer: Timer, _ saga: Saga, _ instance: SagaInstance,
    _ body: Saga.TimerStep, isRearmed: Bool, _ note: Int
  ) -> StepOutcome {
    do {
      try transaction.attempt {
        let step = SagaStep(instance.key, instance, of: saga, in: transaction)
        step.timerFired(timer.key.name, rearmed: isRearmed)
        try body(step)
        keep(step, key: instance.key, instance: instance, saga: saga, event: nil, in: transaction)
      }
      return .handled
    } catch {
      let outcome = StepOutcome.failed(sentence(of: error))
      if !isRearmed {
        var quiet = instance
        quiet.timers.removeAll { $0 == timer.key.name }
        transaction.make(.saga(instance.key, old: instance, new: quiet))
      }
      park(transaction, .timer(timer.key, due: timer.due), outcome, note)
      let failure = SagaFailure(
        saga: saga.name, instanceID: instance.key.instanceID, event: nil, timer: timer.key.name,
        reason: sentence(of: error))
      tell(saga, failure, transaction)
      return outcome
    }
  }
}

extension SagaStep {
  /// A step of an instance, or of one that is about to be started.
  fileprivate convenience init(
    _ key: SagaKey, _ instance: SagaInstance?, of saga: Saga, in transaction: Transaction
  ) {
    self.init(
      key: key, data: instance?.data ?? .emptyObject, timers: instance?.timers ?? [],
      lastEventID: instance?.lastEventID, transaction: transaction,
      knownTimers: Set(saga.timers.keys))
  }
}
