extension Transaction {
  /// Makes a table of records the property of the view whose handler is about to write to it.
  ///
  /// Records of the view's own name, the most frequent case, need no lookup. Records written by
  /// commands that the view dispatches belong to the commands.
  @inline(__always)
  func claim(_ key: RecordKey) {
    guard let view = writingView, !isSameText(key.type, view) else { return }
    claim(TableName(key.workspace, key.type), for: view)
  }

  private func claim(_ table: TableName, for view: String) {
    guard dispatchDepth == 0, !World.isOwn(table.type), !world.viewTables.has(table, view) else {
      return
    }
    make(.viewWrote(view, type: table.type, in: table.workspace))
  }
}
