/// A day of the year and a time of day, as POSIX writes the clock changes of a time zone.
struct YearlyChange: Hashable, Sendable {
  /// How the day is found in a given year.
  enum Day: Hashable, Sendable {
    /// `M3.5.0`: the n-th weekday of a month, 5 for the last.
    case weekday(Int, week: Int, month: Int)
    /// `J60`: 1 to 365, where 29 February is never counted.
    case withoutLeapDay(Int)
    /// `59`: 0 to 365, where 29 February counts.
    case fromZero(Int)
  }

  let day: Day
  /// Seconds after the start of that day, by the clock until the change; may exceed the day.
  let second: Int

  /// The change in a given year, in seconds since 1970-01-01T00:00 by the clock until the change.
  func localSeconds(in year: Int) -> Int { dayNumber(in: year) * 86_400 + second }

  private func dayNumber(in year: Int) -> Int {
    switch day {
    case .weekday(let weekday, let week, let month):
      let first = CivilTime.days(year: year, month: month, day: 1)
      let firstWeekday = ((first % 7) + 11) % 7
      let offset = (weekday - firstWeekday + 7) % 7 + (week - 1) * 7
      let length = CivilTime.daysInMonth(month, year: year)
      return first + (offset < length ? offset : offset - 7)
    case .withoutLeapDay(let day):
      let isAfterLeapDay = day >= 60 && CivilTime.daysInMonth(2, year: year) == 29
      return CivilTime.days(year: year, month: 1, day: 1) + day - (isAfterLeapDay ? 0 : 1)
    case .fromZero(let day): return CivilTime.days(year: year, month: 1, day: 1) + day
    }
  }
}

/// Reads the parts of a POSIX time zone text from its front.
struct PosixZoneReader {
  private var rest: Substring.UTF8View

  init(_ text: String) { rest = Substring(text).utf8 }

  var isAtEnd: Bool { rest.isEmpty }

  /// Consumes a character if it comes next; returns whether it did.
  mutating func take(_ mark: Unicode.Scalar) -> Bool {
    guard rest.first == UInt8(truncatingIfNeeded: mark.value) else { return false }
    rest = rest.dropFirst()
    return true
  }

  var isAtComma: Bool { rest.first == 0x2C }

  /// Consumes three letters or more, or letters, digits and signs between `<` and `>`.
  mutating func name() -> String? {
    let isQuoted = take("<")
    let letters = rest.prefix { byte in
      (0x61...0x7A).contains(byte | 0x20)
        || (isQuoted && ((0x30...0x39).contains(byte) || byte == 0x2B || byte == 0x2D))
    }
    rest = rest.dropFirst(letters.count)
    guard letters.count >= 3, !isQuoted || take(">") else { return nil }
    return String(Substring(letters))
  }

  /// Consumes a number of at most three digits in a range.
  mutating func number(in range: ClosedRange<Int>) -> Int? {
    let digits = rest.prefix { (0x30...0x39).contains($0) }
    guard (1...3).contains(digits.count) else { return nil }
    rest = rest.dropFirst(digits.count)
    let value = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    return range.contains(value) ? value : nil
  }

  /// Consumes `[+-]h[h][h][:mm[:ss]]`, in seconds.
  mutating func time(hours: Int) -> Int? {
    let isNegative = take("-")
    if !isNegative { _ = take("+") }
    guard var seconds = number(in: 0...hours).map({ $0 * 3_600 }) else { return nil }
    for size in [60, 1] where take(":") {
      guard let part = number(in: 0...59) else { return nil }
      seconds += part * size
    }
    return isNegative ? -seconds : seconds
  }

  /// Consumes `,M3.5.0/2`, `,J60` or `,59`; the time defaults to 02:00.
  mutating func change() -> YearlyChange? {
    guard take(","), let day = day() else { return nil }
    guard take("/") else { return YearlyChange(day: day, second: 7_200) }
    return time(hours: 167).map { YearlyChange(day: day, second: $0) }
  }

  private mutating func day() -> YearlyChange.Day? {
    if take("J") { return number(in: 1...365).map { .withoutLeapDay($0) } }
    guard take("M") else { return number(in: 0...365).map { .fromZero($0) } }
    guard let month = number(in: 1...12), take("."), let week = number(in: 1...5), take("."),
      let weekday = number(in: 0...6)
    else { return nil }
    return .weekday(weekday, week: week, month: month)
  }
}
