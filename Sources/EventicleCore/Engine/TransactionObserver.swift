/// Hears of every transaction of an engine: each one begins, and then is either kept or taken back.
///
/// A transaction that joins another is not heard of. One of its own inside another is told as kept
/// when the outer one is over, before it. Observers are told once and in the order of their
/// registration, and can change nothing.
public struct TransactionObserver: Sendable {
  /// A transaction began, at a moment of the world's clock.
  public let onStart: @Sendable (Instant) -> Void
  /// It was kept; this is what the journal keeps of it.
  public let onCommit: @Sendable ([JournalEntry]) -> Void
  /// What it did was taken back, for a reason.
  public let onRollback: @Sendable (String) -> Void

  /// An observer; what is left out is not heard of.
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
  /// Why what the step did was taken back, if only the word of it was kept.
  var rollbackReason: String? {
    switch self {
    case .command(_, _, _, .reported), .trouble: nil
    default: problem
    }
  }
}
