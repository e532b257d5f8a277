extension Transaction {
  /// Arms a timer, replacing one with the same key.
  ///
  /// - Throws: ``TransactionError/negativeWait(_:_:)``, ``TransactionError/timerNeverDue(_:)``.
  package func arm(
    _ key: TimerKey, _ schedule: TimerSchedule, missed: MissedFires = .once
  ) throws {
    try checkOpen()
    if case .once(let wait) = schedule, wait.milliseconds < 0 {
      throw TransactionError.negativeWait(key.name, wait)
    }
    let old = armedTimer(key)
    guard let due = schedule.due(armedAt: now) else {
      throw TransactionError.timerNeverDue(schedule.brief)
    }
    let kind = JournalEntry.Kind.timerArmed(key, due: due, schedule, again: old != nil)
    let entry = entry(of: note(kind, parent: currentNote))
    let timer = Timer(
      key: key, schedule: schedule, due: due, missed: missed, armedAt: now, armedBy: entry,
      sequence: nextNumber(.timers))
    make(.timer(key, old: old, new: timer))
  }

  /// Cancels a timer if it is armed.
  package func disarm(_ key: TimerKey) {
    expectOpen()
    guard let old = armedTimer(key) else { return }
    note(.timerCancelled(key), parent: currentNote)
    make(.timer(key, old: old, new: nil))
  }

  /// Removes a timer that fired, or moves a recurring one to its next instant.
  ///
  /// - Returns: The instant to fire for, unless it was missed and is skipped, and whether the timer
  ///   is armed again.
  package func consume(_ timer: Timer) -> (moment: Instant?, isRearmed: Bool) {
    let plan = timer.missed.plan(for: timer.schedule, due: timer.due, now: now, limit: 1)
    guard let due = plan.next else {
      make(.timer(timer.key, old: timer, new: nil))
      return (plan.fires.first, false)
    }
    let next = Timer(
      key: timer.key, schedule: timer.schedule, due: due, missed: timer.missed, armedAt: now,
      armedBy: timer.armedBy, sequence: nextNumber(.timers))
    make(.timer(timer.key, old: timer, new: next))
    return (plan.fires.first, true)
  }

  /// When an armed timer is due; `nil` when it is not armed.
  package func due(of key: TimerKey) -> Instant? { armedTimer(key)?.due }

  /// Changes the due instant of an armed timer that fires once.
  ///
  /// - Returns: Whether there is such a timer.
  package func postpone(_ key: TimerKey, to due: Instant) throws -> Bool {
    try checkOpen()
    guard let old = armedTimer(key), !old.schedule.recurs else { return false }
    try arm(key, .at(due), missed: old.missed)
    return true
  }
}
