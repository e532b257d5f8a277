extension Engine {
  /// Ends a step; its notes become journal entries when somebody asks for them.
  mutating func finish(
    _ transaction: Transaction, cause: JournalIndex?, by origin: InputOrigin
  ) -> StepEntries {
    if isBlind(transaction) { return .list(takeBack(transaction)) }
    // A step without entries must change nothing, because the journal could not reproduce it.
    guard !transaction.notes.isEmpty else {
      return .list(abandon(transaction, "Nothing was done.", origin))
    }
    let changes = transaction.commit(to: &world)
    if transaction.independentSteps.isEmpty, observers.isEmpty {
      return entries(&transaction.notes, changes, at: world.clock, cause, origin)
    }
    let before = keepOwnSteps(of: transaction, origin)
    let own = entries(&transaction.notes, changes, at: world.clock, cause, origin).entries
    for observer in observers {
      if let reason = own.first?.kind.rollbackReason {
        observer.onRollback(reason)
      } else {
        observer.onCommit(own)
      }
    }
    return .list(before + own)
  }

  /// Undoes a step; the nested steps that it kept apart remain.
  mutating func abandon(
    _ transaction: Transaction, _ reason: String, _ origin: InputOrigin
  ) -> [JournalEntry] {
    if isBlind(transaction) { return takeBack(transaction) }
    transaction.rollBack(to: &world)
    let kept = keepOwnSteps(of: transaction, origin)
    for observer in observers { observer.onRollback(reason) }
    return kept
  }

  private mutating func keepOwnSteps(
    of transaction: Transaction, _ origin: InputOrigin
  ) -> [JournalEntry] {
    var all: [JournalEntry] = []
    for step in transaction.independentSteps {
      var notes = step.notes
      let entries = entries(&notes, step.changes, at: step.instant, step.cause, origin).entries
      for observer in observers {
        observer.onStart(step.instant)
        observer.onCommit(entries)
      }
      all += entries
    }
    return all
  }

  @inline(__always)
  private mutating func entries(
    _ notes: inout [StepNote], _ changes: StepChanges, at instant: Instant,
    _ cause: JournalIndex?, _ origin: InputOrigin
  ) -> StepEntries {
    let start = nextEntry
    nextEntry = JournalIndex(start.number + notes.count)
    return .made(
      spareStep.step(
        taking: &notes,
        MadeStep.Head(
          start: start, instant: instant, cause: cause, origin: origin, changes: changes)))
  }
}
