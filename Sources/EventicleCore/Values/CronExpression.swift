/// When something recurs: five fields (minute hour day month weekday), or six with seconds first.
///
/// Fields take numbers, names of months and weekdays, `*`, lists, ranges and steps; `@daily` and
/// its kin work; 7 is Sunday as well as 0. When both day and weekday are restricted, a moment
/// fits if either does, as in the classic cron. Moments are in UTC.
public struct CronExpression: Sendable, Hashable, CustomStringConvertible {
  /// The expression as it was written.
  public let description: String
  private let seconds: UInt64
  private let minutes: UInt64
  private let hours: UInt64
  private let days: UInt64
  private let months: UInt64
  private let weekdays: UInt64
  private let isDayRestricted: Bool
  private let isWeekdayRestricted: Bool

  private static let nicknames = [
    "@yearly": "0 0 1 1 *", "@annually": "0 0 1 1 *", "@monthly": "0 0 1 * *",
    "@weekly": "0 0 * * 0", "@daily": "0 0 * * *", "@midnight": "0 0 * * *",
    "@hourly": "0 * * * *",
  ]
  private static let monthNames = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ]
  private static let dayNames = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]

  /// Reads an expression.
  ///
  /// - Throws: ``CronError`` that names the field and what it may hold.
  public init(_ text: String) throws(CronError) {
    description = text
    let written = CronExpression.nicknames[text.lowercased()] ?? text
    var fields = written.split(separator: " ").map(String.init)
    guard fields.count == 5 || fields.count == 6 else {
      throw CronError(
        reason: "A cron expression has 5 or 6 fields, but \"\(text)\" has \(fields.count). "
          + "Write minute hour day month weekday, for example 0 4 * * *.")
    }
    if fields.count == 5 { fields.insert("0", at: 0) }
    seconds = try CronField(fields[0], "second", 0...59).bits
    minutes = try CronField(fields[1], "minute", 0...59).bits
    hours = try CronField(fields[2], "hour", 0...23).bits
    days = try CronField(fields[3], "day of the month", 1...31).bits
    months = try CronField(fields[4], "month", 1...12, names: CronExpression.monthNames, first: 1)
      .bits
    let week = try CronField(fields[5], "weekday", 0...7, names: CronExpression.dayNames, first: 0)
      .bits
    weekdays = (week | (week >> 7 & 1)) & 0x7F
    isDayRestricted = !fields[3].hasPrefix("*") && fields[3] != "?"
    isWeekdayRestricted = !fields[5].hasPrefix("*") && fields[5] != "?"
  }

  /// The first moment after another that fits, or `nil` when none does within 100 years.
  public func next(after instant: Instant) -> Instant? {
    let rest = (instant.milliseconds % 1_000 + 1_000) % 1_000
    let (second, isTooFar) = instant.milliseconds.addingReportingOverflow(1_000 - rest)
    guard !isTooFar else { return nil }
    var civil = CivilTime(Instant(milliseconds: second))
    let lastYear = civil.year + 100
    while civil.year <= lastYear {
      guard has(months, civil.month) else {
        civil = startOfNextMonth(civil)
        continue
      }
      guard fitsDay(civil) else {
        civil = startOfNextDay(civil)
        continue
      }
      if let fitting = firstMoment(onOrAfter: civil) { return fitting.instant }
      civil = startOfNextDay(civil)
    }
    return nil
  }

  private func has(_ bits: UInt64, _ value: Int) -> Bool { bits >> UInt64(value) & 1 == 1 }

  private func fitsDay(_ civil: CivilTime) -> Bool {
    let day = has(days, civil.day)
    let weekday = has(weekdays, civil.weekday)
    return isDayRestricted && isWeekdayRestricted ? day || weekday : day && weekday
  }

  private func firstMoment(onOrAfter civil: CivilTime) -> CivilTime? {
    var found = civil
    for hour in civil.hour...23 where has(hours, hour) {
      let firstMinute = hour == civil.hour ? civil.minute : 0
      for minute in firstMinute...59 where has(minutes, minute) {
        let firstSecond = hour == civil.hour && minute == civil.minute ? civil.second : 0
        for second in firstSecond...59 where has(seconds, second) {
          (found.hour, found.minute, found.second) = (hour, minute, second)
          return found
        }
      }
    }
    return nil
  }

  private func startOfNextDay(_ civil: CivilTime) -> CivilTime {
    var start = civil
    (start.hour, start.minute, start.second) = (0, 0, 0)
    return CivilTime(start.instant + .days(1))
  }

  private func startOfNextMonth(_ civil: CivilTime) -> CivilTime {
    var start = civil
    (start.day, start.hour, start.minute, start.second) = (1, 0, 0, 0)
    (start.year, start.month) =
      civil.month == 12 ? (civil.year + 1, 1) : (civil.year, civil.month + 1)
    return start
  }

  /// Whether both are the same.
  public static func == (left: CronExpression, right: CronExpression) -> Bool {
    sameBytes(left.description, right.description)
  }

  /// Feeds what counts for equality to a hasher.
  public func hash(into hasher: inout Hasher) { hashBytes(of: description, into: &hasher) }
}

/// Why a text is not a cron expression.
public struct CronError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What was expected and what was found.
  public let reason: String

  /// The same in words.
  public var description: String { reason }
}

/// One field of a cron expression as a set of bits.
private struct CronField {
  let bits: UInt64

  init(
    _ text: String, _ name: String, _ range: ClosedRange<Int>, names: [String] = [],
    first: Int = 0
  ) throws(CronError) {
    func failure() -> CronError {
      CronError(
        reason: "The \(name) of a cron expression is \(range.lowerBound) to \(range.upperBound), "
          + "*, a list, a range or a step, but it is \"\(text)\".")
    }
    func number(_ word: Substring) -> Int? {
      if let value = Int(word) { return range.contains(value) ? value : nil }
      return names.firstIndex(of: word.lowercased()).map { $0 + first }
    }
    var bits: UInt64 = 0
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let pieces = part.split(separator: "/", omittingEmptySubsequences: false)
      guard let span = pieces.first, pieces.count <= 2 else { throw failure() }
      var step = 1
      if pieces.count == 2 {
        guard let parsed = Int(pieces[1]), parsed > 0 else { throw failure() }
        step = parsed
      }
      let ends = span.split(separator: "-", omittingEmptySubsequences: false)
      let low: Int
      let high: Int
      if span == "*" || span == "?" {
        (low, high) = (range.lowerBound, range.upperBound)
      } else if ends.count == 2, let from = number(ends[0]), let to = number(ends[1]), from <= to {
        (low, high) = (from, to)
      } else if ends.count == 1, let only = number(ends[0]) {
        (low, high) = (only, pieces.count == 2 ? range.upperBound : only)
      } else {
        throw failure()
      }
      for value in stride(from: low, through: high, by: step) { bits |= 1 << UInt64(value) }
    }
    self.bits = bits
  }
}
