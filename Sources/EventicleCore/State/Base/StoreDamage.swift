/// What of a store can be trusted, when not all of it can.
public struct StoreDamage: Sendable, Hashable, CustomStringConvertible {
  /// The last journal entry that can be trusted, with everything before it.
  public let whole: JournalIndex
  /// The number of events up to there.
  public let events: Int
  /// The number of entries after it; `nil` when they cannot be counted.
  public let untrusted: Int?
  /// What is wrong there, without a full stop.
  public let reason: String

  /// Creates a description of damage.
  package init(whole: JournalIndex, events: Int, untrusted: Int?, reason: String) {
    self.whole = whole
    self.events = events
    self.untrusted = untrusted
    self.reason = reason
  }

  /// What is whole and what is not, as it follows the store's name.
  public var description: String {
    let rest =
      switch untrusted {
      case nil: "; what is after it cannot be trusted: "
      case 0: ", but "
      case 1: "; after it 1 entry that cannot be trusted: "
      case let count?: "; after it \(count) entries that cannot be trusted: "
      }
    return "whole up to \(whole) (#\(events))\(rest)\(reason)"
  }
}
