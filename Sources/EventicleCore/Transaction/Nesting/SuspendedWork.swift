/// The work of a transaction that is suspended while a step of its own runs.
struct SuspendedWork {
  enum Part {
    case appended(Event, AggregateKey?, origin: JournalIndex)
    case kept(Event, AggregateKey)
    case other(Change)
  }

  /// The work in the order in which it was done.
  let parts: [Part]
  let ids: IDSource
  let logCount: Int
  let now: Instant
}
