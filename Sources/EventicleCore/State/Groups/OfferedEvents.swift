/// Events that follow each other in the log and were queued for the same consumers.
struct OfferedEvents: Sendable {
  /// The position of the first event.
  let first: Int32
  /// The number of events.
  let count: Int32
  /// The consumers of each event, in the order of delivery.
  let consumers: [ConsumerNumber]

  /// The number of queued deliveries.
  var deliveryCount: Int { Int(count) * consumers.count }

  /// Calls the body with each delivery in the order in which they were queued.
  @inline(__always)
  func forEach(_ body: (QueuedDelivery) -> Void) {
    for place in first..<(first + count) {
      for consumer in consumers { body(QueuedDelivery(Position(Int(place)), consumer)) }
    }
  }
}
