import EventicleCore

/// The state of the list of what happens next.
struct NextModel: Hashable, Sendable {
  var list = ListCursor()
}
