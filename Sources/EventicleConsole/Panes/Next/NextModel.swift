import EventicleCore

/// Armed timers, waiting deliveries and parked work.
struct TimersModel: Hashable, Sendable {
  var list = ListCursor()
}
