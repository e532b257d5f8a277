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
  func lane(of key: String) -> Int? { lanes.firstIndex { isSameText($0.key, key) } }
}
