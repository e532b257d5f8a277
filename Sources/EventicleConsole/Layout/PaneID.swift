/// The panes, by the number in their titles.
enum PaneID: Int, CaseIterable, Hashable, Sendable {
  case explore = 1
  case tail
  case inspect
  case aggregate
  case saga
  case timers
}
