import EventicleCore

/// The third tab: the causes and effects of an event.
extension EventLines {
  /// The greatest number of nodes in a tree.
  static let mostNodes = 200

  mutating func makeCause(_ index: JournalIndex, _ entry: JournalEntry) {
    var tree = CauseTree(moment, columns: columns, subject: index)
    tree.make(index, entry, &meter)
    lines += tree.lines
  }
}
