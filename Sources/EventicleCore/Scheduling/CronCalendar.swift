/// The times of day and the days that a cron expression matches, as bit sets.
final class CronCalendar: Sendable {
  /// Whether every hour of the day matches.
  let fitsEveryHour: Bool
  private let seconds: UInt64
  private let minutes: UInt64
  private let hours: UInt64
  private let months: UInt64
  private let days: CronDays
  private let weekdays: CronWeekdays

  /// Reads six fields: second, minute, hour, day, month, weekday.
  init(_ fields: [String]) throws(CronError) {
    seconds = try CronField.second.bits(of: fields[0])
    minutes = try CronField.minute.bits(of: fields[1])
    hours = try CronField.hour.bits(of: fields[2])
    days = try CronDays(fields[3])
    months = try CronField.month.bits(of: fields[4])
    weekdays = try CronWeekdays(fields[5])
    fitsEveryHour = hours == 0xFF_FFFF
  }

  /// The first matching time at or after another; `nil` when there is none within 100 years.
  func first(onOrAfter start: CivilTime) -> CivilTime? {
    if contains(start), let found = firstTime(onOrAfter: start) { return found }
    var found = start
    (found.hour, found.minute, found.second, found.millisecond) = (
      hours.trailingZeroBitCount, minutes.trailingZeroBitCount, seconds.trailingZeroBitCount, 0
    )
    var firstDay = start.day + 1
    var weekday = (start.weekday - (start.day - 1) % 7 + 7) % 7
    for _ in 0...1_200 {
      let length = CivilTime.daysInMonth(found.month, year: found.year)
      if months >> UInt64(found.month) & 1 == 1 {
        let left = fitting(length, from: weekday) >> UInt64(firstDay)
        if left != 0 {
          found.day = firstDay + left.trailingZeroBitCount
          return found
        }
      }
      firstDay = 1
      weekday = (weekday + length) % 7
      (found.year, found.month) =
        found.month == 12 ? (found.year + 1, 1) : (found.year, found.month + 1)
    }
    return nil
  }

  private func contains(_ time: CivilTime) -> Bool {
    guard months >> UInt64(time.month) & 1 == 1 else { return false }
    let length = CivilTime.daysInMonth(time.month, year: time.year)
    let weekday = (time.weekday - (time.day - 1) % 7 + 7) % 7
    return fitting(length, from: weekday) >> UInt64(time.day) & 1 == 1
  }

  /// The matching days of a month by its length and its first weekday; bit 1 is the 1st.
  private func fitting(_ length: Int, from weekday: Int) -> UInt64 {
    let byDay = days.bits(length, from: weekday)
    let byWeekday = weekdays.bits(length, from: weekday)
    return days.isRestricted && weekdays.isRestricted ? byDay | byWeekday : byDay & byWeekday
  }

  private func firstTime(onOrAfter start: CivilTime) -> CivilTime? {
    var found = start
    found.millisecond = 0
    if hours >> UInt64(start.hour) & 1 == 1 {
      if minutes >> UInt64(start.minute) & 1 == 1 {
        let left = seconds >> UInt64(start.second)
        if left != 0 {
          found.second = start.second + left.trailingZeroBitCount
          return found
        }
      }
      let left = minutes >> UInt64(start.minute + 1)
      if left != 0 {
        found.minute = start.minute + 1 + left.trailingZeroBitCount
        found.second = seconds.trailingZeroBitCount
        return found
      }
    }
    let left = hours >> UInt64(start.hour + 1)
    guard left != 0 else { return nil }
    found.hour = start.hour + 1 + left.trailingZeroBitCount
    found.minute = minutes.trailingZeroBitCount
    found.second = seconds.trailingZeroBitCount
    return found
  }
}
