/// A moment, in milliseconds since 1970-01-01T00:00:00Z.
public struct Instant: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Milliseconds since the epoch.
  public let milliseconds: Int64

  /// The moment so many milliseconds after the epoch.
  public init(milliseconds: Int64) { self.milliseconds = milliseconds }

  /// The start of headless runs: 2026-01-01T09:00:00.000Z.
  public static let standardStart = Instant(milliseconds: 1_767_258_000_000)

  /// Whether it lies in the years 1 to 9999, which a text of four digits for the year can say.
  public var isInCommonYears: Bool {
    (-62_135_596_800_000...253_402_300_799_999).contains(milliseconds)
  }

  /// Whether the left one comes first.
  public static func < (left: Instant, right: Instant) -> Bool {
    left.milliseconds < right.milliseconds
  }

  /// The moment one length of time later.
  ///
  /// Stays at the end of time rather than overflow.
  public static func + (instant: Instant, interval: Interval) -> Instant {
    let (sum, overflow) = instant.milliseconds.addingReportingOverflow(interval.milliseconds)
    return Instant(milliseconds: overflow ? (sum < 0 ? Int64.max : Int64.min) : sum)
  }

  /// The moment one length of time earlier.
  ///
  /// Stays at the end of time rather than overflow.
  public static func - (instant: Instant, interval: Interval) -> Instant {
    let (rest, overflow) = instant.milliseconds.subtractingReportingOverflow(interval.milliseconds)
    return Instant(milliseconds: overflow ? (rest < 0 ? Int64.max : Int64.min) : rest)
  }

  /// The length of time from the right moment to the left one.
  ///
  /// Stays at the longest length rather than overflow.
  public static func - (later: Instant, earlier: Instant) -> Interval {
    let (difference, overflow) = later.milliseconds
      .subtractingReportingOverflow(earlier.milliseconds)
    return Interval(
      milliseconds: overflow ? (difference < 0 ? Int64.max : Int64.min) : difference)
  }

  /// `2026-01-01T09:00:00.000Z`, the form that JavaScript prints too.
  public var description: String {
    let civil = CivilTime(self)
    return "\(civil.dateText)T\(civil.timeText)Z"
  }

  /// Reads an ISO 8601 moment: a date, optionally with a time, a fraction and `Z` or an offset.
  ///
  /// - Returns: `nil` when the text is not such a moment.
  public init?(parsing text: some StringProtocol) {
    guard let instant = CivilTime.instant(parsing: text) else { return nil }
    self = instant
  }
}
