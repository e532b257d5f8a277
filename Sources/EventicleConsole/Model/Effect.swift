import EventicleCore

/// Work that the console requests from its runner.
enum Effect: Hashable, Sendable {
  /// Run a command line in the session.
  case run(String)
  /// End the work that runs at its next step, and drop the lines that wait.
  case endWork
  /// Fold aggregates for the panes.
  case fold([FoldRequest])
  /// Make the next rows of the tail.
  case readRows(TailRowsRequest)
  /// Look at the next rows for a text.
  case search(TailSearch)
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
