/// The panes; the raw value is the number in the title.
enum PaneID: Int, CaseIterable, Hashable, Sendable {
  case explore = 1
  case tail
  case inspect
  case aggregate
  case saga
  case timers
  case map
  case tools = 9
}
