extension Transaction {
  /// Makes a table of records the property of the view whose handler is about to write there.
  ///
  /// Nothing is looked up for records of the view's own name, which most are. What commands that it
  /// dispatches write is theirs.
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
