extension Domain {
  /// The consumers of the events of a stream, in the order of delivery; the engine delivers
  /// accordingly.
  ///
  /// A name means a stream and every tenant's part of it, a `*` in a name stands for any
  /// characters, and the name of a tenant's part means that part only.
  ///
  /// - Complexity: O(consumers and the names they declare).
  public func listeners(to stream: StreamName) -> [ConsumerName] {
    let written = writtenStreams
    func hears(_ names: [StreamName]) -> Bool {
      StreamChoice(names, written: written).means(stream)
    }
    return views.filter { hears($0.streams) }.map { ConsumerName(.view, $0.name) }
      + sagas.filter { hears($0.streams) }.map { ConsumerName(.saga, $0.name) }
      + adapters.filter { hears($0.streams) }.map { ConsumerName(.adapter, $0.name) }
  }

  /// Whether a list of stream names includes a stream.
  package func means(_ stream: StreamName, by names: [StreamName]) -> Bool {
    StreamChoice(names, written: writtenStreams).means(stream)
  }

  /// The aggregate whose history an event belongs to; `nil` when its stream is no aggregate's, or
  /// when it has no domain id.
  public func aggregateKey(of event: Event) -> AggregateKey? {
    let stream = event.stream.logical
    guard let id = event.domainID, let root = aggregates.first(where: { $0.stream == stream })
    else { return nil }
    return AggregateKey(root.type, id, in: event.workspace)
  }

  /// The streams of aggregates and commands.
  package var writtenStreams: Set<StreamName> {
    Set(aggregates.map(\.stream) + commands.map(\.stream))
  }

  /// Whether events of a type call a handler of a consumer, one for any type included.
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
