/// A place on a screen that is large enough for all panes.
enum PanePlace: Hashable, Sendable {
  /// At the left edge, on screens with two or three columns of panes.
  case left
  /// Below the left pane, only on screens with three columns of panes.
  case leftBelow
  /// In the middle, at the top; visible wherever more than one pane is.
  case main
  case mainBelow
  case right
  case rightBelow
  /// At the bottom on the right, only on screens with many rows.
  case rightLowest
  /// In the place of `mainBelow` while it is asked for.
  case instead
}
