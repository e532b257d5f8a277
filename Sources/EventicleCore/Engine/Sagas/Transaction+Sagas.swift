extension Transaction {
  /// Starts an instance with its first step.
  ///
  /// - Parameter match: The property and value that the route of the event says.
  func begin(
    _ start: Saga.Start, of saga: Saga, _ event: Event, at position: Position, _ key: SagaKey,
    lane: SagaLane?, match: SagaRoute.Match? = nil
  ) throws {
    try run(saga, key, nil, .event(position), event, lane: lane) { step in
      if let match {
        step[match.property] = match.value
        try hold(start.lock?(step, event))
        try start.step(step, event)
        if step[match.property].isNull { step[match.property] = match.value }
        return
      }
      // Later events find the instance by these values, whatever the step writes.
      if let match = saga.key, let value = match.value(event), !value.isNull {
        step[match.property] = value
      }
      if let match = start.unless, let value = match.value(event), !value.isNull {
        step[match.property] = value
      }
      try hold(start.lock?(step, event))
      try start.step(step, event)
      for match in [saga.key, start.unless] {
        guard let match, step[match.property].isNull, let value = match.value(event) else {
          continue
        }
        if !value.isNull { step[match.property] = value }
      }
    }
  }

  /// Takes a step of an instance for an event.
  func go(
    on instance: SagaInstance, _ handler: Saga.On, of saga: Saga, _ event: Event,
    at position: Position, lane: SagaLane?
  ) throws {
    try run(saga, instance.key, instance, .event(position), event, lane: lane) { step in
      try hold(handler.lock?(step, event))
      try handler.step(step, event)
    }
  }

  /// Takes a step of an instance for a fired timer.
  ///
  /// - Parameter isSpent: Whether the timer is no longer one of the instance's.
  func go(
    on instance: SagaInstance, _ body: Saga.TimerStep, of saga: Saga, timer: String, isSpent: Bool
  ) throws {
    try run(
      saga, instance.key, instance, .timer(timer), nil, lane: nil, without: isSpent ? timer : nil
    ) { step in
      try body(step)
    }
  }

  private func hold(_ lock: String?) throws {
    if let lock { try self.lock(lock) }
  }

  private func run(
    _ saga: Saga, _ key: SagaKey, _ instance: SagaInstance?, _ trigger: SagaStepRecord.Trigger,
    _ event: Event?, lane: SagaLane?, without fired: String? = nil,
    _ body: (SagaStep) throws -> Void
  ) throws {
    var current = instance
    if var older = instance, older.version != saga.version {
      try saga.takeOver(&older)
      current = older
    }
    if let instance { enter(instance.workspace) }
    var timers = current?.timers ?? []
    if let fired { timers.removeAll { $0 == fired } }
    let step = SagaStep(
      key: key, data: current?.data ?? .emptyObject, timers: timers,
      firedTimers: current?.firing.lazy.filter { !$0.isOff }.map(\.name) ?? [],
      lastEventID: current?.lastEventID, transaction: self, knownTimers: saga.timerList,
      takesAnyTimer: saga.anyTimer != nil, undos: current?.undos ?? [], lane: lane)
    let outer = stepMemory
    stepMemory = step.memory
    defer { stepMemory = outer }
    try body(step)
    if let limit = saga.stepLimit, spent > limit {
      throw SagaError.stepTooLong(saga: saga.name, took: spent, limit: limit)
    }
    keep(step, key, from: instance, current, saga, event, trigger)
  }

  /// Stores the instance as its step left it.
  private func keep(
    _ step: SagaStep, _ key: SagaKey, from old: SagaInstance?, _ current: SagaInstance?,
    _ saga: Saga, _ event: Event?, _ trigger: SagaStepRecord.Trigger
  ) {
    let before =
      current
      ?? SagaInstance(
        key: key, workspace: workspace, version: saga.version, data: .emptyObject,
        startedAt: now, changedAt: now,
        sequence: nextNumber(.sagaInstances))
    let hasEnded = step.ending != nil || before.hasEnded
    if let ending = step.ending {
      step.removeAllTimers()
      note(.sagaEnded(key, kept: ending == .kept), parent: currentNote)
    }
    guard step.ending != .removed else {
      if let old { make(.saga(old: old, new: nil)) }
      return
    }
    var waiting = hasEnded ? [] : before.firing
    for place in waiting.indices where step.touchedTimers.contains(waiting[place].name) {
      waiting[place].isOff = true
    }
    var recent = before.recent
    recent.append(
      SagaStepRecord(
        number: before.steps + 1, trigger: trigger, lane: step.lane, instant: now,
        duration: spent, outcome: current == nil ? .started : .handled))
    let next = SagaInstance(
      after: before, at: world.sagas.nextPlace, data: step.data, hasEnded: hasEnded,
      changedAt: now, lastEventID: event?.id ?? before.lastEventID,
      correlation: saga.correlation(of: step.data) {
        world.sagas.matchProperties(of: saga.name)
      }, timers: step.timers,
      undos: hasEnded ? [] : step.undos, firing: waiting, recent: recent)
    make(.saga(old: old, new: next))
  }
}
