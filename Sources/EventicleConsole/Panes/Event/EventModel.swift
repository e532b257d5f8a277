import EventicleCore

/// What is known about the selected row.
struct EventModel: Hashable, Sendable {
  /// The looks at it.
  enum Tab: String, CaseIterable, Hashable, Sendable {
    case state = "State"
    case diff = "Diff"
    case cause = "Cause"
    case deliveries = "Deliveries"
    case raw = "Raw"
  }

  var tab = Tab.state
  /// The first line shown.
  var scroll = 0
  /// The paths of the JSON tree that are folded.
  var folded: Set<String> = []
}
