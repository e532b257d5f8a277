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
    case state = "Now"
    case history = "History"
  }

  var subject = Subject.nothing
  /// The version that was asked for; the one at the time cursor when `nil`.
  var version: Version?
  var tab = Tab.state
  var list = ListCursor()
  var scroll = 0

  /// The version to show of an aggregate that has so many at the time cursor.
  func shown(of current: Version) -> Version { min(version ?? current, current) }
}
