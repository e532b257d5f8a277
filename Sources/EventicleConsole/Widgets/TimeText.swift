import EventicleCore

/// Moments as a timeline shows them, in UTC.
enum TimeText {
  /// The moment of falling due: `09:05:00`, with the days in between if there are any.
  static func due(_ due: Instant, from now: Instant) -> String {
    let time = CivilTime(due)
    let days = time.dayNumber - CivilTime(now).dayNumber
    return days == 0 ? time.clockText : "\(time.clockText) \(days > 0 ? "+" : "")\(days)d"
  }
}
