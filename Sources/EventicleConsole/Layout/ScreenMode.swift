/// How much of the screen the focused pane takes.
enum ScreenMode: Int, Hashable, Sendable, CaseIterable {
  /// The layout for the size.
  case normal
  /// The focused pane and the tail.
  case half
  /// The focused pane alone.
  case full
}
