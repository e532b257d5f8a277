/// One change of a fork's history, after which what follows is performed again.
package enum HistoryEdit: Sendable, Equatable {
  /// An event is left out.
  case skip(Position)
  /// An event has other data.
  case change(Position, JSONBytes)
  /// The step of an entry is taken after that of another.
  case move(JournalIndex, after: JournalIndex)
  /// Events are emitted right after the step that appended an event; after position 0 before
  /// everything.
  case insert([NewEvent], to: StreamName, after: Position)
  /// What a step runs refuses for a reason: the handler of a delivery or of a timer, or a command.
  case refuse(JournalIndex, reason: String)
}

/// Why a history cannot be edited so; nothing is changed then.
package enum HistoryEditError: Error, Sendable, Equatable, CustomStringConvertible {
  case noEvent(Position, last: Position)
  case noStep(JournalIndex, last: JournalIndex)
  /// It is moved after itself.
  case staysWhere
  /// What it follows from comes later than where it is moved to.
  case comesTooEarly(cause: Position)
  /// The step runs no handler.
  case nothingRefuses(JournalIndex)
  /// A step that follows was made by the program and cannot be performed again.
  case notRepeatable(JournalIndex, phrase: String)
  case endless(steps: Int)
  case interrupted

  package var description: String {
    switch self {
    case .noEvent(let position, let last):
      last.number == 0
        ? "There is no event \(position); nothing has happened yet."
        : "There is no event \(position); events are #1 to \(last)."
    case .noStep(let entry, let last):
      "There is no entry \(entry); the journal ends at \(last)."
    case .staysWhere:
      "Both are of one step, which cannot come after itself; name something of another step."
    case .comesTooEarly(let cause):
      "It follows from \(cause), so it cannot come before that; move \(cause) first, or choose a "
        + "later place."
    case .nothingRefuses(let entry):
      "The step of \(entry) runs no handler that could refuse; deliveries, timers and commands do."
    case .notRepeatable(let entry, let phrase):
      "What follows cannot be performed again: at \(entry) the program asked to \(phrase), which is "
        + "not part of the record."
    case .endless(let steps):
      "After \(steps) steps there is still more to be done, which looks like a loop; nothing is "
        + "changed."
    case .interrupted: "Ended by you; nothing is changed."
    }
  }
}
