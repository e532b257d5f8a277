/// Looking through the history for lists of many entries.
extension Timeline {
  /// Calls back with the entries after one, in order, until the body returns `false`; of events no
  /// more than what they are.
  ///
  /// - Complexity: O(entries), and less for each than ``forEachEntry(after:_:)`` when they are not
  ///   resident.
  package func forEachBrief(
    after low: JournalIndex, _ body: (JournalIndex, BriefEntry) -> Bool
  ) {
    var goesOn = true
    if low.number < offset {
      base?.store.forEachBrief(after: low, upTo: JournalIndex(offset)) { index, entry in
        goesOn = body(index, entry)
        return goesOn
      }
    }
    var next = max(low.number, offset) + 1
    while goesOn, next <= count {
      guard let entry = entry(JournalIndex(next)) else { return }
      goesOn = body(JournalIndex(next), BriefEntry(entry))
      next += 1
    }
  }
}
