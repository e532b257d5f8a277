extension Engine {
  /// Whether a group has a live consumer.
  func isGroupTaken(_ group: GroupName) -> Bool {
    registry.subscriptions.contains { $0.group == group }
      || domain.views.contains { $0.group == group }
      || domain.sagas.contains { $0.group == group }
      || domain.adapters.contains { $0.group == group }
  }

  /// Adds a subscription and queues what it has missed.
  ///
  /// A group that is known goes on after its position. A new one starts at the end of the log, or
  /// at its beginning if asked; its start is written down, so that a restart does not skip.
  mutating func subscribe(
    _ subscription: Subscription, fromStart: Bool
  ) throws(DomainError) {
    try replace(subscriptions: registry.subscriptions + [subscription])
    let known = world.group(subscription.group)
    let end = world.log.last
    let start = known?.position ?? (fromStart ? Position(0) : end)
    let transaction = begin()
    if known == nil {
      transaction.make(
        .group(subscription.group, old: nil, new: GroupState(position: start)))
    }
    let consumer = ConsumerName(.subscription, subscription.group.text)
    for number in (start.number + 1)..<(end.number + 1) {
      guard let event = transaction.world.log.event(at: Position(number)),
        subscription.streams.contains(event.stream)
      else { continue }
      transaction.make(
        .enqueued(
          Delivery(position: Position(number), consumer: consumer, cause: JournalIndex(0))))
    }
    _ = finish(transaction, cause: nil, isByUser: false)
  }

  /// Removes a subscription; what waits for it is dropped when its turn comes.
  mutating func unsubscribe(_ group: GroupName) throws {
    let rest = registry.subscriptions.filter { $0.group != group }
    guard rest.count < registry.subscriptions.count else {
      throw EngineError.unknownGroup(group)
    }
    try replace(subscriptions: rest)
  }
}
