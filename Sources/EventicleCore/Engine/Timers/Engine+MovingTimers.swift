extension Engine {
  /// Cancels a timer of any owner, even one that has fired and waits for its step.
  mutating func cancel(_ key: TimerKey, by origin: InputOrigin) -> Step {
    let timer = world.timers.timer(key)
    let waits =
      world.sagas.instance(key.owner)?.firing.contains {
        isSameText($0.name, key.name) && !$0.isOff
      }
      ?? false
    guard timer != nil || waits else { return Step(failing: unknown(key)) }
    return step(cause: timer?.armedBy, by: origin) { transaction in
      if timer == nil { transaction.note(.timerCancelled(key), parent: nil) }
      transaction.disarm(key)
      transaction.leaveOut(key)
      if transaction.world.storedCommand(of: key) != nil {
        try transaction.forgetCommand(of: key)
      }
      return nil
    }
  }

  /// Moves an armed timer to another instant.
  mutating func move(_ key: TimerKey, to instant: Instant, by origin: InputOrigin) -> Step {
    guard let timer = world.timers.timer(key) else {
      return Step(failing: unknown(key))
    }
    guard instant != timer.due else { return Step() }
    return step(cause: timer.armedBy, by: origin) { transaction in
      transaction.move(timer, to: instant)
      return nil
    }
  }
}

extension Transaction {
  /// Changes when an armed timer falls due; a recurring timer keeps its schedule.
  fileprivate func move(_ timer: Timer, to instant: Instant) {
    let schedule = timer.schedule.recurs ? timer.schedule : .at(instant)
    let note = note(
      .timerArmed(timer.key, due: instant, schedule, again: true), parent: currentNote)
    let moved = Timer(
      key: timer.key, schedule: schedule, due: instant, missed: timer.missed, armedAt: now,
      armedBy: entry(of: note), sequence: nextNumber(.timers))
    make(.timer(timer.key, old: timer, new: moved))
  }

  /// Removes a timer from those of its saga instance and from the work that waits for a step.
  fileprivate func leaveOut(_ key: TimerKey) {
    guard let instance = world.sagas.instance(key.owner) else { return }
    var new = instance
    new.timers.removeAll { isSameText($0, key.name) }
    for place in new.firing.indices where isSameText(new.firing[place].name, key.name) {
      new.firing[place].isOff = true
    }
    if new != instance { make(.saga(old: instance, new: new)) }
  }
}
