import EventicleCore

/// What is being typed behind `/`, and where the person stood before.
struct Finding: Sendable {
  /// The pane that is looked through.
  let pane: PaneID
  /// The place to come back to.
  let place: NavigationEntry
  /// The entry of the tail, or the row of another list, where one stood.
  let entry: JournalIndex?
  let row: Int
  /// Why what is typed is nothing to search for yet.
  var problem: String?
}
