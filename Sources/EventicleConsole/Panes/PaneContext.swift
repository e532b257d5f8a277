import EventicleCore
import EventicleWorkbench

/// The part of the console that a pane can see.
struct PaneContext: Sendable {
  /// The moment on show.
  let shown: MomentView
  /// The time that counts as now at the time cursor.
  let now: Instant
  /// Whether the engine is held.
  let isHeld: Bool
  /// Whether commands can be tried at the moment, because handlers run in this process.
  let canTry: Bool
  /// Whether another moment is on its way.
  let isSeeking: Bool
  /// The journal entry selected in the tail; `nil` on an idle row.
  let row: JournalIndex?
  /// The event selected in the tail.
  let event: Position?
  /// Whether the tail has rows; one of them is then always selected.
  let hasRows: Bool
  /// A command line that makes a first event; `nil` when the domain declares no command, or
  /// when a system is only looked at.
  let firstLine: String?
  /// What an empty log offers; nothing once there are events.
  let start: [StartRow]
  /// What stands below that where there is room.
  let startClosing: [StyledLine]
  /// Whether the pane has the focus.
  let isFocused: Bool
  /// The size inside the pane's border; zero when the pane is not visible.
  let inside: Size
  /// The folds made for the panes.
  let folds: Folds
  /// What happened with the session and the program.
  let log: SessionLog
  /// The keys of actions.
  let keymap: Keymap
  /// Main and its forks.
  let branches: [BranchNotice]
  /// What the engine stops at, with the hits so far.
  let stops: StopList
  /// What is watched, as it is at the moment on show.
  let watches: [WatchNotice]
  /// What the first waiting deliveries would do, while the engine is held at the newest moment.
  let prospects: [ProspectNotice]
  /// Whether long lines of text go on below instead of being cut.
  let wraps: Bool
  /// Whether the console presents a tape, so that only what matters is shown, and large.
  let isPresented: Bool
  /// What is searched for in the pane; `nil` when nothing is.
  let find: ListFind?

  /// The system that the session is attached to; `nil` when it is attached to none.
  var remote: RemoteNotice?

  /// The role laid over the selected row.
  var selection: StyleRole { isFocused ? .uiSelection : .uiSelectionInactive }

  /// The request that moves the time cursor to just after the row selected in the tail.
  var goToRow: [PaneRequest] {
    guard let row, let kind = shown.timeline.entry(row)?.kind else { return [] }
    switch kind {
    case .append(let position, _), .imported(let position, _): return [.run("goto \(position)")]
    default: return [.run("goto \(row)")]
    }
  }
}
