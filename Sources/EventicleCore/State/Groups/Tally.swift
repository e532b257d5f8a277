/// How often a consumer dealt with events, by what came of it.
public struct Tally: Sendable, Hashable {
  /// What came of a delivery.
  public enum Kind: UInt8, Sendable, Hashable {
    /// It was handled, or started an instance.
    case handled
    /// It did not concern the consumer.
    case ignored
    /// It failed and was parked, or stopped its consumer.
    case failed
    /// It failed and is tried again.
    case retried
    /// It failed and was left out.
    case skipped
    /// It had been handled before.
    case duplicate
  }

  /// Handled, or started.
  public private(set) var handled = 0
  /// Not for this consumer.
  public private(set) var ignored = 0
  /// Failed and parked, or failed and stopped.
  public private(set) var failed = 0
  /// Failed and to be tried again.
  public private(set) var retried = 0
  /// Failed and left out.
  public private(set) var skipped = 0
  /// Handled before and not handled again.
  public private(set) var duplicates = 0

  mutating func add(_ kind: Kind, _ count: Int) {
    switch kind {
    case .handled: handled += count
    case .ignored: ignored += count
    case .failed: failed += count
    case .retried: retried += count
    case .skipped: skipped += count
    case .duplicate: duplicates += count
    }
  }
}
