extension Transaction {
  /// Does what follows in a workspace: records, aggregates and emits of the body are the
  /// workspace's unless they say otherwise.
  ///
  /// - Throws: What the body throws; ``TransactionError/emptyWorkspace``.
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
    know(workspace)
  }

  /// Writes a tenant down who comes for the first time.
  func know(_ workspace: Workspace) {
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
    workspace = event.stream.workspace
  }
}
