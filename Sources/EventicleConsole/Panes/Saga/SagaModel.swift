import EventicleCore

/// The state of the saga pane: a timeline or a list.
struct SagaModel: Hashable, Sendable {
  /// The subject on show.
  enum Subject: Hashable, Sendable {
    case nothing
    /// The instances of a saga, or of every saga when the name is `nil`.
    case instances(String?)
    case instance(SagaKey)
  }

  var subject = Subject.nothing
  var list = ListCursor()
  /// The number of the step whose moment is on its way, from 1.
  var aim: Int?
  /// The first visible line.
  var scroll = 0
  /// Whether each step shows the whole state instead of its changes.
  var showsWholeState = false
  /// The instance that was on show before the list.
  var last: SagaKey?
}
