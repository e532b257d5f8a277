/// A date and time of day, in UTC or as the clocks of a time zone show them.
///
/// Computed in the proleptic Gregorian calendar.
public struct CivilTime: Hashable, Sendable {
  /// The year of the Gregorian calendar; 0 and below are before the year 1.
  public var year: Int
  /// 1 for January … 12 for December.
  public var month: Int
  /// The day of the month, from 1.
  public var day: Int
  /// The hour, 0 … 23.
  public var hour: Int
  /// The minute, 0 … 59.
  public var minute: Int
  /// The second, 0 … 59.
  public var second: Int
  /// The millisecond, 0 … 999.
  public var millisecond: Int

  /// The date as days since 1970-01-01.
  public var dayNumber: Int { CivilTime.days(year: year, month: month, day: day) }

  /// The day of the week: 0 for Sunday … 6 for Saturday.
  public var weekday: Int { ((dayNumber % 7) + 11) % 7 }

  /// The date and time of an instant in UTC.
  public init(_ instant: Instant) {
    let day = CivilTime.floorDivide(instant.milliseconds, 86_400_000)
    let rest = Int((instant.milliseconds % 86_400_000 + 86_400_000) % 86_400_000)
    let shifted = Int(day) + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    self.day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    self.month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    self.year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    self.hour = rest / 3_600_000
    self.minute = rest / 60_000 % 60
    self.second = rest / 1_000 % 60
    self.millisecond = rest % 1_000
  }

  /// The instant of this time in UTC; clamped to the range of ``Instant``.
  public var instant: Instant {
    let seconds = Int64(dayNumber) * 86_400 + Int64(hour * 3_600 + minute * 60 + second)
    return Instant(milliseconds: 0) + .seconds(seconds) + .milliseconds(Int64(millisecond))
  }

  /// The date as `2026-01-31`.
  public var dateText: String {
    "\(CivilTime.padded(year, 4))-\(CivilTime.padded(month, 2))-\(CivilTime.padded(day, 2))"
  }

  /// The time as `09:00:00.000`.
  public var timeText: String { "\(clockText).\(CivilTime.padded(millisecond, 3))" }

  /// The time without milliseconds, as `09:00:00`.
  public var clockText: String {
    "\(CivilTime.padded(hour, 2)):\(CivilTime.padded(minute, 2)):\(CivilTime.padded(second, 2))"
  }

  /// Seconds and milliseconds alone, as `00.000`, for dense lists.
  public var secondsText: String {
    "\(CivilTime.padded(second, 2)).\(CivilTime.padded(millisecond, 3))"
  }

  /// How many days a month has in the Gregorian calendar, leap years included; months count from 1.
  public static func daysInMonth(_ month: Int, year: Int) -> Int {
    switch month {
    case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  static func days(year: Int, month: Int, day: Int) -> Int {
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number.magnitude)
    let zeros = String(repeating: "0", count: max(0, width - digits.count))
    return (number < 0 ? "-" : "") + zeros + digits
  }

  private static func floorDivide(_ value: Int64, _ divisor: Int64) -> Int64 {
    value / divisor - (value % divisor < 0 ? 1 : 0)
  }
}

extension CivilTime {
  /// Reads `2026-01-31`, `2026-01-31T09:00`, with seconds, a fraction, `Z` or `+01:00`.
  static func instant(parsing text: some StringProtocol) -> Instant? {
    var reader = DigitReader(text)
    guard let year = reader.number(4), reader.take("-"), let month = reader.number(2),
      reader.take("-"), let day = reader.number(2),
      (1...12).contains(month), day >= 1, day <= daysInMonth(month, year: year)
    else { return nil }
    var civil = CivilTime(Instant(milliseconds: 0))
    civil.year = year
    civil.month = month
    civil.day = day
    guard !reader.isAtEnd else { return civil.instant }
    guard reader.take("T") || reader.take(" "), civil.readClock(&reader) else { return nil }
    if reader.isAtEnd || (reader.take("Z") && reader.isAtEnd) { return civil.instant }
    let isEast = reader.take("+")
    guard isEast || reader.take("-"), let hours = reader.number(2), hours < 24 else { return nil }
    _ = reader.take(":")
    guard let minutes = reader.number(2), minutes < 60, reader.isAtEnd else { return nil }
    let offset = Interval.minutes(Int64(hours * 60 + minutes))
    return civil.instant + Interval(milliseconds: (isEast ? -1 : 1) * offset.milliseconds)
  }

  /// Reads `hh:mm[:ss[.mmm]]` into the clock fields.
  package mutating func readClock(_ reader: inout DigitReader) -> Bool {
    guard let hour = reader.number(2), hour < 24, reader.take(":"),
      let minute = reader.number(2), minute < 60
    else { return false }
    self.hour = hour
    self.minute = minute
    guard reader.take(":") else { return true }
    guard let second = reader.number(2), second < 60 else { return false }
    self.second = second
    if reader.take(".") {
      guard let fraction = reader.fraction() else { return false }
      millisecond = fraction
    }
    return true
  }
}

/// Reads digits and punctuation from the front of a text.
package struct DigitReader {
  private var rest: Substring.UTF8View

  /// A reader at the start of a text.
  package init(_ text: some StringProtocol) { rest = Substring(text).utf8 }

  /// Whether the whole text has been read.
  package var isAtEnd: Bool { rest.isEmpty }

  /// Consumes exactly `count` digits.
  package mutating func number(_ count: Int) -> Int? {
    var value = 0
    guard rest.count >= count else { return nil }
    for byte in rest.prefix(count) {
      guard byte >= 0x30, byte <= 0x39 else { return nil }
      value = value * 10 + Int(byte - 0x30)
    }
    rest = rest.dropFirst(count)
    return value
  }

  /// Consumes a character if it comes next; returns whether it did.
  package mutating func take(_ mark: Unicode.Scalar) -> Bool {
    guard let first = rest.first, first == UInt8(truncatingIfNeeded: mark.value) else {
      return false
    }
    rest = rest.dropFirst()
    return true
  }

  /// Consumes digits, at least one, as a fraction of a second; in milliseconds, rounded down.
  package mutating func fraction() -> Int? {
    let digits = rest.prefix { $0 >= 0x30 && $0 <= 0x39 }
    guard !digits.isEmpty else { return nil }
    rest = rest.dropFirst(digits.count)
    var value = 0
    for (index, byte) in digits.enumerated() where index < 3 {
      value = value * 10 + Int(byte - 0x30)
    }
    for _ in digits.count..<max(3, digits.count) { value *= 10 }
    return value
  }
}
