import EventicleCore

/// One aggregate or a list of them.
struct StateModel: Hashable, Sendable {
  /// What is looked at.
  enum Subject: Hashable, Sendable {
    case nothing
    case instances(String)
    case instance(AggregateKey)
  }

  /// The looks at an aggregate.
  enum Tab: String, CaseIterable, Hashable, Sendable {
    case state = "State"
    case history = "History"
  }

  var subject = Subject.nothing
  var tab = Tab.state
  var list = ListCursor()
  var scroll = 0
}
