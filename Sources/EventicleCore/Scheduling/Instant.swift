/// A point in time, in milliseconds since 1970-01-01T00:00:00Z.
public struct Instant: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Milliseconds since 1970-01-01T00:00:00Z; negative before it.
  public let milliseconds: Int64

  /// The point in time a number of milliseconds after 1970-01-01T00:00:00Z.
  public init(milliseconds: Int64) { self.milliseconds = milliseconds }

  /// Where the clock of headless runs starts: 2026-01-01T09:00:00.000Z.
  public static let standardStart = Instant(milliseconds: 1_767_258_000_000)

  /// Whether it lies in the years 1 to 9999, which ISO 8601 writes with four digits.
  public var isInCommonYears: Bool {
    (-62_135_596_800_000...253_402_300_799_999).contains(milliseconds)
  }

  /// Whether the left one is earlier.
  public static func < (left: Instant, right: Instant) -> Bool {
    left.milliseconds < right.milliseconds
  }

  /// The instant an interval later, clamped to the range of ``Instant``.
  public static func + (instant: Instant, interval: Interval) -> Instant {
    let (sum, overflow) = instant.milliseconds.addingReportingOverflow(interval.milliseconds)
    return Instant(milliseconds: overflow ? (sum < 0 ? Int64.max : Int64.min) : sum)
  }

  /// The instant an interval earlier, clamped to the range of ``Instant``.
  public static func - (instant: Instant, interval: Interval) -> Instant {
    let (rest, overflow) = instant.milliseconds.subtractingReportingOverflow(interval.milliseconds)
    return Instant(milliseconds: overflow ? (rest < 0 ? Int64.max : Int64.min) : rest)
  }

  /// The interval from `earlier` to `later`, clamped to the range of ``Interval``.
  public static func - (later: Instant, earlier: Instant) -> Interval {
    let (difference, overflow) = later.milliseconds
      .subtractingReportingOverflow(earlier.milliseconds)
    return Interval(
      milliseconds: overflow ? (difference < 0 ? Int64.max : Int64.min) : difference)
  }

  /// ISO 8601 in UTC, as JavaScript prints it: `2026-01-01T09:00:00.000Z`.
  public var description: String {
    let civil = CivilTime(self)
    return "\(civil.dateText)T\(civil.timeText)Z"
  }

  /// Reads ISO 8601: a date, optionally with a time, a fraction and `Z` or an offset.
  ///
  /// - Returns: `nil` when the text is not such a point in time.
  public init?(parsing text: some StringProtocol) {
    guard let instant = CivilTime.instant(parsing: text) else { return nil }
    self = instant
  }
}
