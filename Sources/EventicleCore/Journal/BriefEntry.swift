/// A journal entry as a list of many needs it: of an event no more than what it is.
package enum BriefEntry: Sendable {
  /// An event was appended or imported at an instant of the clock.
  case event(Position, EventType, at: Instant)
  /// Something else, in full.
  case other(JournalEntry)

  /// An entry that is read in full.
  init(_ entry: JournalEntry) {
    switch entry.kind {
    case .append(let position, let type), .imported(let position, let type):
      self = .event(position, type, at: entry.instant)
    default: self = .other(entry)
    }
  }

  /// When it happened.
  package var instant: Instant {
    switch self {
    case .event(_, _, let instant): instant
    case .other(let entry): entry.instant
    }
  }
}

extension JournalStore {
  package func forEachBrief(
    after low: JournalIndex, upTo high: JournalIndex, _ body: (JournalIndex, BriefEntry) -> Bool
  ) {
    forEachEntry(after: low, upTo: high) { body($0, BriefEntry($1)) }
  }
}
