import EventicleCore

/// Where a person was: enough to come back to it with everything where it was.
struct Place: Hashable, Sendable {
  let focus: PaneID
  let companion: PaneID
  let tailEntry: JournalIndex?
  let tailTop: Int
  let isFollowing: Bool
  let inspect: InspectModel
  let aggregate: AggregateModel
  let saga: SagaModel
  let explore: ExploreModel
}
