import EventicleCore

/// The state of the tree on the left.
struct ExploreModel: Hashable, Sendable {
  /// The sections of the tree, in order.
  enum Section: String, CaseIterable, Hashable, Sendable {
    case streams
    case aggregates
    case sagas
    case views
    case commands
    case adapters
  }

  var list = ListCursor()
  /// The folded sections.
  var folded: Set<Section> = []
}
