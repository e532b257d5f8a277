/// Everything that the layout depends on.
struct LayoutInput: Hashable, Sendable {
  /// The size of the terminal.
  let size: Size
  /// Whether the focused pane takes all the room.
  let isZoomed: Bool
  /// The focused pane.
  let focus: PaneID
  /// The panes that had the focus, the newest first; the others follow by number.
  let recent: [PaneID]
  /// Whether a caption stands below the panes.
  var isPresented = false

  /// The pane of these that had the focus last; the first one if none had it.
  func newest(of panes: [PaneID]) -> PaneID {
    if panes.contains(focus) { return focus }
    return recent.first { panes.contains($0) } ?? panes.first ?? focus
  }
}
