import EventicleCore

/// What a pane is told of the console around it.
struct PaneContext: Sendable {
  /// What is shown: frozen, or as it is.
  let shown: MomentView
  /// What is seen from the time cursor, whether the view is frozen or not.
  let live: MomentView
  /// The moment that counts as now where the person looks.
  let now: Instant
  /// Whether the engine is held.
  let isHeld: Bool
  let isFrozen: Bool
  /// The journal entry selected in the tail; `nil` on a stretch in which nothing happened.
  let row: JournalIndex?
  /// The event selected in the tail.
  let event: Position?
  /// Whether the tail has rows, of which one is always selected.
  let hasRows: Bool
  /// A line that has a first thing happen; `nil` when the domain declares no command.
  let firstLine: String?
  /// Whether the pane has the keys.
  let isFocused: Bool
  /// The pane's space inside its border; zero when it is not on screen.
  let inside: Size
  /// What has been folded for panes.
  let folds: Folds

  /// The role that lies over the selected row.
  var selection: StyleRole { isFocused ? .uiSelection : .uiSelectionInactive }

  /// What goes to the world just after the row that is selected in the tail.
  var goToRow: [PaneRequest] {
    guard let row, let kind = shown.timeline.entry(row)?.kind else { return [] }
    switch kind {
    case .append(let position, _), .imported(let position, _): return [.run("goto \(position)")]
    default: return [.run("goto \(row)")]
    }
  }
}
