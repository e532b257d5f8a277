/// An event that is offered to a consumer later than its turn, or once more.
public struct Redelivery: Sendable, Hashable {
  /// Why it is not in the queue.
  public enum Reason: UInt8, Sendable, Hashable, CaseIterable {
    /// A person delayed it.
    case delayed
    /// A person had it sent twice; this is the second one.
    case duplicated
    /// It was made, but its acknowledgement did not arrive.
    case unacknowledged
  }

  /// The position of the event in the whole log.
  public let position: Position
  /// The instant from which it may be made.
  public let due: Instant
  /// Why it is not in the queue.
  public let reason: Reason

  /// Creates a redelivery.
  init(_ position: Position, due: Instant, _ reason: Reason) {
    self.position = position
    self.due = due
    self.reason = reason
  }
}

extension GroupState {
  /// Adds a redelivery behind those that are due no later.
  mutating func add(_ one: Redelivery) {
    redeliveries.insert(one, at: redeliveries.partitioningIndex { $0.due > one.due })
  }

  /// Removes a redelivery, once.
  mutating func remove(_ one: Redelivery) {
    redeliveries.firstIndex(of: one).map { _ = redeliveries.remove(at: $0) }
  }

  /// Leaves an event out when the group comes to it.
  mutating func passOver(_ position: Position) {
    let place = passedOver.partitioningIndex { $0 >= position }
    if place == passedOver.count || passedOver[place] != position {
      passedOver.insert(position, at: place)
    }
  }

  /// Whether the group has been offered an event, in its turn up to a position, before its turn
  /// behind it, and not if it was delayed and waits.
  func hasBeenOffered(_ position: Position, upTo end: Position) -> Bool {
    (position <= end || passedOver.contains(position))
      && !redeliveries.contains { $0.position == position && $0.reason == .delayed }
  }
}
