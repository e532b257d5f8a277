/// The part of the screen that the focused pane takes.
enum ScreenMode: Int, Hashable, Sendable, CaseIterable {
  /// The normal layout for the size.
  case normal
  /// The focused pane and the tail.
  case half
  /// The focused pane alone.
  case full
}
