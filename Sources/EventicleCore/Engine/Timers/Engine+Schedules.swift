extension Engine {
  /// Schedules a command; one of the same name is replaced.
  mutating func schedule(_ command: ScheduledCommand, by origin: InputOrigin) -> Step {
    step(by: origin) { transaction in
      try transaction.schedule(command)
      return nil
    }
  }

  /// Dispatches a scheduled command that falls due.
  ///
  /// One that a business rule refuses is finished; one that fails is parked; one that meets a lease
  /// waits as its options say.
  func fire(
    _ key: TimerKey, due: Instant, _ stored: StoredCommand, isRearmed: Bool,
    _ transaction: Transaction
  ) -> StepOutcome {
    let note = transaction.note(.timerFired(key, due: due, .handled), parent: nil)
    transaction.currentNote = note
    var outcome: StepOutcome
    do {
      outcome = try carryOut(stored, key, due: due, recurs: isRearmed, transaction)
      try transaction.forgetCommand(of: key)
    } catch {
      // The command stays stored while it is parked.
      outcome = transaction.park(key, due: due, because: error, notedAt: note)
    }
    transaction.revise(note, .timerFired(key, due: due, outcome))
    return outcome
  }

  /// Runs a scheduled command, or lets it wait for a lock.
  ///
  /// - Throws: Errors of the handler other than refusals.
  func carryOut(
    _ stored: StoredCommand, _ key: TimerKey, due: Instant, recurs: Bool,
    _ transaction: Transaction
  ) throws -> StepOutcome {
    let intent = stored.intent(for: due, recurs: recurs)
    do {
      try transaction.within(key.commandWorkspace) { transaction in
        // It runs in a transaction of its own, whatever its options say for dispatch by handlers.
        _ = try transaction.carryOut(intent) { try registry.execute(intent, in: transaction) }
      }
      return .handled
    } catch is any RejectionError {
      return .handled
    } catch let error as TransactionError {
      guard let until = try letWait(intent, error, key, stored.wait, transaction) else {
        // A command that waited too long ends like one that does not wait.
        if stored.wait != nil, case .lockTaken(_, _?, _?) = error { return .handled }
        throw error
      }
      return .ignored("it waits for a lock until \(until)")
    }
  }

  /// Lets a command wait for a lock, and says so in its entry.
  ///
  /// - Parameters:
  ///   - key: The timer that dispatched it, if one did.
  ///   - wait: The wait so far.
  /// - Returns: When it is tried next; `nil` when it does not wait or has waited long enough.
  func letWait(
    _ intent: CommandIntent, _ error: any Error, _ key: TimerKey?, _ wait: StoredCommand.Wait?,
    _ transaction: Transaction
  ) throws -> Instant? {
    guard case TransactionError.lockTaken(let lock, let holder?, let end?) = error,
      let limit = registry.commands[intent.type]?.options.lockWait, limit.milliseconds > 0,
      let note = transaction.notes.indices.last,
      case .command(let type, let data, _, _) =
        transaction.notes[note].kind, isSameText(type, intent.type)
    else { return nil }
    let outer = transaction.currentNote
    transaction.currentNote = note
    defer { transaction.currentNote = outer }
    let due: Instant
    if let wait, let key {
      guard transaction.now < wait.deadline else {
        let over = TransactionError.lockWaitOver(
          type, lock: lock, holder: holder, until: end, waited: transaction.now - wait.since)
        transaction.revise(
          note, .command(type: type, data: data, response: nil, .failed(over.description)))
        return nil
      }
      due = min(end, wait.deadline)
      let again = StoredCommand.Wait(lock: lock, since: wait.since, deadline: wait.deadline)
      try transaction.keepCommand(
        StoredCommand(intent, waitingFor: again), named: key.name, .at(due), missed: .once)
    } else {
      due = try transaction.within(key?.commandWorkspace ?? transaction.workspace) {
        try $0.wait(intent, for: lock, until: end, limit: limit)
      }
    }
    transaction.revise(
      note,
      .command(type: type, data: data, response: nil, .waiting(sentence(of: error), until: due)))
    return due
  }
}
