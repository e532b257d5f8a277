/// The events that a consumer has finished with, counted by outcome.
public struct Tally: Sendable, Hashable {
  /// The outcomes that are counted apart.
  public enum Kind: UInt8, Sendable, Hashable {
    /// Handled, or started a saga instance.
    case handled
    /// Did not concern the consumer.
    case ignored
    /// Failed and parked, or failed and stopped the consumer.
    case failed
    /// Failed, to be retried.
    case retried
    /// Failed and skipped.
    case skipped
    /// Handled before, and not again.
    case duplicate
  }

  /// Deliveries handled, including those that started a saga instance.
  public private(set) var handled = 0
  /// Deliveries that did not concern the consumer.
  public private(set) var ignored = 0
  /// Failures that were parked or stopped the consumer.
  public private(set) var failed = 0
  /// Failures that were retried.
  public private(set) var retried = 0
  /// Failures that were skipped.
  public private(set) var skipped = 0
  /// Deliveries not handled because they had been handled before.
  public private(set) var duplicates = 0

  func count(of kind: Kind) -> Int {
    switch kind {
    case .handled: handled
    case .ignored: ignored
    case .failed: failed
    case .retried: retried
    case .skipped: skipped
    case .duplicate: duplicates
    }
  }

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
