import EventicleCore
import EventicleWorkbench

/// The whole state of the console; screens are drawn from it alone.
struct Model: Sendable {
  /// The size of the terminal.
  var size: Size
  /// The moment at the time cursor.
  var moment: MomentView
  /// Whether the engine is held.
  var isHeld = false
  /// The name of the fork in use; `nil` when main is.
  var fork: String?
  /// The moment shown since the view was frozen; the engine runs on behind it.
  var frozen: MomentView?
  /// The time that the engine's clock has reached; used at the head.
  var liveClock: Instant
  /// When a timer falls due next, if one does.
  var nextDue: Instant?
  /// The places in time that have a name.
  var marks = Marks()
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

  /// What the header shows for a session that nothing keeps.
  static let memory = "mem"

  var focus = PaneID.tail
  var screenMode = ScreenMode.normal
  /// The pane that shares the right side with the tail on small screens.
  var companion = PaneID.inspect

  var tail = TailModel()
  /// The states of the other panes.
  var panes = PaneStates()
  /// Whether a view is shown in the place of the aggregate.
  var showsViews = false
  /// The folds made for the panes.
  var folds = Folds()

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
  /// The name of the theme, and the names of those available.
  var themeName = "terminal"
  var themeNames: [String] = ["terminal"]
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
    screenMode = model.screenMode
    companion = model.companion
    history = model.history
    isMouseOn = model.isMouseOn
    themeName = model.themeName
    themeNames = model.themeNames
    firstThemeName = model.firstThemeName
    recent = model.recent
    storeName = model.storeName
    log = model.log
    panes[ToolsPane.self] = model.panes[ToolsPane.self].forAnotherHistory
  }

  /// Whether history is only looked at; in a fork anything can be tried.
  var isReadOnly: Bool { fork == nil && store?.isReadOnly ?? false }

  /// The moment that the panes show: the frozen one, else the current one.
  var shown: MomentView { frozen ?? moment }

  /// The time that counts as now at the time cursor.
  var now: Instant { moment.isAtHead ? max(liveClock, moment.world.clock) : moment.world.clock }

  /// The word for the user's place in time.
  var mode: Mode {
    if !moment.isAtHead { return .replay }
    if isHeld { return .held }
    return frozen == nil ? .live : .paused
  }

  /// The header's word for the place in time.
  enum Mode: String, Hashable, Sendable {
    case live = "LIVE"
    case paused = "PAUSED"
    case held = "HELD"
    case replay = "REPLAY"
  }

  /// The journal entry selected in the tail.
  var selectedEntry: JournalIndex? { tail.selectedEntry }

  /// The event selected in the tail.
  var selectedPosition: Position? {
    selectedEntry.flatMap { shown.timeline.entry($0)?.kind.position }
  }
}
