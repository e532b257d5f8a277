import EventicleCore

/// A place to return to, with all positions that restore it.
struct NavigationEntry: Sendable {
  let focus: PaneID
  let focused: [PaneID]
  let tailEntry: JournalIndex?
  let tailTop: Int
  let isFollowing: Bool
  let panes: PaneStates
}
