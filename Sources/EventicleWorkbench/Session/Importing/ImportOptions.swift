package import EventicleCore

/// How a file of events is imported.
package struct ImportOptions: Sendable, Hashable {
  /// Who reacts to the events.
  package var reaction = ImportReaction.viewsOnly
  /// How the lines say events.
  package var format = EventFormat.detected
  /// Whether a bad line is passed over; else it takes back the whole import.
  package var skipsBadLines = false
  /// The line for the tape; `nil` when it is to have none.
  package var line: String?

  /// Options of an import that takes a file of events as it looks.
  package init() {}
}

/// A line that could not be taken, as it is in the file.
package struct BadLine: Sendable, Hashable {
  /// Its bytes, without its end.
  package let text: [UInt8]
  /// Its number and what is wrong with it.
  package let error: EventFileError
}
