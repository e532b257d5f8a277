/// What came of editing a history.
package struct RewriteReport: Sendable {
  /// Something that happened before the edit and does not any more.
  package struct Orphan: Sendable, Hashable {
    /// The event that is not there any more; `nil` for a step that appended none.
    package let event: Position?
    /// The entry of the step in the history as it was.
    package let entry: JournalIndex
    /// Why it does not happen: `#4 was left out`.
    package let reason: String
  }

  /// The reason of an event that the change itself left out.
  package static let leftOut = "left out by you"

  /// The moment up to which the history stays as it was.
  package let moment: TimeCursor
  /// The number of steps that were performed again.
  package internal(set) var steps = 0
  /// What does not happen any more, in the order in which it did.
  package internal(set) var orphans: [Orphan] = []
  /// The events that had no counterpart before.
  package internal(set) var fresh: [Position] = []
  /// The new place of each event after the moment that is still there.
  package internal(set) var places: [Position: Position] = [:]
}
