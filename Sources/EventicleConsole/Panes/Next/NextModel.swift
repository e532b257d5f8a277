import EventicleCore

/// The state of the list of what happens next.
struct NextModel: Hashable, Sendable {
  var list = ListCursor()
  /// What timers were seen to send when they fired.
  var sends = TimerSends()
}
