package import EventicleCore

/// A time as people write it: `12:04`, `2026-01-01T09:00:00Z`, `+5m`, `-30s`.
package enum TimeExpression: Hashable, Sendable, CustomStringConvertible {
  /// A time of day in UTC, on the current day.
  case clock(Interval)
  /// An exact instant.
  case instant(Instant)
  /// Relative to now; negative for the past.
  case relative(Interval)

  /// Reads a time; an interval needs its sign.
  package init?(parsing text: some StringProtocol) {
    if let first = text.utf8.first, first == 0x2B || first == Byte.hyphen {
      guard let interval = Interval(parsing: text) else { return nil }
      self = .relative(interval)
      return
    }
    if let instant = Instant(parsing: text) {
      self = .instant(instant)
      return
    }
    var civil = CivilTime(Instant(milliseconds: 0))
    var reader = DigitReader(text)
    guard civil.readClock(&reader), reader.isAtEnd else { return nil }
    self = .clock(Interval(milliseconds: civil.instant.milliseconds))
  }

  /// The instant that is meant at `now`.
  package func instant(now: Instant) -> Instant {
    switch self {
    case .instant(let instant): return instant
    case .relative(let interval): return now + interval
    case .clock(let time):
      let day: Int64 = 86_400_000
      let remainder = now.milliseconds % day
      let midnight = now.milliseconds - (remainder < 0 ? remainder + day : remainder)
      return Instant(milliseconds: midnight) + time
    }
  }

  /// The time as it is written and read.
  package var description: String {
    switch self {
    case .instant(let instant): return instant.description
    case .relative(let interval):
      return interval.milliseconds < 0 ? interval.description : "+\(interval)"
    case .clock(let time):
      let civil = CivilTime(Instant(milliseconds: time.milliseconds))
      return civil.millisecond == 0 ? civil.clockText : civil.timeText
    }
  }

  /// The accepted forms, for error messages.
  static let forms = "12:04, 12:04:31.120, 2026-01-01T09:00:00Z, +5m or -30s"
}
