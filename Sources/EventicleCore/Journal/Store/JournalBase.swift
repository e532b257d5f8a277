/// The older part of a journal, which is not resident.
struct JournalBase: Sendable {
  /// Has it.
  let store: any JournalStore
  /// The number of entries in it; a step ends there.
  let entries: Int
  /// The number of events that had happened by then.
  let events: Int
  /// The number of entries in it that report a failure.
  let problems: Int

  /// Those of some entries in order that belong to it; the store has later ones too.
  func older(_ found: [JournalIndex]) -> [JournalIndex] { found.filter { $0.number <= entries } }
}
