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
