import EventicleCore

/// The state of the views pane: the rows of a view, or one of them.
struct ViewsModel: Hashable, Sendable {
  /// The subject on show.
  enum Subject: Hashable, Sendable {
    case nothing
    case rows(String)
    case row(RecordKey)
  }

  var subject = Subject.nothing
  var list = ListCursor()
  var scroll = 0
}
