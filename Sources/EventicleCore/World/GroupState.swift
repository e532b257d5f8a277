/// How a consumer group is doing, and how far it has come.
///
/// A group that keeps step takes its deliveries from the common queue. One that does not, because
/// it was paused, is catching up, or waits to try something again, has a position of its own.
public struct GroupState: Sendable, Hashable {
  /// Whether a group takes deliveries.
  public enum Status: Sendable, Hashable {
    /// It takes them.
    case live
    /// A person paused it.
    case paused
    /// A failure stopped it; the sentence says which.
    case stopped(String)
    /// Nobody consumes for it; its position is kept.
    case closed
  }

  /// Whether it takes deliveries.
  public var status = Status.live
  /// Whether it takes its deliveries from the common queue.
  public var isInStep: Bool
  /// The last event that it has been offered, in the whole log.
  public var position: Position
  /// The work of this group that waits for a moment or for a decision.
  public var lanes: [Lane] = []
  /// Whether its position is forgotten when it is closed.
  public var isEphemeral = false
  /// The streams that its last consumer took events from, by which it is known whether retention
  /// would take something from it.
  public internal(set) var streams: [StreamName]?
  /// What it has done.
  public internal(set) var tally = Tally()

  /// A group that starts after a position.
  public init(position: Position, isInStep: Bool = false, streams: [StreamName]? = nil) {
    self.position = position
    self.isInStep = isInStep
    self.streams = streams
  }

  /// How many events it has handled.
  public var handled: Int { tally.handled }
  /// How many handlings failed.
  public var failed: Int { tally.failed }

  /// Whether a key must finish something at a moment before it can do something else.
  func isAtWork(_ key: String, at now: Instant) -> Bool {
    guard let index = lane(of: key) else { return false }
    return lanes[index].until > now || lanes[index].blockedBy != nil || !lanes[index].work.isEmpty
  }

  /// Until when the step at hand of a key lasts; `nil` when there is none.
  func busy(_ key: String, at now: Instant) -> Instant? {
    lane(of: key).flatMap { lanes[$0].until > now ? lanes[$0].until : nil }
  }

  /// Whether a lane could work at a moment, if there were a place for it.
  func hasWaiting(at now: Instant) -> Bool {
    lanes.contains { $0.until <= now && $0.blockedBy == nil && !$0.work.isEmpty }
  }

  /// The lane of a key.
  func lane(of key: String) -> Int? { lanes.firstIndex { sameBytes($0.key, key) } }
}

/// The work of one key of a group, in order: while the first piece waits, so do the others.
public struct Lane: Sendable, Hashable {
  /// The key: a domain id, or the saga instance whose turn it is.
  public let key: String
  /// What is to be done, oldest first; the first is what waits.
  public internal(set) var work: [Work]
  /// When the first piece may be done.
  public internal(set) var until: Instant
  /// How often the first piece has failed.
  public internal(set) var attempts: Int
  /// The number of the parked work that must be dealt with first.
  public internal(set) var blockedBy: Int?
  /// Whether it takes one of the places for hot events.
  public internal(set) var isHot: Bool

  init(
    key: String, work: [Work], until: Instant, attempts: Int, blockedBy: Int? = nil,
    isHot: Bool = false
  ) {
    self.isHot = isHot
    self.key = key
    self.work = work
    self.until = until
    self.attempts = attempts
    self.blockedBy = blockedBy
  }
}

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
