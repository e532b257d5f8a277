import EventicleCore

/// The third look: what led to an event, and what it led to.
extension EventLines {
  /// The most nodes of a tree.
  static let mostNodes = 200

  mutating func makeCause(_ index: JournalIndex, _ entry: JournalEntry) {
    var tree = CauseTree(moment, columns: columns, subject: index)
    tree.make(index, entry, &meter)
    lines += tree.lines
  }
}
