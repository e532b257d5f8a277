import EventicleCore

/// Where a person was: enough to come back to it with everything where it was.
struct NavigationEntry: Hashable, Sendable {
  let focus: PaneID
  let companion: PaneID
  let tailEntry: JournalIndex?
  let tailTop: Int
  let isFollowing: Bool
  let inspect: EventModel
  let aggregate: StateModel
  let saga: SagaModel
  let explore: ExploreModel
}
