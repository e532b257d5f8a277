import EventicleCore

/// Where a person was: enough to come back to it with everything where it was.
struct NavigationEntry: Sendable {
  let focus: PaneID
  let companion: PaneID
  let tailEntry: JournalIndex?
  let tailTop: Int
  let isFollowing: Bool
  let showsViews: Bool
  let panes: PaneStates
}
