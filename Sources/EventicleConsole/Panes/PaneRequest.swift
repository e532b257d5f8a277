import EventicleCore

/// What a pane asks of the console.
enum PaneRequest: Hashable, Sendable {
  /// Run a command line in the session.
  case run(String)
  /// Remember where the person is, and select the row of an entry in the tail.
  case jump(JournalIndex)
  /// Remember where the person is, and go to the pane that shows a subject.
  case open(PaneSubject)
  /// Remember where the person is, and go to a pane.
  case focus(PaneID)
  /// Remember where the person is, and go to the tail with a filter.
  case filter(String)
  /// Open a prompt with a text in it.
  case prompt(PromptKind, String)
  /// Say something at the bottom.
  case report(StatusMessage)
  /// Let the panes that follow look at the row that is selected now.
  case follow
}
