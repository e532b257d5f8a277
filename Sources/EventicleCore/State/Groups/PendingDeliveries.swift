/// The waiting deliveries of a world, in the order in which they will be made, with the names of the
/// consumers.
///
/// What is made once more or later than its turn is among them: in its place when it is due, else
/// behind all others.
package struct PendingDeliveries: Sendable {
  /// A delivery that is not in the queue, and the place at which it is shown.
  private struct Extra: Sendable {
    let place: Int
    let delivery: QueuedDelivery
    let redelivery: Redelivery
  }

  private let queue: DeliveryQueue
  private let world: World
  /// In the order of their places.
  private let extras: [Extra]

  init(_ world: World) {
    queue = world.deliveries
    self.world = world
    extras =
      world.groupsWithRedeliveries.isEmpty ? [] : PendingDeliveries.extras(in: world)
  }

  private static func extras(in world: World) -> [Extra] {
    let queue = world.deliveries
    var found: [(delivery: QueuedDelivery, redelivery: Redelivery)] = []
    for group in world.groupsWithRedeliveries {
      guard let number = world.consumers.number(of: group) else { continue }
      for one in world.storedGroup(group)?.redeliveries ?? [] {
        found.append((QueuedDelivery(one.position, number), one))
      }
    }
    let now = world.clock
    let due = found.filter { $0.redelivery.due <= now }.sorted { $0.delivery < $1.delivery }
    let later = found.filter { $0.redelivery.due > now }.sorted {
      ($0.redelivery.due, $0.delivery) < ($1.redelivery.due, $1.delivery)
    }
    var extras: [Extra] = []
    for one in due {
      let before = (0..<queue.count).partitioningIndex { queue[$0] > one.delivery }
      extras.append(
        Extra(
          place: before + extras.count, delivery: one.delivery, redelivery: one.redelivery))
    }
    for one in later {
      extras.append(
        Extra(
          place: queue.count + extras.count, delivery: one.delivery, redelivery: one.redelivery))
    }
    return extras
  }

  /// The number of waiting deliveries.
  package var count: Int { queue.count + extras.count }

  /// Whether no delivery is waiting.
  package var isEmpty: Bool { queue.isEmpty && extras.isEmpty }

  /// The next delivery.
  package var first: Delivery? { isEmpty ? nil : self[0] }

  /// The delivery at an index from 0.
  package subscript(index: Int) -> Delivery {
    let before = extras.partitioningIndex { $0.place >= index }
    if before < extras.count, extras[before].place == index {
      return world.delivery(extras[before].delivery)
    }
    return world.delivery(queue[index - before])
  }

  /// Why the delivery at an index is made once more or later than its turn, and when; `nil` for what
  /// is in its turn.
  package func redelivery(at index: Int) -> Redelivery? {
    extras.first { $0.place == index }?.redelivery
  }
}
