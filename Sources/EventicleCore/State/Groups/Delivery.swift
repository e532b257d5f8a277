/// One event offered to one consumer, not yet handled.
public struct Delivery: Sendable, Hashable {
  /// The event.
  public let position: Position
  /// Who is to handle it.
  public let consumer: ConsumerName
  /// The journal entry that appended the event.
  public let cause: JournalIndex
  /// The lane of a saga that it goes by, once that was decided; it is decided once.
  public internal(set) var lane: SagaLane?

  /// An event at a position for a consumer.
  public init(
    position: Position, consumer: ConsumerName, cause: JournalIndex, lane: SagaLane? = nil
  ) {
    self.lane = lane
    self.position = position
    self.consumer = consumer
    self.cause = cause
  }
}

/// A delivery as the queue keeps it: the event's position and the consumer's number.
package struct QueuedDelivery: Sendable, Hashable, Comparable {
  let place: Int32
  let consumer: ConsumerNumber

  init(_ position: Position, _ consumer: ConsumerNumber) {
    place = Int32(truncatingIfNeeded: position.number)
    self.consumer = consumer
  }

  var position: Position { Position(Int(place)) }

  /// Whether the left one comes first: by position, then in the order of the consumers.
  package static func < (left: QueuedDelivery, right: QueuedDelivery) -> Bool {
    (left.place, left.consumer) < (right.place, right.consumer)
  }
}
