extension Engine {
  /// Fires a timer: the clock moves to its due time, and its owner takes a step.
  mutating func fire(_ key: TimerKey, by origin: InputOrigin) -> Step {
    guard let timer = world.timers.timer(key) else {
      return Step(failing: unknown(key))
    }
    guard timer.due.isInCommonYears else {
      return Step(failing: EngineError.clockTooLate(timer.due))
    }
    let stored = world.storedCommand(of: key)
    let machine = stored == nil ? registry.machine(of: key) : nil
    let inFront = eventsInFront(of: timer, at: max(world.clock, timer.due))
    let transaction = begin()
    if timer.due > transaction.now {
      transaction.make(.clock(old: transaction.now, new: timer.due))
    }
    let (moment, isRearmed) = transaction.consume(timer)
    guard let moment else {
      if !isRearmed { transaction.forget(key) }
      transaction.note(
        .timerFired(key, due: timer.due, .ignored("it was missed, and what is missed is left out")),
        parent: nil)
      return Step(finish(transaction, cause: timer.armedBy, by: origin))
    }
    if let stored {
      let outcome = fire(
        key, due: moment, stored, isRearmed: isRearmed, transaction)
      return Step(
        finish(transaction, cause: timer.armedBy, by: origin),
        problem: outcome.problem)
    }
    let outcome =
      machine.map { fire(key, due: moment, of: $0, transaction) }
      ?? fire(
        key, due: moment, pick: nil, inFront: inFront, isSpent: !isRearmed,
        isCoalescing: isRearmed && timer.missed != .all, transaction)
    return Step(
      finish(transaction, cause: timer.armedBy, by: origin),
      problem: outcome.problem)
  }

  /// Takes the step of a timer that has fired and waited.
  mutating func fire(_ pick: Pick) -> Step {
    guard case .timer(let key, let due) = pick.work else { return Step() }
    let transaction = begin()
    let outcome = fire(
      key, due: due, pick: pick, inFront: nil, isSpent: false, isCoalescing: false, transaction)
    return Step(
      finish(transaction, cause: nil, by: .delivery), problem: outcome.problem)
  }

  /// Takes the step of a timer of a saga instance.
  ///
  /// - Parameters:
  ///   - pick: The timer among the waiting work; `nil` when it fires just now.
  ///   - inFront: The events that come before it.
  ///   - isSpent: Whether it is no longer armed, so that its instance forgets it, whatever the
  ///     outcome of the step.
  private func fire(
    _ key: TimerKey, due: Instant, pick: Pick?,
    inFront: (work: [KeyedWork], last: Position)?, isSpent: Bool, isCoalescing: Bool,
    _ transaction: Transaction
  ) -> StepOutcome {
    let note = transaction.note(.timerFired(key, due: due, .handled), parent: nil)
    transaction.currentNote = note
    var outcome = StepOutcome.ignored("its instance is gone")
    var isForgotten = !isSpent
    func forget() {
      if !isForgotten { transaction.forget(key) }
      isForgotten = true
    }
    let saga = registry.saga(key.owner.saga)
    if let saga, let number = registry.number(of: saga.group),
      let consumer = registry.consumer(number)
    {
      let work = Work.timer(key, due: due)
      let pick = pick ?? Pick(consumer: number, work: work, source: .clock)
      var ledger = GroupLedger(
        pick, consumer, key: key.owner.instanceID, isFirst: true, transaction)
      if let inFront, ledger.holds(key.owner.instanceID, transaction.now) {
        ledger.takeIn(inFront.work, upTo: inFront.last, transaction.now)
      }
      var isOff = false
      if case .lane = pick.source { isOff = !stopWaiting(key, due, transaction) }
      let instance = transaction.sagaInstance(key.owner).flatMap { $0.hasEnded ? nil : $0 }
      let waits = instance?.firing.contains { $0.name == key.name && !$0.isOff } ?? false
      if isCoalescing, waits {
        outcome = .ignored("one that waits for its step stands for it")
      } else if case .clock = pick.source,
        ledger.queue(work, due: due, behind: key.owner.instanceID, transaction)
      {
        outcome = .ignored(
          "it waits behind other work of "
            + world.keyShown(key.owner.instanceID, of: key.owner.saga))
        forget()
        startWaiting(key, due, isFirst: false, transaction)
      } else if isOff, instance != nil {
        outcome = .ignored("it was armed anew or called off while it waited")
      } else if let instance, let body = saga.timerStep(key.name) {
        transaction.enter(instance.workspace)
        outcome = take(body, of: key, saga, instance, isSpent: isSpent, transaction)
        if outcome == .handled { isForgotten = true } else { forget() }
        registry.leaveInstance(key.owner, &ledger, transaction)
        if case .retrying(_, _, let until) = outcome {
          ledger.wait(work, until: until, transaction)
          startWaiting(key, due, isFirst: true, transaction)
        }
        if case .failed(let reason) = outcome {
          outcome = ledger.decide(work, reason, note, transaction)
          switch outcome {
          case .retrying, .stopped: startWaiting(key, due, isFirst: true, transaction)
          default: break
          }
          let failure = SagaFailure(
            saga: saga.name, instanceID: instance.key.instanceID, event: nil, timer: key.name,
            reason: reason)
          Engine.tell(saga, failure, transaction)
        }
        transaction.make(.tallied(number, outcome.tally))
      }
      ledger.close(transaction) {
        Engine.nextPosition(for: consumer, after: $0, in: transaction.world)
      }
    }
    forget()
    transaction.revise(note, .timerFired(key, due: due, outcome))
    return outcome
  }

  private func take(
    _ body: Saga.TimerStep, of key: TimerKey, _ saga: Saga, _ instance: SagaInstance,
    isSpent: Bool, _ transaction: Transaction
  ) -> StepOutcome {
    do {
      try transaction.attempt {
        try transaction.refuseIfEdited()
        try transaction.go(on: instance, body, of: saga, timer: key.name, isSpent: isSpent)
      }
      return .handled
    } catch TransactionError.lockTaken(let id, let holder?, let until?) {
      let reason = TransactionError.lockTaken(id, holder: holder, until: until).description
      return .retrying(reason, attempt: 1, until: until)
    } catch {
      return .failed(sentence(of: error))
    }
  }

  /// Stores that a timer has fired and waits for its step, so that its instance can still cancel
  /// it.
  ///
  /// - Parameter isFirst: Whether it waits first in its lane, to be retried, rather than behind
  ///   others.
  private func startWaiting(
    _ key: TimerKey, _ due: Instant, isFirst: Bool, _ transaction: Transaction
  ) {
    guard let old = transaction.sagaInstance(key.owner) else { return }
    var new = old
    new.firing.insert(
      FiredTimer(name: key.name, due: due), at: isFirst ? 0 : new.firing.count)
    transaction.make(.saga(old: old, new: new))
  }

  /// Stores that a fired timer no longer waits.
  ///
  /// - Returns: Whether it was still waiting and not cancelled.
  private func stopWaiting(
    _ key: TimerKey, _ due: Instant, _ transaction: Transaction
  ) -> Bool {
    guard let old = transaction.sagaInstance(key.owner),
      let place = old.firing.firstIndex(where: { $0.name == key.name && $0.due == due })
    else { return false }
    var new = old
    new.firing.remove(at: place)
    transaction.make(.saga(old: old, new: new))
    return !old.firing[place].isOff
  }
}

extension Transaction {
  /// Removes a timer that is no longer armed from those of its saga instance.
  fileprivate func forget(_ key: TimerKey) {
    guard let instance = world.sagas.instance(key.owner) else { return }
    var quiet = instance
    quiet.timers.removeAll { $0 == key.name }
    make(.saga(old: instance, new: quiet))
  }
}
