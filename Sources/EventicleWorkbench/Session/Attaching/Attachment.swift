import EventicleCore

/// The system that a session is attached to, and what came of its events.
package struct Attachment: Sendable, Hashable {
  /// The name by which a person calls it.
  package let name: String
  /// The number of its events that were taken.
  package internal(set) var taken = 0
  /// How often an event came that was there already.
  package internal(set) var seenAgain = 0
  /// The number of entries that are no events, among those taken.
  package internal(set) var opaque = 0
  /// The number of events of which something was unusual.
  package internal(set) var unusual = 0
  /// Whether no more are taken, because there are as many as may be.
  package internal(set) var isFull = false

  package init(name: String) { self.name = name }
}
