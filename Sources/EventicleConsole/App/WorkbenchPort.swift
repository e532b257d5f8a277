import EventicleCore
import EventicleWorkbench

/// The workbench as the console reaches it: work goes in, values come back.
///
/// The program gives it one piece of work at a time. Looks at a moment need no session, so they go
/// on beside the work.
protocol WorkbenchPort: AnyObject {
  /// Begins a piece of work; its answers end with ``WorkbenchAnswer/finished``.
  func begin(_ work: WorkbenchWork)
  /// Begins a look at values that it carries; its answer is a ``WorkbenchAnswer/looked(_:)``.
  func look(_ body: @escaping @Sendable () -> Look)
  /// The work that opens a session which takes what comes from a system.
  ///
  /// - Parameter domain: The domain of the session; that of the one before when `nil`.
  /// - Throws: ``FileProblem`` when that cannot begin.
  func attaching(_ system: AttachedSystem, _ domain: Domain?) throws(FileProblem) -> WorkbenchWork
  /// Takes the answers that have come.
  func take() -> [WorkbenchAnswer]
  /// Tells the work that runs to end at its next step.
  func endWork()
  /// Waits until an answer comes, at most so long.
  func wait(milliseconds: Int)
  /// Ends all work for good.
  func close()
}

/// A piece of work on the session.
struct WorkbenchWork: Sendable {
  /// What the person sees while it runs or waits; `nil` for what nobody asked for.
  var title: String?
  /// Whether the program ends after it, unless it reports a problem.
  var endsProgram = false
  /// Whether it only tries a line, which a newer line makes pointless.
  var isPreview = false
  /// Whether it only goes to a moment, which a newer row makes pointless.
  var isSeek = false
  /// Does the work.
  let body: @Sendable (inout Session, WorkbenchOutlet) -> [Message]

  init(_ title: String?, _ body: @escaping @Sendable (inout Session, WorkbenchOutlet) -> [Message])
  {
    self.title = title
    self.body = body
  }
}

/// Where a piece of work shows what is there already.
struct WorkbenchOutlet: Sendable {
  /// Whether it is time to show more.
  let isDue: @Sendable () -> Bool
  /// Whether work that nobody waits for has taken as long as it may.
  let isLate: @Sendable () -> Bool
  /// Shows a moment before the work is over; the next one takes its place.
  let show: @Sendable (SessionNotice) -> Void
  /// Passes on a message before the work is over.
  let pass: @Sendable (Message) -> Void

  /// An outlet of work whose reader waits for it, so that nothing is shown before the end.
  static func collecting(_ pass: @escaping @Sendable (Message) -> Void) -> WorkbenchOutlet {
    WorkbenchOutlet(isDue: { false }, isLate: { false }, show: { _ in }, pass: pass)
  }
}

/// What a look found, and what it cost.
struct Look: Sendable {
  var message: Message
  var meter = WorkMeter()
}

/// A value that comes back from a workbench.
enum WorkbenchAnswer: Sendable {
  case message(Message)
  case looked(Look)
  /// The piece of work is over.
  case finished
}
