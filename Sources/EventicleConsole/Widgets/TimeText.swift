import EventicleCore

/// Formats times for timelines, in UTC.
enum TimeText {
  /// The due time of something: `09:05:00`, with the number of days ahead if there are any.
  static func due(_ due: Instant, from now: Instant) -> String {
    let time = CivilTime(due)
    let days = time.dayNumber - CivilTime(now).dayNumber
    return days == 0 ? time.clockText : "\(time.clockText) \(days > 0 ? "+" : "")\(days)d"
  }
}
