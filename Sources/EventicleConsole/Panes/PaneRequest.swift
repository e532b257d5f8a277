import EventicleCore

/// A request from a pane to the console.
enum PaneRequest: Hashable, Sendable {
  /// Run a command line in the session.
  case run(String)
  /// Remember the current place, and select the tail row of an entry.
  case jump(JournalIndex)
  /// Remember the current place, and go to the pane that shows a subject.
  case open(PaneSubject)
  /// Remember the current place, and go to a pane.
  case focus(PaneID)
  /// Remember the current place, and go to the tail with a filter.
  case filter(String)
  /// Perform an action of the console.
  case perform(Action)
  /// Open a file in place of what is open.
  case openFile(String)
  /// Open a prompt with an initial text.
  case prompt(PromptKind, String)
  /// Show a status message.
  case report(StatusMessage)
  /// Go to the moment of the row selected now.
  case seek
  /// Go to the moment of an entry, whose row is the pane's own: the tail selects it too, and every
  /// pane keeps its subject.
  case stand(JournalIndex)
  /// Show the subjects of the row selected now in the panes that follow the tail.
  case follow
}
