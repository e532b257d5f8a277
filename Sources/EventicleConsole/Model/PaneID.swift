/// The panes, by the number in their titles.
enum PaneID: Int, CaseIterable, Hashable, Sendable {
  case explore = 1
  case tail
  case inspect
  case aggregate
  case saga
  case timers

  /// What the pane is called.
  var name: String {
    switch self {
    case .explore: "Explore"
    case .tail: "Tail"
    case .inspect: "Inspect"
    case .aggregate: "Aggregate"
    case .saga: "Saga"
    case .timers: "Timers"
    }
  }
}

/// How much of the screen the focused pane takes.
enum ScreenMode: Int, Hashable, Sendable, CaseIterable {
  /// The layout for the size.
  case normal
  /// The focused pane and the tail.
  case half
  /// The focused pane alone.
  case full
}
