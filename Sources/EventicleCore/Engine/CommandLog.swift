/// How often a command was carried out, by what came of it.
public struct CommandTally: Sendable, Hashable {
  /// It was carried out.
  public internal(set) var done = 0
  /// Its events were kept, and it reported an error.
  public internal(set) var reported = 0
  /// A business rule refused it.
  public internal(set) var rejected = 0
  /// Its handler failed.
  public internal(set) var failed = 0

  /// All of them.
  public var total: Int { done + reported + rejected + failed }
}

/// Which commands were carried out, counted from the entries of a journal.
///
/// The entries themselves say with what input, with what outcome, and by being named as their
/// cause, which events came of it.
public struct CommandLog: Sendable {
  private var tallies: [String: CommandTally] = [:]

  /// A log of nothing.
  public init() {}

  /// The log of a journal, or of a part of it; O(entries).
  public init(_ entries: some Sequence<JournalEntry>) { record(entries) }

  /// Counts more entries.
  public mutating func record(_ entries: some Sequence<JournalEntry>) {
    for entry in entries {
      guard case .command(let type, _, _, let outcome) = entry.kind else { continue }
      switch outcome {
      case .done: tallies[type, default: CommandTally()].done += 1
      case .reported: tallies[type, default: CommandTally()].reported += 1
      case .rejected: tallies[type, default: CommandTally()].rejected += 1
      case .failed: tallies[type, default: CommandTally()].failed += 1
      }
    }
  }

  /// How often a command was carried out, by what came of it.
  public subscript(type: String) -> CommandTally { tallies[type] ?? CommandTally() }

  /// The commands that were carried out or refused, by name.
  public var types: [String] { tallies.keys.sorted() }
}
