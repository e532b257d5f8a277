import EventicleCore

extension Session {
  /// The lines of the tape, and the time that has passed by itself since the last one.
  var linesToSave: [String] {
    guard let passed, passed > engine.world.clock else { return tape }
    return tape + ["clock set \(passed)"]
  }

  /// How many lines of the tape no file holds.
  package var unsavedLines: Int { max(0, tape.count - savedLines) }

  /// Notes that a file holds the lines of the tape up to a count.
  package mutating func markSaved(lines count: Int) { savedLines = min(count, tape.count) }

  /// Notes that no file holds any line of the tape.
  package mutating func markUnsaved() { savedLines = 0 }
}
