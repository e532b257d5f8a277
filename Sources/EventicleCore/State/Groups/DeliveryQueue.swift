/// Deliveries in the order in which they will be made, oldest first.
///
/// Both ends are O(1) amortised; copies share.
package struct DeliveryQueue: Sendable {
  private var items = PersistentArray<QueuedDelivery>()
  private var head = 0

  /// The number of deliveries made after which an empty queue gives their memory back.
  private static var mostSpent: Int { 4_096 }

  init() {}

  init(_ deliveries: some Sequence<QueuedDelivery>) {
    for delivery in deliveries { items.append(delivery) }
  }

  /// The number of waiting deliveries.
  package var count: Int { items.count - head }

  /// Whether no delivery is waiting.
  package var isEmpty: Bool { items.count == head }

  /// The next delivery.
  var first: QueuedDelivery? { isEmpty ? nil : items[head] }

  /// The delivery at an index from 0.
  subscript(index: Int) -> QueuedDelivery { items[head + index] }

  mutating func pushBack(_ delivery: QueuedDelivery) { items.append(delivery) }

  mutating func popBack() {
    guard !isEmpty else { return }
    items.popLast()
  }

  mutating func popFront() {
    guard !isEmpty else { return }
    head += 1
    // Starting anew for every event would allocate for every event.
    if head == items.count, head >= Self.mostSpent { self = DeliveryQueue() }
  }

  /// Puts a delivery back at the front, as going back in time does.
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

  /// The consumers with deliveries here and none in another queue; O(count).
  func consumers(not other: DeliveryQueue) -> Set<ConsumerNumber> {
    let others = Set((0..<other.count).map { other[$0].consumer })
    return Set((0..<count).map { self[$0].consumer }).subtracting(others)
  }

  /// Whether a delivery waits here; O(count).
  func contains(_ delivery: QueuedDelivery) -> Bool {
    (0..<count).contains { self[$0] == delivery }
  }

  /// The queue without a delivery; O(count).
  func without(_ delivery: QueuedDelivery) -> DeliveryQueue {
    DeliveryQueue((0..<count).lazy.map { self[$0] }.filter { $0 != delivery })
  }

  /// The queue without the deliveries of some consumers; O(count).
  func without(_ consumers: Set<ConsumerNumber>) -> DeliveryQueue {
    DeliveryQueue((0..<count).lazy.map { self[$0] }.filter { !consumers.contains($0.consumer) })
  }

  /// The queue without the deliveries of one consumer; O(count).
  func without(_ consumer: ConsumerNumber) -> DeliveryQueue {
    DeliveryQueue((0..<count).lazy.map { self[$0] }.filter { $0.consumer != consumer })
  }
}
