import EventicleCore
import EventicleWorkbench

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
  /// Learn what the next entries show of the domain's flow.
  case learnFlow(LearntFlow.Request)
  /// Read the conversation of an entry.
  case readFlow(FlowReading.Request)
  /// Look at the next entries for what the tail is searched for.
  case find(TailHitsRequest)
  /// Keep a typed line for the next run.
  case remember(PromptKind, String)
  /// Let a text be edited in the person's own editor.
  case edit(String)
  case suspend
  case redraw
  case quit
  /// Save to a file, and leave if that succeeds; with force, replace what is there.
  case saveAndQuit(String?, force: Bool)
  case setMouse(Bool)
  case copy(String)
  case theme(String?)
  /// Show the contrasts of the theme.
  case themeCheck
  /// Name the role and the colours of a cell.
  case inspect(Point)
  case set(String, value: String?)
  case info
  /// Save to a file; with force, replace what is there.
  case save(String?, force: Bool)
  /// Copy the store that keeps the session to a new file.
  case backup(to: String)
  /// Go on with the code of another domain.
  case useDomain(String)
  /// Compare what a store has with a branch of the session, or with the one in use.
  case compare(with: String, Located<ComparedReference>?, isFirst: Bool)
  /// Open a file in place of what is open.
  case open(String)
  /// Attach to a running system in place of what is open.
  case attach(String)
  case importFile(ImportedFile)
  /// Write what a line found to a file; with force, replace what is there.
  case write(OutputFile, force: Bool)
  /// Play the short story of the domain.
  case story
  /// Read the tape of a file to present it; the tour of the domain when `nil`.
  case present(String?)
  /// Run a line of which only a failure is said.
  case check(String)
  /// Write the screen to a file; with force, replace what is there.
  case shot(String, force: Bool)
  /// Look which names a folder has.
  case listFolder(String)
  /// Go to the moment of a row of the tail, which is on show already.
  case seek(JournalIndex, line: String)
  /// Try a line that is being typed.
  case preview(String)
}
