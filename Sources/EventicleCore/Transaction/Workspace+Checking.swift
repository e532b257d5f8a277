extension Workspace {
  /// A name that was left empty by mistake must not write where the system's data is.
  ///
  /// A colon would join it with the names behind it to those of another.
  ///
  /// - Throws: ``TransactionError/emptyWorkspace``, ``TransactionError/workspaceWithColon(_:)``.
  func check() throws(TransactionError) {
    if text.isEmpty { throw .emptyWorkspace }
    if text.utf8.contains(Workspace.colon) { throw .workspaceWithColon(self) }
  }

  private static var colon: UInt8 { 0x3A }
}
