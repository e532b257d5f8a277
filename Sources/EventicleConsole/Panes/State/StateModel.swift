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

  /// Two versions whose states are compared.
  struct Comparison: Hashable, Sendable {
    let first: Version
    let second: Version
  }

  var subject = Subject.nothing
  /// The version that was asked for; the one at the time cursor when `nil`.
  var version: Version?
  var tab = Tab.state
  /// The selected row of a list; in the history only which row is the first on screen.
  var list = ListCursor()
  /// Where in the state, the reasons or the comparison one reads.
  var text = TextCursor()
  /// Whether the sentences of refused commands are shown in place of the state.
  var showsReasons = false
  /// The version of the history whose moment is on its way.
  var aim: Version?
  /// The version that the next one is compared with.
  var marked: Version?
  /// What the history shows in place of its rows.
  var comparison: Comparison?

  /// The version to show of an aggregate that has so many at the time cursor.
  func shown(of current: Version) -> Version { min(version ?? current, current) }
}
