extension Transaction {
  /// How the domain treats the events of one stream and type, looked up once.
  struct Route {
    let stream: StreamName
    let type: EventType
    let consumers: [ConsumerNumber]
    let aggregate: String?
    /// The workspace of the stream.
    let workspace: Workspace

    /// The aggregate that an event of this route belongs to.
    func home(of event: Event) -> AggregateKey? {
      guard let aggregate, let id = event.domainID else { return nil }
      return AggregateKey(aggregate, id, in: workspace)
    }
  }

  /// The cached route of a stream and type.
  func route(of stream: StreamName, _ type: EventType) -> Route {
    if let route = lastRoute, route.type == type, route.stream == stream { return route }
    let found = makeRoute(of: stream, type)
    lastRoute = found
    return found
  }

  /// Looks up the route of a stream and type.
  func makeRoute(of stream: StreamName, _ type: EventType) -> Route {
    Route(
      stream: stream, type: type, consumers: services.consumers(of: stream, type),
      aggregate: services.aggregateType(of: stream), workspace: stream.workspace)
  }
}
