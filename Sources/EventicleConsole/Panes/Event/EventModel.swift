import EventicleCore

/// The state of the inspector.
struct EventModel: Hashable, Sendable {
  /// The tabs of the inspector.
  enum Tab: String, CaseIterable, Hashable, Sendable {
    case state = "Page"
    case diff = "Diff"
    case cause = "Cause"
    case deliveries = "Deliveries"
    case raw = "Raw"
  }

  var tab = Tab.state
  /// The first visible line.
  var scroll = 0
  /// The paths of the JSON tree that are folded.
  var folded: Set<String> = []
}
