/// Deliveries in the order in which they will be made, oldest first.
///
/// Both ends cost O(1) amortised; copies share.
package struct DeliveryQueue: Sendable {
  private var items = PersistentArray<QueuedDelivery>()
  private var head = 0

  init() {}

  init(_ deliveries: some Sequence<QueuedDelivery>) {
    for delivery in deliveries { items.append(delivery) }
  }

  /// How many deliveries wait.
  package var count: Int { items.count - head }

  /// Whether nothing waits.
  package var isEmpty: Bool { items.count == head }

  /// The delivery that comes next.
  var first: QueuedDelivery? { isEmpty ? nil : items[head] }

  /// The delivery at a place from 0.
  subscript(index: Int) -> QueuedDelivery { items[head + index] }

  mutating func pushBack(_ delivery: QueuedDelivery) { items.append(delivery) }

  mutating func popBack() {
    guard !isEmpty else { return }
    items.popLast()
  }

  mutating func popFront() {
    guard !isEmpty else { return }
    head += 1
    if head == items.count { self = DeliveryQueue() }
  }

  /// Puts a delivery back in front, as going back in time does.
  mutating func pushFront(_ delivery: QueuedDelivery) {
    if head == 0 {
      let room = Swift.max(16, items.count)
      var wider = PersistentArray<QueuedDelivery>()
      for _ in 0..<room { wider.append(delivery) }
      for item in items { wider.append(item) }
      items = wider
      head = room
    }
    head -= 1
    items[head] = delivery
  }

  /// The consumers for whom something waits here and nothing in another queue; O(count).
  func consumers(not other: DeliveryQueue) -> Set<ConsumerNumber> {
    let others = Set((0..<other.count).map { other[$0].consumer })
    return Set((0..<count).map { self[$0].consumer }).subtracting(others)
  }

  /// The queue without the deliveries of some consumers; O(count).
  func without(_ consumers: Set<ConsumerNumber>) -> DeliveryQueue {
    DeliveryQueue((0..<count).lazy.map { self[$0] }.filter { !consumers.contains($0.consumer) })
  }

  /// The queue without the deliveries of a consumer; O(count).
  func without(_ consumer: ConsumerNumber) -> DeliveryQueue {
    DeliveryQueue((0..<count).lazy.map { self[$0] }.filter { $0.consumer != consumer })
  }
}

/// What waits in a world's queue, with the names of the consumers.
package struct PendingDeliveries: Sendable {
  let queue: DeliveryQueue
  let world: World

  /// How many deliveries wait.
  package var count: Int { queue.count }

  /// Whether nothing waits.
  package var isEmpty: Bool { queue.isEmpty }

  /// The delivery that comes next.
  package var first: Delivery? { isEmpty ? nil : self[0] }

  /// The delivery at a place from 0.
  package subscript(index: Int) -> Delivery { world.delivery(queue[index]) }
}
