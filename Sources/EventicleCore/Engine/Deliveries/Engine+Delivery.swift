extension Engine {
  /// Does the next piece of waiting work.
  mutating func deliver() -> Step {
    guard let queued = plainDelivery, let consumer = registry.consumer(queued.consumer),
      consumer.isPlain, !isSandboxed || !consumer.name.kind.isOutside,
      let event = world.log.event(at: queued.position)
    else { return deliverPicked() }
    return deliver(event, queued, to: consumer)
  }

  /// Does the next piece of waiting work, whatever it is.
  mutating func deliverPicked() -> Step {
    guard let pick = nextPick() else {
      return Step(failing: EngineError.nothingToDeliver)
    }
    return make(pick)
  }

  /// Does a piece of waiting work.
  mutating func make(_ pick: Pick) -> Step {
    guard case .delivery(let delivery, let instance) = pick.work else {
      if case (.clock, .timer(let key, _)) = (pick.source, pick.work) {
        return fire(key, by: .timer)
      }
      return fire(pick)
    }
    guard let consumer = registry.consumer(pick.consumer),
      let event = world.log.event(at: delivery.position)
    else { return drop(pick, delivery) }
    if let step = putBehind(pick, delivery, consumer) { return step }
    let opened: Event
    do {
      guard let seen = try registry.seen(event, by: consumer) else {
        return leave(pick, delivery, event, consumer) { .ignored("an upcaster drops it") }
      }
      opened = seen
    } catch {
      return leave(pick, delivery, event, consumer) { throw error }
    }
    if consumer.name.kind == .saga, let saga = registry.saga(consumer.name.name) {
      return deliver(pick, delivery, opened, consumer, saga, instance: instance)
    }
    if isSandboxed, consumer.name.kind.isOutside {
      return leave(pick, delivery, opened, consumer) { Engine.silence }
    }
    if let worker = consumer.reactions.worker,
      opened.type == event.type || consumer.reactions.handles(opened.type)
    {
      return offer(pick, delivery, consumer, worker)
    }
    let transaction = begin()
    let registry = registry
    let outcome = registry.attempt(
      pick, consumer, opened, key: opened.ownKey, instance: nil, isFirst: true, transaction,
      onFailure: { reason, attempts in
        Engine.report(reason, attempts, of: consumer, opened, transaction)
      }
    ) {
      guard opened.type == event.type || consumer.reactions.handles(opened.type) else {
        return .ignored("nobody handles \(opened.type)")
      }
      try registry.react(consumer, to: opened, transaction)
      return .handled
    }
    return Step(
      finish(transaction, cause: delivery.cause, by: pick.origin),
      problem: outcome.problem)
  }

  /// Ends a delivery whose handler must not see the event, or cannot.
  private mutating func leave(
    _ pick: Pick, _ delivery: Delivery, _ event: Event, _ consumer: ConsumerDefinition,
    _ body: () throws -> StepOutcome
  ) -> Step {
    let key = laneKey(of: consumer, at: delivery.position)
    let transaction = begin()
    let outcome = registry.attempt(
      pick, consumer, event, key: key, instance: nil, isFirst: true, transaction, body)
    return Step(
      finish(transaction, cause: delivery.cause, by: pick.origin),
      problem: outcome.problem)
  }

  private mutating func drop(_ pick: Pick, _ delivery: Delivery) -> Step {
    step(cause: delivery.cause) { transaction in
      pick.leave(transaction)
      transaction.note(
        .delivery(
          delivery.position, delivery.consumer, instance: nil,
          .ignored("nobody handles it any more")),
        parent: nil)
      return nil
    }
  }
}

extension Registry {
  /// Hands an event to a view, adapter or subscription; a view owns the rows that it writes.
  @inline(__always)
  func react(
    _ consumer: ConsumerDefinition, to event: Event, _ transaction: Transaction
  ) throws {
    guard consumer.name.kind == .view else {
      return try consumer.reactions.handle(event, codec, transaction)
    }
    transaction.writingView = consumer.name.name
    defer { transaction.writingView = nil }
    try consumer.reactions.handle(event, codec, transaction)
  }

  /// Runs a handler inside a delivery's step; if it throws, the consumer's policy decides.
  ///
  /// - Parameters:
  ///   - instance: The saga instance that takes the step.
  ///   - isNew: Whether this step starts the instance.
  ///   - isFirst: Whether this is the pick's first step, the one that removes the pick from where
  ///     it waits.
  func attempt(
    _ pick: Pick, _ consumer: ConsumerDefinition, _ event: Event, key: String, instance: String?,
    isNew: Bool = false, isFirst: Bool, _ transaction: Transaction,
    onFailure: (String, Int) -> Void = { _, _ in },
    _ handler: () throws -> StepOutcome
  ) -> StepOutcome {
    guard case .delivery(let delivery, _) = pick.work else { return .handled }
    // The id of an instance that fails to start is reused for another one.
    let known = isNew ? nil : instance
    let work = Work.delivery(delivery, instance: known)
    var ledger = GroupLedger(pick, consumer, key: key, isFirst: isFirst, transaction)
    let note = transaction.note(
      .delivery(delivery.position, delivery.consumer, instance: instance, .handled), parent: nil)
    transaction.currentNote = note
    transaction.handle(event)
    var outcome = StepOutcome.handled
    if isFirst, let act = pick.act {
      transaction.note(.acted(delivery.position, delivery.consumer, act), parent: note)
    }
    let isOnce = handlesOnce(pick, consumer, delivery.position, transaction.world)
    let isProcessed =
      isOnce && transaction.world.consumers.hasHandled(delivery.position, pick.consumer)
    // Work that waits for one instance is not done until that instance does it, even if others have
    // had the event.
    if isProcessed, isFirst, !pick.isForOneInstance {
      outcome = .duplicate
    } else {
      do {
        outcome = try transaction.attempt {
          try transaction.refuseIfEdited()
          return try handler()
        }
        // Work that waits for the same value now waits for the instance that has it.
        if outcome == .started, let instance { ledger.goOn(as: instance) }
        if consumer.name.kind == .saga, let instance {
          leaveInstance(SagaKey(consumer.name.name, instance), &ledger, transaction)
        }
        switch outcome {
        case .handled, .started: ledger.leaveParked(work, transaction)
        default: break
        }
        if isOnce, !isProcessed {
          transaction.make(.processed(pick.consumer, delivery.position))
        }
      } catch TransactionError.lockTaken(let id, let holder?, let until?)
        where consumer.name.kind == .saga
      {
        let reason = TransactionError.lockTaken(id, holder: holder, until: until).description
        ledger.wait(work, until: until, transaction)
        outcome = .retrying(reason, attempt: ledger.attempts, until: until)
      } catch {
        let reason = sentence(of: error)
        outcome = ledger.decide(work, reason, note, transaction)
        onFailure(reason, ledger.attempts)
      }
    }
    if outcome != .handled {
      // An instance that was not started has no history to show this in.
      let shown = outcome == .started ? instance : known
      transaction.revise(
        note, .delivery(delivery.position, delivery.consumer, instance: shown, outcome))
    }
    transaction.make(.tallied(pick.consumer, outcome.tally))
    ledger.close(transaction) {
      Engine.nextPosition(for: consumer, after: $0, in: transaction.world)
    }
    return outcome
  }
}
