/// The entries of one step as the engine leaves them: what the journal stores is in them, and the
/// entries themselves are made when somebody asks.
enum StepEntries: Sendable {
  /// Entries that exist already, of any number of parts.
  case list([JournalEntry])
  /// Entries in the making.
  case made(MadeStep)

  /// A step that did nothing.
  static let none = StepEntries.list([])

  /// The number of entries.
  var count: Int {
    switch self {
    case .list(let entries): entries.count
    case .made(let step): step.count
    }
  }

  /// The entries, oldest first; made on each call unless they are in a list.
  var entries: [JournalEntry] {
    switch self {
    case .list(let entries): entries
    case .made(let step): step.entries
    }
  }

  /// What the first entry says; `nil` when there is none.
  var first: JournalEntry.Kind? { kind(at: 0) }

  /// What an entry says, by its number in the step from 0; `nil` when there is none.
  func kind(at index: Int) -> JournalEntry.Kind? {
    switch self {
    case .list(let entries): index < entries.count ? entries[index].kind : nil
    case .made(let step): step.kind(at: index)
    }
  }

  /// The instant of the first entry.
  var instant: Instant? { instant(at: 0) }

  /// The instant of an entry, by its number in the step from 0; `nil` when there is none.
  func instant(at index: Int) -> Instant? {
    switch self {
    case .list(let entries): index < entries.count ? entries[index].instant : nil
    case .made(let step): step.head.instant
    }
  }

  /// Whether all entries are appends.
  var areAppends: Bool {
    switch self {
    case .list(let entries): entries.indices.allSatisfy { entries[$0].kind.isAppend }
    case .made(let step): step.areAppends
    }
  }
}
