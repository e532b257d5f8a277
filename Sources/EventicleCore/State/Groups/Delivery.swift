/// One event offered to one consumer, not yet handled.
public struct Delivery: Sendable, Hashable {
  /// The position of the event in the whole log.
  public let position: Position
  /// The consumer that is offered the event.
  public let consumer: ConsumerName
  /// The journal entry that appended the event.
  public let cause: JournalIndex
  /// The saga's lane for the event, once decided; the decision is never changed.
  public internal(set) var lane: SagaLane?
  /// The answer of a saga that routes its events, once asked; it is asked once per delivery.
  var kept: KeptRoute?

  /// Creates the delivery of the event at a position to a consumer.
  public init(
    position: Position, consumer: ConsumerName, cause: JournalIndex, lane: SagaLane? = nil
  ) {
    self.lane = lane
    self.position = position
    self.consumer = consumer
    self.cause = cause
  }
}

/// A delivery as the queue stores it: the event's position and the consumer's number.
package struct QueuedDelivery: Sendable, Hashable, Comparable {
  let place: Int32
  let consumer: ConsumerNumber

  init(_ position: Position, _ consumer: ConsumerNumber) {
    place = Int32(truncatingIfNeeded: position.number)
    self.consumer = consumer
  }

  var position: Position { Position(Int(place)) }

  /// Orders by position, then in the order of the consumers.
  package static func < (left: QueuedDelivery, right: QueuedDelivery) -> Bool {
    (left.place, left.consumer) < (right.place, right.consumer)
  }
}
