/// How far a consumer group has come.
public struct GroupState: Sendable, Hashable {
  /// The last event that it has dealt with, in the whole log.
  public var position: Position
  /// How many events it has handled.
  public var handled = 0
  /// How many handlings failed.
  public var failed = 0

  /// A group that starts after a position.
  public init(position: Position) { self.position = position }
}

/// A delivery, or the firing of a timer, that failed and is kept.
public struct Parked: Sendable, Hashable {
  /// Its number, from 1.
  public let number: Int
  /// What was to be done.
  public enum Work: Sendable, Hashable {
    case delivery(Delivery, instance: String?)
    case timer(TimerKey, due: Instant)
  }
  /// What was to be done.
  public let work: Work
  /// Why it failed, in a sentence.
  public let reason: String
  /// When it failed.
  public let parkedAt: Instant
  /// The journal entry of the failure.
  public let entry: JournalIndex
}
