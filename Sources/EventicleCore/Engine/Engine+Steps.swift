extension Engine {
  /// Ends a step and turns its notes into journal entries.
  mutating func finish(
    _ transaction: Transaction, cause: JournalIndex?, by origin: InputOrigin
  ) -> [JournalEntry] {
    if isBlind(transaction) { return takeBack(transaction) }
    // A step without entries must change nothing, because the journal could not reproduce it.
    guard !transaction.notes.isEmpty else {
      return abandon(transaction, "Nothing was done.", origin)
    }
    let changes = transaction.commit(to: &world)
    if transaction.independentSteps.isEmpty, observers.isEmpty {
      return entries(transaction.notes, changes, at: world.clock, cause, origin)
    }
    let before = keepOwnSteps(of: transaction, origin)
    let own = entries(transaction.notes, changes, at: world.clock, cause, origin)
    for observer in observers {
      if let reason = own.first?.kind.rollbackReason {
        observer.onRollback(reason)
      } else {
        observer.onCommit(own)
      }
    }
    return before + own
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
      let entries = entries(step.notes, step.changes, at: step.instant, step.cause, origin)
      for observer in observers {
        observer.onStart(step.instant)
        observer.onCommit(entries)
      }
      all += entries
    }
    return all
  }

  private mutating func entries(
    _ notes: [Transaction.Note], _ changes: StepChanges, at instant: Instant,
    _ cause: JournalIndex?, _ origin: InputOrigin
  ) -> [JournalEntry] {
    let start = nextEntry
    let count = notes.count
    var entries: [JournalEntry] = []
    entries.reserveCapacity(count)
    for (index, note) in notes.enumerated() {
      entries.append(
        JournalEntry(
          kind: note.kind, cause: note.parent.map { JournalIndex(start.number + $0) } ?? cause,
          instant: instant, stepStart: start, stepCount: index == 0 ? count : 0,
          origin: note.parent == nil ? origin : nil, changes: index == 0 ? changes : .none))
    }
    nextEntry = JournalIndex(start.number + entries.count)
    return entries
  }
}
