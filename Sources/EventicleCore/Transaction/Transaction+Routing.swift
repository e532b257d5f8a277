extension Transaction {
  /// What the events of one stream and type mean to the domain, looked up once.
  struct Route {
    let stream: StreamName
    let type: EventType
    let consumers: [ConsumerNumber]
    let aggregate: String?
    /// Whose stream it is.
    let workspace: Workspace
    /// How many tenants were known, if that matters to the stream's name.
    let tenants: Int?

    /// The aggregate that an event of this route belongs to.
    func home(of event: Event) -> AggregateKey? {
      guard let aggregate, let id = event.domainID else { return nil }
      return AggregateKey(aggregate, id, in: workspace)
    }
  }

  /// What the domain makes of the events of a stream and type.
  func route(of stream: StreamName, _ type: EventType) -> Route {
    if let route = lastRoute, route.type == type, route.stream == stream,
      route.tenants.map({ $0 == world.tenantCount }) ?? true
    {
      return route
    }
    let found = makeRoute(of: stream, type)
    lastRoute = found
    return found
  }

  /// What the domain makes of a stream and type.
  ///
  /// A tenant's part of a stream reaches those who
  /// listen to the logical stream, and those who listen to that part alone.
  func makeRoute(of stream: StreamName, _ type: EventType) -> Route {
    let workspace = world.workspace(of: stream)
    var consumers = services.consumers(of: stream, type)
    var aggregate = services.aggregateType(of: stream)
    if workspace.isTenant {
      let logical = workspace.logical(stream)
      let others = services.consumers(of: logical, type)
      if !others.isEmpty { consumers = Set(consumers).union(others).sorted() }
      aggregate = services.aggregateType(of: logical) ?? aggregate
    }
    let hasDot = stream.text.utf8.contains(0x2E)
    return Route(
      stream: stream, type: type, consumers: consumers, aggregate: aggregate,
      workspace: workspace, tenants: hasDot ? world.tenantCount : nil)
  }
}
