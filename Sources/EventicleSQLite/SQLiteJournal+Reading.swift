package import EventicleCore

extension SQLiteJournal {
  package func forEachStep(
    after low: JournalIndex, upTo high: JournalIndex, _ body: (StoredStep) -> Bool
  ) {
    lock {
      attempt {
        guard let end = stepEnd(atOrAfter: low) else { return }
        var reader = try StepRowReader(
          after: end.number, of: meta.store, database, rows.catalogue)
        while reader.next <= high.number, let step = try reader.step(), body(step) {}
      }
    }
  }

  /// The end of the step that an entry belongs to; `nil` when there is none.
  private func stepEnd(atOrAfter entry: JournalIndex) -> JournalIndex? {
    guard entry.number > 0 else { return JournalIndex(0) }
    return index.step(of: entry)?.last
  }

  private func step(_ range: (first: JournalIndex, last: JournalIndex)) -> StoredStep? {
    var found: StoredStep?
    forEachStep(after: JournalIndex(range.first.number - 1), upTo: range.first) { step in
      found = step
      return false
    }
    return found
  }

  package func entry(_ entry: JournalIndex) -> JournalEntry? {
    lock {
      guard let range = step(of: entry), let step = step(range) else { return nil }
      let entries = step.entries
      let place = entry.number - range.first.number
      return entries.indices.contains(place) ? entries[place] : nil
    }
  }

  /// Asks what is in memory, unless there is a fault.
  func ask<Answer>(_ none: Answer, _ question: (MemoryJournalStore) -> Answer) -> Answer {
    lock {
      guard fault == nil else { return none }
      let answer = question(index)
      if let fault = index.fault { set(fault) }
      return answer
    }
  }

  package func core(atOrBefore entry: JournalIndex) -> StoredCore? {
    ask(nil) { $0.core(atOrBefore: entry) }
  }

  package func step(of entry: JournalIndex) -> (first: JournalIndex, last: JournalIndex)? {
    ask(nil) { $0.step(of: entry) }
  }

  package func stepCount(after low: JournalIndex, upTo high: JournalIndex) -> Int {
    ask(0) { $0.stepCount(after: low, upTo: high) }
  }

  package func end(ofStep number: Int, after entry: JournalIndex) -> JournalIndex? {
    ask(nil) { $0.end(ofStep: number, after: entry) }
  }

  package func lastEvent(doneAt entry: JournalIndex) -> Position {
    ask(Position(0)) { $0.lastEvent(doneAt: entry) }
  }

  // MARK: - Look-ups

  package func deliveries(of position: Position) -> [JournalIndex] {
    ask([]) { $0.deliveries(of: position) }
  }

  package func entries(of saga: SagaKey, upTo end: JournalIndex) -> [JournalIndex] {
    ask([]) { $0.entries(of: saga, upTo: end) }
  }

  package func steps(of saga: SagaKey, upTo end: JournalIndex) -> (all: Int, failed: Int) {
    ask((0, 0)) { $0.steps(of: saga, upTo: end) }
  }

  package func step(_ number: Int, of saga: SagaKey) -> JournalIndex? {
    ask(nil) { $0.step(number, of: saga) }
  }

  package func effects(of entry: JournalIndex, limit: Int) -> [JournalIndex] {
    ask([]) { $0.effects(of: entry, limit: limit) }
  }

  package func effects(of position: Position, limit: Int) -> [Position] {
    ask([]) { $0.effects(of: position, limit: limit) }
  }

  package func problems(upTo end: JournalIndex) -> Int { ask(0) { $0.problems(upTo: end) } }

  package func problem(at place: Int) -> JournalIndex? { ask(nil) { $0.problem(at: place) } }
}
