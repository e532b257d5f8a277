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
  /// Where in the page one reads.
  var text = TextCursor()
  /// The paths of the JSON tree that are folded.
  var folded: Set<String> = []
}
