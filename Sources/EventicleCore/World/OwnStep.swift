/// A step that a transaction took for itself, and that stays whatever becomes of the other.
package struct OwnStep {
  let notes: [Transaction.Note]
  let changes: StepChanges
  let instant: Instant
  /// The entry of the event whose handling led to it.
  let cause: JournalIndex?
}

/// What a transaction had done when it gave way to a step of another.
struct Withdrawn {
  enum Part {
    case appended(Event, AggregateKey?, origin: JournalIndex)
    case kept(Event, AggregateKey)
    case other(Change)
  }

  /// What it had done, oldest first.
  let parts: [Part]
  let ids: IDSource
  let logCount: Int
  let now: Instant
}
