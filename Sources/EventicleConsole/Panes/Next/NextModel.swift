import EventicleCore

/// The state of the timers pane.
struct NextModel: Hashable, Sendable {
  var list = ListCursor()
}
