extension Transaction {
  /// Runs a body in a workspace: its records, aggregates and events belong to that workspace unless
  /// it says otherwise.
  ///
  /// - Throws: ``TransactionError/emptyWorkspace``; whatever the body throws.
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

  /// Switches to a workspace, and registers a tenant that is new.
  func enter(_ workspace: Workspace) {
    self.workspace = workspace.isTenant ? workspace : .system
    know(workspace)
  }

  /// Registers a tenant that is new.
  func know(_ workspace: Workspace) {
    guard workspace.isTenant else { return }
    let key = RecordKey(World.tenantRecords, workspace.text)
    guard world.record(key) == nil else { return }
    let record = Record(
      key: key, content: .emptyObject, createdAt: now, version: 1, sequence: nextNumber(.records))
    make(.record(key, old: nil, new: record))
  }

  /// Begins to handle an event, in the workspace of its stream.
  package func handle(_ event: Event) {
    handled = event
    workspace = event.stream.workspace
  }
}
