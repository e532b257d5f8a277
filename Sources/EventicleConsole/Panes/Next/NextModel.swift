import EventicleCore

/// Armed timers, waiting deliveries and parked work.
struct NextModel: Hashable, Sendable {
  var list = ListCursor()
}
