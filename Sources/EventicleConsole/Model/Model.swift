import EventicleCore
import EventicleWorkbench

/// Everything that the console knows; screens are drawn from it and nothing else.
struct Model: Sendable {
  /// The size of the terminal.
  var size: Size
  /// What is seen from the time cursor.
  var moment: MomentView
  /// Whether the engine is held.
  var isHeld = false
  /// What was seen when the view was frozen; the engine goes on behind it.
  var frozen: MomentView?
  /// The moment that the engine's clock has reached, for a look at the head.
  var liveClock: Instant
  /// What the session runs on, for the header: `mem`.
  var storeName = "mem"

  var focus = PaneID.tail
  var screenMode = ScreenMode.normal
  /// The pane that shares the right side with the tail on small screens.
  var companion = PaneID.inspect

  var tail = TailModel()
  /// The states of the other panes.
  var panes = PaneStates()
  /// Whether a view stands in the place of the aggregate.
  var showsViews = false
  /// What has been folded for the panes.
  var folds = Folds()

  /// The prompt, while it is open.
  var bar: CommandBarModel?
  /// The lines typed before, by prompt.
  var history = BarHistory()
  /// What lies above the panes.
  var overlay: Overlay?
  /// The keys of a sequence that has begun: `g`, `z`, `Ctrl-W`.
  var pendingKeys: [KeyPress] = []
  /// What was said last, until the next key.
  var message: StatusMessage?
  /// Where the person was before jumping, newest last.
  var back: [NavigationEntry] = []
  var forward: [NavigationEntry] = []
  var isMouseOn = true
  /// The name of the theme and those that can be had.
  var themeName = "terminal"
  var themeNames: [String] = ["terminal"]
  /// Whether leaving has been asked for.
  var isQuitting = false

  /// A console of a size, looking from somewhere.
  init(size: Size, moment: MomentView) {
    self.size = size
    self.moment = moment
    liveClock = moment.world.clock
  }

  /// What the panes show: frozen, or as it is.
  var shown: MomentView { frozen ?? moment }

  /// The moment that counts as now where the person looks.
  var now: Instant { moment.isAtHead ? max(liveClock, moment.world.clock) : moment.world.clock }

  /// Where the person stands between now and then.
  var mode: Mode {
    if !moment.isAtHead { return .replay }
    if isHeld { return .held }
    return frozen == nil ? .live : .paused
  }

  /// The word of the header.
  enum Mode: String, Hashable, Sendable {
    case live = "LIVE"
    case paused = "PAUSED"
    case held = "HELD"
    case replay = "REPLAY"
  }

  /// The journal entry that is selected in the tail.
  var selectedEntry: JournalIndex? { tail.selectedEntry }

  /// The event that is selected in the tail.
  var selectedPosition: Position? {
    selectedEntry.flatMap { shown.timeline.entry($0)?.kind.position }
  }
}
