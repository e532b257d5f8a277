import EventicleCore

/// The tree on the left: what there is, with counts.
struct ExploreModel: Hashable, Sendable {
  /// The groups of the tree, in order.
  enum Section: String, CaseIterable, Hashable, Sendable {
    case streams
    case aggregates
    case sagas
    case views
    case commands
    case adapters
  }

  var list = ListCursor()
  /// The groups that are folded away.
  var folded: Set<Section> = []
}
