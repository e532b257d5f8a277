import EventicleCore

/// An import under way: the events of a file, all read and checked, and how many are imported.
package struct ImportWork: Sendable {
  /// The number of events imported so far.
  package internal(set) var done = 0
  let events: [Event]
  let bytes: [UInt8]
  let reaction: ImportReaction
  let path: String?
  /// The session before the import, to go back to when an event cannot be taken.
  var before: Session?
  let start: Instant
  let tenants: Int
  /// The last journal entry before the import.
  let first: JournalIndex
  var parked = 0

  /// The number of events of the file.
  package var count: Int { events.count }

  /// Whether all events are imported.
  package var isComplete: Bool { done == events.count }
}
