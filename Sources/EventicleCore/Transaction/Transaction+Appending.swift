extension Transaction {
  /// Appends an event to the log and offers it to its consumers.
  ///
  /// - Throws: ``TransactionError/eventTooLarge(bytes:)`` and the protection's error, both only for
  ///   data that a person has put in its place.
  func append(_ event: Event, aggregate: AggregateKey?, _ consumers: [ConsumerNumber]) throws {
    guard edit == nil else {
      if let event = try edited(event) { place(event, aggregate: aggregate, consumers) }
      return
    }
    place(event, aggregate: aggregate, consumers)
  }

  @inline(__always)
  private func place(_ event: Event, aggregate: AggregateKey?, _ consumers: [ConsumerNumber]) {
    let note = note(.append(Position(world.log.count + 1), event.type), parent: currentNote)
    world.append(event, aggregate, by: entry(of: note))
    changes.append(.appended)
    for consumer in consumers { offer(world.log.last, to: consumer) }
  }

  /// Appends an imported event to the log.
  package func take(_ event: Event, aggregate: AggregateKey?) -> Int {
    let note = note(.imported(Position(world.log.count + 1), event.type), parent: nil)
    world.append(event, aggregate, by: entry(of: note))
    changes.append(.appended)
    return note
  }

  /// Queues a delivery unless the consumer's group finds its events by itself.
  package func offer(_ position: Position, to consumer: ConsumerNumber) {
    if !world.laggingGroups.isEmpty, let group = world.consumers[consumer]?.group,
      world.laggingGroups.contains(group)
    {
      return
    }
    let delivery = QueuedDelivery(position, consumer)
    world.deliveries.pushBack(delivery)
    changes.append(.enqueued(delivery))
  }

  func keep(_ event: Event, _ key: AggregateKey) {
    world.keep(event, key)
    changes.append(.kept)
  }
}
