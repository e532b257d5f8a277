/// Everything that the layout depends on.
struct LayoutInput: Hashable, Sendable {
  /// The size of the terminal.
  let size: Size
  let screenMode: ScreenMode
  /// The focused pane.
  let focus: PaneID
  /// The pane that shares the right side with the main one on small screens.
  let companion: PaneID
  /// The pane at each place of a large screen.
  let places: [PanePlace: PaneID]
  /// The panes that need the full width of a small screen while they are focused.
  let wide: Set<PaneID>
  /// The panes that take all of a screen with one or two columns of panes while they are focused.
  var zoomed: Set<PaneID> = []

  /// The pane that is always visible beside others; the focused pane when there is no main pane.
  var main: PaneID { places[.main] ?? focus }
}
