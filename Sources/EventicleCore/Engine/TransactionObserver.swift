/// Observes every transaction of an engine: its start, and whether it was committed or rolled back.
///
/// A transaction that joins another is not reported. A nested transaction of its own is reported as
/// committed when the outer one ends, before the outer one. Observers are called once, in the order
/// of registration, and can change nothing.
public struct TransactionObserver: Sendable {
  /// Called when a transaction starts, with the time on the world's clock.
  public let onStart: @Sendable (Instant) -> Void
  /// Called when it was committed, with its journal entries.
  public let onCommit: @Sendable ([JournalEntry]) -> Void
  /// Called when it was rolled back, with the reason.
  public let onRollback: @Sendable (String) -> Void

  /// Creates an observer; the defaults do nothing.
  public init(
    onStart: @escaping @Sendable (Instant) -> Void = { _ in },
    onCommit: @escaping @Sendable ([JournalEntry]) -> Void = { _ in },
    onRollback: @escaping @Sendable (String) -> Void = { _ in }
  ) {
    self.onStart = onStart
    self.onCommit = onCommit
    self.onRollback = onRollback
  }
}

extension JournalEntry.Kind {
  /// Why the step was rolled back, if the journal keeps only the note of its failure.
  var rollbackReason: String? {
    switch self {
    case .command(_, _, _, .reported), .trouble: nil
    default: problem
    }
  }
}
