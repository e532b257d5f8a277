import EventicleCore

/// The rows of a view, or one of them.
struct ViewsModel: Hashable, Sendable {
  /// What is looked at.
  enum Subject: Hashable, Sendable {
    case nothing
    case rows(String)
    case row(RecordKey)
  }

  var subject = Subject.nothing
  var list = ListCursor()
  var scroll = 0
}
