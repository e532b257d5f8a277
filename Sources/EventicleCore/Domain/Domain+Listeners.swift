extension Domain {
  /// Who listens to a stream, in the order of delivery.
  public func listeners(to stream: StreamName) -> [ConsumerName] {
    views.filter { $0.streams.contains(stream) }.map { ConsumerName(.view, $0.name) }
      + sagas.filter { $0.streams.contains(stream) }.map { ConsumerName(.saga, $0.name) }
      + adapters.filter { $0.streams.contains(stream) }.map { ConsumerName(.adapter, $0.name) }
  }

  /// Whether a consumer has a handler for a type of event.
  public func handles(_ consumer: ConsumerName, _ type: EventType) -> Bool {
    switch consumer.kind {
    case .view: view(consumer.name)?.reactions.handles(type) ?? false
    case .adapter:
      adapters.first { $0.name == consumer.name }?.reactions.handles(type) ?? false
    case .saga:
      saga(consumer.name)?.handles(type) ?? false
    case .subscription: true
    }
  }
}
