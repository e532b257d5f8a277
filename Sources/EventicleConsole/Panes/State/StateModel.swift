import EventicleCore

/// The state of the aggregate pane: one aggregate or a list.
struct StateModel: Hashable, Sendable {
  /// The subject on show.
  enum Subject: Hashable, Sendable {
    case nothing
    case instances(String)
    case instance(AggregateKey)
  }

  /// The tabs of an aggregate.
  enum Tab: String, CaseIterable, Hashable, Sendable {
    case state = "State"
    case history = "History"
  }

  var subject = Subject.nothing
  var tab = Tab.state
  var list = ListCursor()
  var scroll = 0
}
