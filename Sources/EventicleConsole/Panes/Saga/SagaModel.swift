import EventicleCore

/// One saga instance as a timeline, or a list of them.
struct SagaModel: Hashable, Sendable {
  /// What is looked at.
  enum Subject: Hashable, Sendable {
    case nothing
    /// The instances of a saga; of every saga when no name is given.
    case instances(String?)
    case instance(SagaKey)
  }

  var subject = Subject.nothing
  var list = ListCursor()
  /// The selected step, from 0.
  var step = 0
  /// The first line shown.
  var scroll = 0
  /// Whether whole states are shown instead of what changed.
  var showsWholeState = false
}
