/// One thing that a consumer is to do.
public enum Work: Sendable, Hashable {
  /// Handle an event; for a saga, the step of one instance.
  case delivery(Delivery, instance: String?)
  /// Take the step of a timer.
  case timer(TimerKey, due: Instant)
}

/// A delivery, or the firing of a timer, that failed and is kept.
///
/// The same work is parked once: of one consumer, one event and one saga instance. When the group is
/// moved back and it fails again, it keeps its number and its edited data, and the attempts add up;
/// when it is handled then, it is parked no more.
public struct Parked: Sendable, Hashable {
  /// What was to be done.
  public typealias Work = EventicleCore.Work
  /// Its number, from 1.
  public let number: Int
  /// What was to be done.
  public let work: Work
  /// Why it failed last, in a sentence.
  public internal(set) var reason: String
  /// When it failed last.
  public internal(set) var parkedAt: Instant
  /// The journal entry of the failure.
  public internal(set) var entry: JournalIndex
  /// How often it has been tried.
  public internal(set) var attempts = 1
  /// Data to use instead of the event's own when it is done again.
  public internal(set) var editedData: JSONBytes?
}
