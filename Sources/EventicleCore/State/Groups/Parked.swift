/// One piece of work for a consumer.
public enum Work: Sendable, Hashable {
  /// Handling an event; for a saga, the step of one instance.
  case delivery(Delivery, instance: String?)
  /// The step of a timer that fired.
  case timer(TimerKey, due: Instant)
}

/// A delivery, or the firing of a timer, that failed and is kept for retry.
///
/// The same work, meaning the same consumer, event and saga instance, is parked once. When the
/// group is moved back and the work fails again, it keeps its number and its edited data, and the
/// attempts add up; when it succeeds, it is no longer parked.
public struct Parked: Sendable, Hashable {
  /// The piece of work that failed.
  public typealias Work = EventicleCore.Work
  /// The number by which it is retried or dropped, from 1.
  public let number: Int
  /// The piece of work that failed.
  public let work: Work
  /// The reason of the last failure, as a sentence.
  public internal(set) var reason: String
  /// The instant of the last failure.
  public internal(set) var parkedAt: Instant
  /// The journal entry of the last failure.
  public internal(set) var entry: JournalIndex
  /// The number of attempts so far.
  public internal(set) var attempts = 1
  /// Data that a retry uses instead of the event's own.
  public internal(set) var editedData: JSONBytes?
}
