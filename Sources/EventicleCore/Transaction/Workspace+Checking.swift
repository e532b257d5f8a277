extension Workspace {
  /// Refuses a name that was left empty by mistake and would write to the system's data.
  ///
  /// A colon is refused too: together with the names after it, it could match another's name.
  ///
  /// - Throws: ``TransactionError/emptyWorkspace``, ``TransactionError/workspaceWithColon(_:)``.
  func check() throws(TransactionError) {
    if text.isEmpty { throw .emptyWorkspace }
    if text.utf8.contains(Workspace.colon) { throw .workspaceWithColon(self) }
  }

  private static var colon: UInt8 { 0x3A }
}
