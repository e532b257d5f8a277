package import EventicleCore

/// The state of a session after an operation, from which the console draws its screen.
package struct SessionNotice: Sendable {
  /// A read-only view of the moment at the time cursor.
  package let moment: MomentView
  /// Whether deliveries wait until they are released.
  package let isHeld: Bool
  /// The outcome of a command line; `nil` when only time passed.
  package let reply: Reply?
  /// The command line; `nil` when only time passed.
  package let line: String?
  /// How many lines of the session no file holds.
  package let unsavedLines: Int
  /// When something falls due next, other than the timers of paused or stopped sagas.
  package let nextDue: Instant?
  /// The instant until which time has passed by itself in the branch in use; `nil` when none has.
  package let passed: Instant?
  /// The name of the fork in use; `nil` when main is.
  package let fork: String?
  /// The places in time that have a name.
  package let marks: Marks
  /// What the engine stops at, with the hits so far.
  package let stops: StopList
  /// How often a branch got another history than it had.
  package let rewritten: Int
  /// What a person watches, as it is at the moment.
  package let watches: [WatchNotice]
  /// The stop at which the line or the passing time ended.
  package let stopped: StopHit?
  /// What stops noted in the log during the line or the passing time.
  package let logged: [StopLine]
  /// What the first waiting deliveries would do, while the engine is held.
  package let prospects: [ProspectNotice]
  /// How the session stands to the file that keeps its history; `nil` when none does.
  package let store: StoreNotice?
  /// Whether handlers run in the process of the engine, so that a command can be tried.
  package let runsHandlersInPlace: Bool
  /// The names of main and the forks.
  package let branches: [String]
  /// The same branches with where each stands.
  package let forks: [BranchNotice]

  /// Creates a notice, by default for passing time.
  package init(
    moment: MomentView, isHeld: Bool, reply: Reply? = nil, line: String? = nil,
    unsavedLines: Int = 0, nextDue: Instant? = nil, passed: Instant? = nil,
    fork: String? = nil, marks: Marks = Marks(), stops: StopList = StopList(),
    watches: [WatchNotice] = [], rewritten: Int = 0,
    stopped: StopHit? = nil, logged: [StopLine] = [], prospects: [ProspectNotice] = [],
    store: StoreNotice? = nil, branches: [String] = [],
    forks: [BranchNotice] = [],
    runsHandlersInPlace: Bool = true
  ) {
    self.runsHandlersInPlace = runsHandlersInPlace
    self.store = store
    self.marks = marks
    self.stops = stops
    self.watches = watches
    self.rewritten = rewritten
    self.stopped = stopped
    self.logged = logged
    self.prospects = prospects
    self.branches = branches
    self.forks = forks
    self.moment = moment
    self.isHeld = isHeld
    self.reply = reply
    self.line = line
    self.unsavedLines = unsavedLines
    self.nextDue = nextDue
    self.passed = passed
    self.fork = fork
  }
}

extension Session {
  /// A notice of the current state.
  package func notice(_ reply: Reply? = nil, line: String? = nil) -> SessionNotice {
    notice(of: moment, reply, line: line, prospects: prospects())
  }

  /// A notice of the current state that shows a moment.
  func notice(
    of moment: MomentView, _ reply: Reply? = nil, line: String? = nil,
    prospects: [ProspectNotice] = []
  ) -> SessionNotice {
    let due =
      refusal == nil ? [engine.nextTimer?.due, engine.nextWake].compactMap { $0 }.min() : nil
    return SessionNotice(
      moment: moment, isHeld: isHeld, reply: reply, line: line, unsavedLines: unsavedLines,
      nextDue: due, passed: used.passed, fork: forkInUse, marks: marks, stops: stops,
      watches: watches.items.map(\.notice), rewritten: rewritten,
      stopped: stopped, logged: logged, prospects: prospects, store: storeNotice,
      branches: [Branch.mainName] + order, forks: branchNotices,
      runsHandlersInPlace: engine.runsHandlersInPlace)
  }
}
