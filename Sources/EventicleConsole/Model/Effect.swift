import EventicleCore

/// Everything that the console asks to have done.
enum Effect: Hashable, Sendable {
  /// Run a command line in the session.
  case run(String)
  /// Fold aggregates for the panes.
  case fold([FoldRequest])
  /// Remember a line that was typed, for the next time.
  case remember(PromptKind, String)
  case suspend
  case redraw
  /// Leave.
  case quit
  /// Write to a file, and leave if that worked.
  case saveAndQuit(String?)
  case setMouse(Bool)
  case copy(String)
  case theme(String?)
  case set(String, value: String?)
  case info
  case save(String?)
  case open(String)
  case importFile(String)
  case demo
}
