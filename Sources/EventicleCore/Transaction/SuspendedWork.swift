/// What a transaction had done when it gave way to a step of another.
struct SuspendedWork {
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
