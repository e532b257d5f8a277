extension Engine {
  /// Retries parked work; if it succeeds it is no longer parked.
  mutating func redrive(_ number: Int) -> Step {
    guard let parked = world.parked(number) else {
      return Step(failing: unknownParked(number))
    }
    let consumer = registry.number(ofWork: parked.work, in: world)
    guard consumer != nil || registry.isOfMachine(parked.work) || isOfCommand(parked.work) else {
      return Step(failing: EngineError.nobodyToRedrive(number))
    }
    if !isSandboxed, let consumer, let definition = registry.consumer(consumer),
      definition.reactions.worker != nil, case .delivery(let delivery, _) = parked.work
    {
      return offerAgain(parked, delivery, consumer, definition)
    }
    let home = home(of: parked.work)
    if let home, let busy = world.storedGroup(home.consumer.group)?.busy(home.key, at: world.clock)
    {
      let key = world.keyShown(home.key, of: home.consumer.name.name)
      return Step(failing: EngineError.atWork(number, key, until: busy))
    }
    let transaction = begin()
    let note: Int
    let outcome: StepOutcome
    switch parked.work {
    case .delivery(let delivery, let instance):
      note = transaction.note(
        .delivery(delivery.position, delivery.consumer, instance: instance, .handled), parent: nil)
      outcome = again(transaction, note) {
        try handle(delivery, instance: instance, data: parked.editedData, transaction)
      }
      let id = outcome == .started ? "saga-\(transaction.world.counter("saga"))" : instance
      transaction.revise(
        note, .delivery(delivery.position, delivery.consumer, instance: id, outcome))
    case .timer(let key, let due):
      note = transaction.note(.timerFired(key, due: due, .handled), parent: nil)
      outcome = again(transaction, note) { try handle(key, due: due, transaction) }
      transaction.revise(note, .timerFired(key, due: due, outcome))
    }
    if let consumer { transaction.make(.tallied(consumer, outcome.tally)) }
    var kept: Parked?
    if let problem = outcome.problem {
      kept = parked
      kept?.reason = problem
      kept?.attempts += 1
      kept?.parkedAt = transaction.now
      kept?.entry = transaction.entry(of: note)
    }
    transaction.make(.parked(number, old: parked, new: kept))
    if kept == nil {
      Engine.release(number, transaction, startedBy: note)
      leaveOut(parked.work, transaction)
      Engine.forgetCommand(of: parked.work, transaction)
    }
    if let home {
      occupy(home.key, home.consumer, parked.work, startedBy: note, transaction)
    }
    return Step(
      finish(transaction, cause: parked.entry, by: .person),
      problem: outcome.problem.map {
        EngineError.redriveFailed(number, consumer: parked.work.addressee, reason: $0).description
      })
  }

  /// The consumer and key that parked saga work must wait for; `nil` for other consumers.
  private func home(of work: Work) -> (consumer: ConsumerDefinition, key: String)? {
    let name: ConsumerName
    switch work {
    case .delivery(let delivery, _): name = delivery.consumer
    case .timer(let key, _): name = ConsumerName(.saga, key.owner.saga)
    }
    guard name.kind == .saga, let number = world.consumers.number(of: name),
      let consumer = registry.consumer(number), let key = keyed([work], consumer).first?.key
    else { return nil }
    return (consumer, key)
  }

  /// Keeps a key busy for the time that the retry took, and re-keys the work that waits for an
  /// instance which the retry ended.
  private func occupy(
    _ key: String, _ consumer: ConsumerDefinition, _ work: Work, startedBy note: Int,
    _ transaction: Transaction
  ) {
    guard let number = transaction.world.consumers.number(of: consumer.name) else { return }
    var key = key
    if case .delivery(_, _, let id?, .started) = transaction.notes[note].kind { key = id }
    let pick = Pick(consumer: number, work: work, source: .clock, state: nil)
    var ledger = GroupLedger(pick, consumer, key: key, isFirst: true, transaction)
    registry.leaveInstance(SagaKey(consumer.name.name, key), &ledger, transaction)
    ledger.close(transaction) {
      Engine.nextPosition(for: consumer, after: $0, in: transaction.world)
    }
  }

  /// Sets the data with which parked work is retried; the event itself does not change.
  ///
  /// The data stands for that of the stored event: it is sealed, and upcast when it is read.
  mutating func edit(_ number: Int, _ data: JSONBytes?) -> Step {
    guard let parked = world.parked(number) else {
      return Step(failing: unknownParked(number))
    }
    guard case .delivery(let delivery, _) = parked.work else {
      return Step(failing: EngineError.nothingToEdit(number))
    }
    var edited = parked
    edited.editedData = data
    if let data, var event = world.log.event(at: delivery.position) {
      event.data = data
      do { edited.editedData = try registry.sealed(event).data } catch {
        return Step(failing: error)
      }
    }
    return step(cause: parked.entry, by: .person) { transaction in
      transaction.note(.parkedEdited(number), parent: nil)
      transaction.make(.parked(number, old: parked, new: edited))
      return nil
    }
  }

  /// Discards parked work.
  mutating func dropParked(_ number: Int) -> Step {
    guard let parked = world.parked(number) else {
      return Step(failing: unknownParked(number))
    }
    return step(cause: parked.entry, by: .person) { transaction in
      transaction.note(.parkedDropped(number), parent: nil)
      transaction.make(.parked(number, old: parked, new: nil))
      Engine.forgetCommand(of: parked.work, transaction)
      Engine.release(number, transaction)
      return nil
    }
  }

  /// Releases the work that waited for parked work to be dealt with.
  ///
  /// - Parameter note: What was done about it; if that started an instance, the work that waited
  ///   for the same value now waits for the instance.
  private static func release(
    _ number: Int, _ transaction: Transaction, startedBy note: Int? = nil
  ) {
    for group in transaction.world.laggingGroups {
      guard let old = transaction.world.storedGroup(group),
        let index = old.lanes.firstIndex(where: { $0.blockedBy == number })
      else { continue }
      var new = old
      if let note, case .delivery(_, _, let id?, .started) = transaction.notes[note].kind {
        let lane = old.lanes[index]
        new.lanes[index] = Lane(
          key: id, work: lane.work, until: lane.until, attempts: lane.attempts, isHot: lane.isHot)
      }
      new.lanes[index].blockedBy = nil
      // The step that failed may still be running: its key stays busy.
      if new.lanes[index].isIdle(at: transaction.now) { new.lanes.remove(at: index) }
      transaction.make(.group(group, old: old, new: new))
    }
  }

  private func again(
    _ transaction: Transaction, _ note: Int, _ body: () throws -> StepOutcome
  ) -> StepOutcome {
    transaction.currentNote = note
    do {
      return try transaction.attempt(body)
    } catch {
      return .failed(sentence(of: error))
    }
  }

  private func handle(
    _ delivery: Delivery, instance: String?, data: JSONBytes?, _ transaction: Transaction
  ) throws -> StepOutcome {
    guard var event = transaction.world.log.event(at: delivery.position),
      let number = transaction.world.consumers.number(of: delivery.consumer),
      let consumer = registry.consumer(number)
    else { return .ignored("nobody handles it any more") }
    if isSandboxed, consumer.name.kind.isOutside { return Engine.silence }
    if let data { event.data = data }
    guard let seen = try registry.seen(event, by: consumer) else {
      return .ignored("an upcaster drops it")
    }
    event = seen
    transaction.handle(event)
    guard let saga = registry.saga(delivery.consumer.name), consumer.name.kind == .saga else {
      let isKnown =
        consumer.options.isIdempotent
        && transaction.world.consumers.hasHandled(delivery.position, number)
      if isKnown { return .duplicate }
      try consumer.reactions.handle(event, registry.codec, transaction)
      if consumer.options.isIdempotent { transaction.make(.processed(number, delivery.position)) }
      return .handled
    }
    return try redo(
      saga, event, delivery, instance: instance, isEdited: data != nil, transaction)
  }

  private func redo(
    _ saga: Saga, _ event: Event, _ delivery: Delivery, instance: String?, isEdited: Bool,
    _ transaction: Transaction
  ) throws -> StepOutcome {
    if let router = saga.router, instance == nil {
      return try redo(
        saga, event, delivery, by: isEdited ? nil : delivery.kept?.route, router, transaction)
    }
    if let handler = saga.stateless[event.type] {
      try handler(event, transaction)
      return .handled
    }
    let known = instance.flatMap { transaction.sagaInstance(SagaKey(saga.name, $0)) }
    if let known {
      guard !known.hasEnded else { return .ignored("its instance has ended") }
      guard let handler = saga.handlers[event.type] else {
        return .ignored("nobody handles it any more")
      }
      try transaction.go(
        on: known, handler, of: saga, event, at: delivery.position, lane: delivery.lane)
      return .handled
    }
    guard let start = saga.starts[event.type] else { return .ignored("its instance is gone") }
    if let live = live(in: saga, like: event, start, transaction.world) {
      return .ignored("\(live.correlation ?? live.key.instanceID) is live already")
    }
    let key = SagaKey(saga.name, transaction.nextInstanceID())
    try transaction.begin(
      start, of: saga, event, at: delivery.position, key, lane: delivery.lane)
    return .started
  }

  /// Whether work is the dispatch of a scheduled command.
  private func isOfCommand(_ work: Work) -> Bool {
    if case .timer(let key, _) = work { world.storedCommand(of: key) != nil } else { false }
  }

  /// Deletes a scheduled command that has fired for the last time and is no longer parked.
  private static func forgetCommand(of work: Work, _ transaction: Transaction) {
    if case .timer(let key, _) = work, transaction.world.storedCommand(of: key) != nil {
      try? transaction.forgetCommand(of: key)
    }
  }

  private func handle(
    _ key: TimerKey, due: Instant, _ transaction: Transaction
  ) throws -> StepOutcome {
    if let stored = transaction.world.storedCommand(of: key) {
      let recurs = transaction.armedTimer(key)?.schedule.recurs ?? false
      return try carryOut(stored, key, due: due, recurs: recurs, transaction)
    }
    if let machine = registry.machine(of: key) { return try take(key, of: machine, transaction) }
    guard let saga = registry.saga(key.owner.saga), let body = saga.timerStep(key.name),
      let instance = transaction.sagaInstance(key.owner), !instance.hasEnded
    else { return .ignored("its instance is gone") }
    try transaction.go(on: instance, body, of: saga, timer: key.name, isSpent: false)
    return .handled
  }
}

extension Registry {
  /// The consumer of parked work, if it is declared.
  fileprivate func number(ofWork work: Work, in world: World) -> ConsumerNumber? {
    switch work {
    case .delivery(let delivery, _):
      world.consumers.number(of: delivery.consumer).flatMap { consumer($0) == nil ? nil : $0 }
    case .timer(let key, _): saga(key.owner.saga).flatMap { number(of: $0.group) }
    }
  }

  /// Whether work is a delayed transition of a state machine, which has no consumer.
  fileprivate func isOfMachine(_ work: Work) -> Bool {
    if case .timer(let key, _) = work { machine(of: key) != nil } else { false }
  }
}
