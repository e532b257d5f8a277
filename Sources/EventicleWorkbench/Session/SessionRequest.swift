package import EventicleCore

/// Something that a command line asks of the program around the session.
package enum SessionRequest: Sendable, Hashable {
  /// Bring something up on the screen.
  case show(Subject)
  /// Keep only the events in the tail that pass.
  case filter(FilterExpression?, text: String)
  /// Find a text in the tail.
  case find(TextPattern)
  /// Freeze or unfreeze what is shown.
  case pause
  case set(String, value: String?)
  case theme(String?)
  case mouse(Bool?)
  case help(Verb?)
  case info
  case demo
  case save(String?)
  case open(String)
  case importFile(String)
  case quit(Instruction.QuitMode)

  /// What can be brought up.
  package enum Subject: Sendable, Hashable {
    case streams
    case events
    case aggregates
    case aggregate(AggregateKey, Version?)
    case sagas
    case saga(SagaKey)
    case views
    case view(String, key: String?)
    case commands
    case timers
    case queue
    case journal(JournalIndex?)
  }
}
