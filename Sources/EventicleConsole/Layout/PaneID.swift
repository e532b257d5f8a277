/// The panes; the raw value is the number in the title and the key that shows the pane.
enum PaneID: Int, CaseIterable, Hashable, Sendable {
  case tail = 1
  case event
  case state
  case saga
  case next
  case views
  case map
  case explore
  case tools
}
