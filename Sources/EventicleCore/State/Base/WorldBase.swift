/// What a world rests on: a store's state as of one entry.
///
/// Whoever holds a world holds its base, so that the world stays right while others, and the store,
/// have gone on.
package final class WorldBase: Sendable {
  /// Who answers for what the world does not hold.
  package let pages: any StatePages
  /// The entry as of which everything is asked for.
  package let entry: JournalIndex
  /// The number of events in the log as of that entry.
  package let events: Int

  /// Creates a base.
  package init(_ pages: any StatePages, asOf entry: JournalIndex, events: Int) {
    self.pages = pages
    self.entry = entry
    self.events = events
  }
}
