extension Transaction {
  /// Arms a timer, replacing one of the same key.
  package func arm(_ key: TimerKey, _ schedule: TimerSchedule) throws {
    let old = world.timers.timer(key)
    let due: Instant
    switch schedule {
    case .once(let interval): due = now + interval
    case .cron(let expression):
      guard let next = expression.next(after: now) else {
        throw WorldError.timerNeverDue(expression.description)
      }
      due = next
    }
    let kind = JournalEntry.Kind.timerArmed(key, due: due, schedule, again: old != nil)
    let entry = entry(of: note(kind, parent: currentNote))
    let timer = Timer(
      key: key, schedule: schedule, due: due, armedAt: now, armedBy: entry,
      sequence: nextNumber("timer"))
    make(.timer(key, old: old, new: timer))
  }

  /// Calls a timer off if it is armed.
  package func disarm(_ key: TimerKey) {
    guard let old = world.timers.timer(key) else { return }
    note(.timerCancelled(key), parent: currentNote)
    make(.timer(key, old: old, new: nil))
  }

  /// Takes a fired timer out, or moves a recurring one to its next moment.
  ///
  /// - Returns: Whether it is armed again.
  package func consume(_ timer: Timer) -> Bool {
    guard case .cron(let expression) = timer.schedule, let due = expression.next(after: now) else {
      make(.timer(timer.key, old: timer, new: nil))
      return false
    }
    let next = Timer(
      key: timer.key, schedule: timer.schedule, due: due, armedAt: now, armedBy: timer.armedBy,
      sequence: nextNumber("timer"))
    make(.timer(timer.key, old: timer, new: next))
    return true
  }
}
