import EventicleCore

extension Session {
  /// The lines of the tape, and the time that has passed by itself since the last one.
  var linesToSave: [String] { tape + (used.passedBehind.map { ["clock set \($0)"] } ?? []) }

  /// How many lines no file holds: those of main, and those of the forks themselves.
  package var unsavedLines: Int {
    (others + [used]).reduce(0) { $0 + (keepsForks && !$1.branch.isMain ? 0 : $1.unsaved) }
  }

  /// Notes that a file holds the lines of the tape up to a count.
  package mutating func markSaved(lines count: Int) { used.tape.markSaved(count) }

  /// Notes that no file holds any line of the tape.
  package mutating func markUnsaved() { used.tape.markSaved(0) }

  /// The lines of main, whichever branch is in use, and how many of them no file holds.
  package var linesOfMain: (lines: [String], unsaved: Int) {
    let main = used.branch.isMain ? used : others.first { $0.branch.isMain } ?? used
    return (main.tape.lines, main.unsaved)
  }
}
