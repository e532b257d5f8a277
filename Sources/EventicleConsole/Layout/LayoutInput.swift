/// All that decides where panes stand.
struct LayoutInput: Hashable, Sendable {
  /// The size of the terminal.
  let size: Size
  let screenMode: ScreenMode
  /// The pane that has the keys.
  let focus: PaneID
  /// The pane that shares the right side with the main one on small screens.
  let companion: PaneID
  /// Where each pane stands on a large screen.
  let places: [PanePlace: PaneID]
  /// The panes that need the width of a small screen for themselves, when they have the keys.
  let wide: Set<PaneID>

  /// The pane that is shown wherever more than one is; without a main pane, that in focus.
  var main: PaneID { places[.main] ?? focus }
}
