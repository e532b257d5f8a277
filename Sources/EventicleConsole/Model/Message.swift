import EventicleCore
import EventicleWorkbench

/// An input to the console.
enum Message: Sendable {
  case key(KeyPress)
  case mouse(MouseEvent)
  case paste(String)
  case resize(Size)
  /// The engine's clock reached an instant.
  case tick(Instant)
  /// It is time for the next event of the past that is played.
  case play
  /// It is time for the next thing that the presenter does.
  case present
  /// A tape was read that is to be presented.
  case presented(PresentedTape)
  /// Another speed of the presenter's typing.
  case typing(TypingSpeed)
  /// The session reported a result.
  case notice(SessionNotice)
  /// The moment of a row is shown.
  case sought(JournalIndex)
  /// Other work runs or waits than before.
  case queue(WorkModel.Queue)
  /// The work that runs says how far it is.
  case progress(WorkProgress, elapsed: Interval)
  /// Requested rows of the tail are ready.
  case rows(TailRowsAnswer)
  /// Requested entries were looked at for what the tail is searched for.
  case found(TailHitsAnswer)
  /// Entries were read for the map.
  case learnt(LearntFlow.Answer)
  /// A conversation was read.
  case flowRead(FlowReading.Answer)
  /// The domain's own code has written lines.
  case wrote([SessionLog.Written])
  /// The domain could not be loaded, for a reason; the console has nothing to run.
  case notLoaded(String)
  /// The surrounding program reports a status.
  case report(StatusMessage)
  /// A text to read, shown above the panes.
  case page(title: String, lines: [String])
  /// The mouse was turned on or off.
  case mouseSet(Bool)
  /// Requested folds are ready.
  case folded([FoldRequest: FoldAnswer])
  /// A question to the user, before something that could lose work.
  case ask(Question)
  /// A file holds the session.
  case saved(String)
  /// Another session is open now.
  case opened(SessionNotice)
  /// A session is open now that is attached to a running system.
  case attached(SessionNotice, RemoteNotice)
  /// The system that the session is attached to is otherwise than before.
  case remote(RemoteNotice)
  /// A line that is being typed was tried; `nil` when there is nothing to try.
  case previewed(PreviewNotice?, line: String)
  /// The names of a folder that were asked for.
  case listed(FolderListing)
  /// The store with this name keeps the session from now on; memory alone does when `nil`.
  case kept(store: String?)
  /// What was left in a session that is opened again, and what there is to say about it.
  /// The layout that was kept for the domain.
  case laidOut(KeptLook)
  case restored(KeptLook, remark: StatusMessage?)
  /// What is left in the session was written, or could not be for a reason.
  case sessionKept(problem: String?)
  /// The line of the open prompt was edited elsewhere.
  case edited(String)
  /// The line could not be edited elsewhere, for a reason.
  case notEdited(String)
  /// The theme changed.
  case themed(String)
}

extension Message {
  /// Whether another session is open after it.
  var opensSession: Bool {
    switch self {
    case .opened, .attached: true
    default: false
    }
  }

  /// The same message on the way out: a question about a file is asked as one before leaving.
  var beforeLeaving: Message {
    if case .ask(let question) = self { .ask(question.beforeLeaving) } else { self }
  }
}
