extension Timeline {
  /// The timeline as it was at a moment, for a history that goes on differently there.
  ///
  /// It shares storage with this one, and both may go on: neither sees what the other records.
  ///
  /// - Parameters:
  ///   - cursor: The moment; an entry inside a step stands for the end of its step.
  ///   - world: The world at the moment, if it is known; it is reached otherwise.
  /// - Complexity: O(snapshots), and the changes to the world at the moment when it is not given.
  package func prefix(upTo cursor: TimeCursor, world: World? = nil) -> Timeline {
    let end = moment(of: cursor.entry).entry
    var timeline = self
    timeline.head = world ?? self.world(after: end)
    timeline.headEntry = end
    let kept = snapshots.partitioningIndex { $0.entry > end }
    timeline.snapshots.removeSubrange(kept...)
    if end.number < offset, let store = base?.store {
      let base = JournalBase(
        store: store, entries: end.number, events: timeline.head.log.count,
        problems: lookups.problems(upTo: end))
      timeline.base = base
      (timeline.journal, timeline.lookups) = (Journal(), LayeredLookups(after: base))
      timeline.snapshots.append(Snapshot(entry: end, world: timeline.head.forSnapshot()))
      return timeline
    }
    timeline.journal = journal.prefix(steps: journal.step(of: end.number - offset) + 1)
    timeline.lookups = lookups.prefix(upTo: end, timeline.head.log.last)
    return timeline
  }
}
