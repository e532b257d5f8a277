extension Workspace {
  /// A name that was left empty by mistake must not write where the system's data is.
  ///
  /// A colon would join it with the names behind it to those of another.
  ///
  /// - Throws: ``WorldError/emptyWorkspace``, ``WorldError/workspaceWithColon(_:)``.
  func check() throws(WorldError) {
    if text.isEmpty { throw .emptyWorkspace }
    if text.utf8.contains(Workspace.colon) { throw .workspaceWithColon(self) }
  }

  private static var colon: UInt8 { 0x3A }
}

extension Transaction {
  /// Does what follows in a workspace: records, aggregates and emits of the body are the
  /// workspace's unless they say otherwise.
  ///
  /// - Throws: What the body throws; ``WorldError/emptyWorkspace``.
  @discardableResult
  public func within<Result>(
    _ workspace: Workspace, _ body: (Transaction) throws -> Result
  ) throws -> Result {
    try checkOpen()
    try workspace.check()
    let before = self.workspace
    defer { self.workspace = before }
    enter(workspace)
    return try body(self)
  }

  /// Goes over to a workspace; a tenant that comes for the first time is written down.
  func enter(_ workspace: Workspace) {
    self.workspace = workspace.isTenant ? workspace : .system
    guard workspace.isTenant else { return }
    let key = RecordKey(World.tenantRecords, workspace.text)
    guard world.record(key) == nil else { return }
    let record = Record(
      key: key, content: .emptyObject, createdAt: now, version: 1, sequence: nextNumber(.records))
    make(.record(key, old: nil, new: record))
  }

  /// Begins to handle an event, in the workspace whose stream it came by.
  package func handle(_ event: Event) {
    handled = event
    workspace = world.tenantCount == 0 ? .system : world.workspace(of: event.stream)
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
