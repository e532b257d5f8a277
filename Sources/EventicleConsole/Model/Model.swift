import EventicleCore
import EventicleWorkbench

/// The whole state of the console; screens are drawn from it alone.
struct Model: Sendable {
  /// The size of the terminal.
  var size: Size
  /// The moment at the time cursor.
  var moment: MomentView
  /// The row whose moment is on its way; the selection stays on it.
  var seeking: JournalIndex?
  /// Whether the panes keep their subjects on the way there.
  var seekKeepsSubjects = false
  /// Whether handlers run in this process, so that commands can be tried.
  var runsHandlersInPlace = true
  /// Whether the engine is held.
  var isHeld = false
  /// The tape that is presented, or was; `nil` when none was.
  var presentation: Presentation?
  /// How fast the presenter types.
  var typing = TypingSpeed.normal
  /// Whether the past goes on by itself, an event at a time, until a key is pressed.
  var isPlaying = false
  /// The name of the fork in use; `nil` when main is.
  var fork: String?
  /// The time that the engine's clock has reached; used at the head.
  var liveClock: Instant
  /// The instant until which time has passed by itself in the branch in use; `nil` when none has.
  var passed: Instant?
  /// When a timer falls due next, if one does.
  var nextDue: Instant?
  /// The places in time that have a name.
  var marks = Marks()
  /// What the engine stops at, with the hits so far.
  var stops = StopList()
  /// How often a branch got another history than it had, up to the moment on show.
  var rewritten = 0
  /// What is watched, as it is at the moment on show.
  var watches: [WatchNotice] = []
  /// What the first waiting deliveries would do.
  var prospects: [ProspectNotice] = []
  /// The names of main and its forks.
  var branches: [String] = []
  /// The same branches with where each stands.
  var forks: [BranchNotice] = []
  /// What happened with the session and the program.
  var log = SessionLog()
  /// What the workbench does now.
  var work = WorkModel()
  /// The name of the store behind the session, shown in the header.
  var storeName = Model.memory

  /// How the session stands to the file that keeps its history; `nil` when none does.
  var store: StoreNotice?

  /// The system that the session is attached to; `nil` when it is attached to none.
  var remote: RemoteNotice?

  /// What the header shows for a session that nothing keeps.
  static let memory = "memory"

  var focus = PaneID.tail
  /// Whether the focused pane takes all the room.
  var isZoomed = false
  /// The panes that had the focus, the newest first.
  var focused: [PaneID] = []

  var tail = TailModel()
  /// The states of the other panes.
  var panes = PaneStates()
  /// The folds made for the panes.
  var folds = Folds()
  /// What is searched for in the panes other than the tail.
  var finds: [PaneID: ListFind] = [:]
  /// The search that is being typed.
  var finding: Finding?

  /// The prompt, while it is open.
  var bar: CommandBarModel?
  /// The names in the folder of the path that is being typed, and the folder that was asked for.
  var listing: FolderListing?
  var askedFolder: String?
  /// The prompt whose line runs; it opens again when the line is refused, unless a key was pressed.
  var submitted: CommandBarModel?
  /// The history of typed lines, by prompt.
  var history = BarHistory()
  /// The overlay above the panes, if any.
  var overlay: Overlay?
  /// The keys of an unfinished sequence, such as `g`, `z` or `Ctrl-W`.
  var pendingKeys: [KeyPress] = []
  /// The last status message, until the next key.
  var message: StatusMessage?
  /// The places before each jump, newest last.
  var back: [NavigationEntry] = []
  var forward: [NavigationEntry] = []
  var isMouseOn = true
  /// Whether the start list is asked for although something has happened.
  var asksForStart = false
  /// Whether long lines of text go on below instead of being cut.
  var wraps = false
  /// The keys of actions, as the person has set them.
  var keymap = Keymap.standard
  /// Filters with a name, from the configuration.
  var namedFilters: [NamedFilter] = []
  /// The name of the theme, and the names of those available.
  var themeName = "terminal"
  var themeNames: [String] = ["terminal"]
  /// The cell whose colours are looked at; `nil` when none is.
  var inspected: Point?
  /// The theme with which the console began.
  var firstThemeName = "terminal"
  /// A kept look that is shown once the tail has all its rows.
  var restoring: KeptLook?
  /// Why the session could not be kept the last time; `nil` when it was.
  var keepingProblem: String?
  /// The files that consoles opened last.
  var recent: [RecentFile] = []
  /// The question that the next key answers.
  var question: Question?
  /// How many lines of the session no file holds.
  var unsavedLines = 0
  /// The tape that the session was saved in or opened from.
  var fileName: String?
  /// Whether the user has asked to leave.
  var isQuitting = false

  /// Creates a console of a size that shows a moment.
  init(size: Size, moment: MomentView) {
    self.size = size
    self.moment = moment
    liveClock = moment.world.clock
  }

  /// Continues the console on another session: what is shown begins anew, what the user has set
  /// stays.
  init(_ model: Model, showing notice: SessionNotice) {
    self.init(size: model.size, moment: notice.moment)
    focus = model.focus
    isZoomed = model.isZoomed
    focused = model.focused
    history = model.history
    isMouseOn = model.isMouseOn
    wraps = model.wraps
    tail.form = model.tail.form
    keymap = model.keymap
    namedFilters = model.namedFilters
    themeName = model.themeName
    themeNames = model.themeNames
    firstThemeName = model.firstThemeName
    recent = model.recent
    storeName = model.storeName
    log = model.log
    typing = model.typing
    panes[ToolsPane.self] = model.panes[ToolsPane.self].forAnotherHistory
  }

  /// Whether history is only looked at; in a fork anything can be tried.
  var isReadOnly: Bool { fork == nil && (store?.isReadOnly ?? false || remote != nil) }

  /// The moment that the panes show.
  var shown: MomentView { moment }

  /// The time that counts as now at the time cursor.
  var now: Instant { moment.isAtHead ? max(liveClock, headTime) : moment.world.clock }

  /// The time that the branch in use has reached, as far as the session knows.
  var headTime: Instant {
    let clock = moment.timeline.head.clock
    return max(clock, passed ?? clock)
  }

  /// The word for the user's place in time.
  var mode: Mode {
    if !moment.isAtHead { return .past }
    return isHeld ? .held : .live
  }

  /// The header's word for the place in time.
  enum Mode: String, Hashable, Sendable {
    case live = "LIVE"
    case held = "HELD"
    case past = "PAST"
  }

  /// The journal entry selected in the tail.
  var selectedEntry: JournalIndex? { tail.selectedEntry }

  /// The event selected in the tail.
  var selectedPosition: Position? {
    selectedEntry.flatMap { shown.timeline.entry($0)?.kind.position }
  }
}
