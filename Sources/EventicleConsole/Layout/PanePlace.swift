/// Where a pane stands when the whole screen is shared out.
enum PanePlace: Hashable, Sendable {
  /// Left of everything, on screens of two columns and of three.
  case left
  /// Below what is left, on screens of three columns alone.
  case leftBelow
  /// In the middle, above; always shown where more than one pane is.
  case main
  case mainBelow
  case right
  case rightBelow
}
