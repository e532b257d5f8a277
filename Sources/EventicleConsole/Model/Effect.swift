import EventicleCore

/// Work that the console requests from its runner.
enum Effect: Hashable, Sendable {
  /// Run a command line in the session.
  case run(String)
  /// Fold aggregates for the panes.
  case fold([FoldRequest])
  /// Keep a typed line for the next run.
  case remember(PromptKind, String)
  case suspend
  case redraw
  case quit
  /// Save to a file, and leave if that succeeds.
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
