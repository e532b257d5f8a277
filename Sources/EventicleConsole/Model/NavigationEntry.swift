import EventicleCore

/// A place to return to, with all positions that restore it.
struct NavigationEntry: Sendable {
  let focus: PaneID
  let companion: PaneID
  let tailEntry: JournalIndex?
  let tailTop: Int
  let isFollowing: Bool
  let showsViews: Bool
  let panes: PaneStates
}
