/// The status of a consumer group, and how far it has come.
///
/// A group that keeps step takes its deliveries from the common queue. A group that is paused, is
/// catching up, or waits to retry a delivery has a position of its own.
public struct GroupState: Sendable, Hashable {
  /// Whether a group takes deliveries, and why not.
  public enum Status: Sendable, Hashable {
    /// The group takes deliveries.
    case live
    /// A person paused it; its position is kept until it resumes.
    case paused
    /// A failure stopped it; the sentence says what failed.
    case stopped(String)
    /// No consumer belongs to it; its position is kept.
    case closed
  }

  /// Whether the group takes deliveries, and why not.
  public var status = Status.live
  /// Whether the group takes its deliveries from the common queue.
  public var isInStep: Bool
  /// The position of the last event offered to the group, in the whole log.
  public var position: Position
  /// The work of this group that waits for an instant or a decision, by key.
  public var lanes: [Lane] = []
  /// What is offered later than its turn or once more, in due order.
  public internal(set) var redeliveries: [Redelivery] = []
  /// The events after its position that it is not offered when it comes to them, in order: a person
  /// dropped or delayed them, or had them delivered before their turn.
  public internal(set) var passedOver: [Position] = []
  /// Whether closing the group discards its position.
  public var isEphemeral = false
  /// The streams that its last consumer read, which decide whether retention would remove events
  /// that it still needs.
  public internal(set) var streams: [StreamName]?
  /// The events that the group has finished with, by outcome.
  public internal(set) var tally = Tally()

  /// Creates a live group that starts after a position.
  public init(position: Position, isInStep: Bool = false, streams: [StreamName]? = nil) {
    self.position = position
    self.isInStep = isInStep
    self.streams = streams
  }

  /// The number of events handled.
  public var handled: Int { tally.handled }
  /// The number of failures that were parked or stopped the group.
  public var failed: Int { tally.failed }

  /// Whether a key must finish earlier work at an instant before it can take more.
  func isAtWork(_ key: String, at now: Instant) -> Bool {
    guard let index = lane(of: key) else { return false }
    return lanes[index].until > now || lanes[index].blockedBy != nil || !lanes[index].work.isEmpty
  }

  /// The end of the current step of a key; `nil` when there is none.
  func busy(_ key: String, at now: Instant) -> Instant? {
    lane(of: key).flatMap { lanes[$0].until > now ? lanes[$0].until : nil }
  }

  /// Whether any lane could work at an instant, given a free slot.
  func hasWaiting(at now: Instant) -> Bool {
    lanes.contains { $0.until <= now && $0.blockedBy == nil && !$0.work.isEmpty }
  }

  /// The index of a key's lane.
  func lane(of key: String) -> Int? { lanes.firstIndex { isSameText($0.key, key) } }
}
