/// The day field: days of the month, days counted from its end and nearest weekdays.
struct CronDays: Sendable {
  let isRestricted: Bool
  private let plain: UInt64
  /// Bit n is n days before the last day.
  private let fromEnd: UInt64
  /// Bit n is the weekday nearest to day n.
  private let nearest: UInt64
  private let hasLastWeekday: Bool

  init(_ text: String) throws(CronError) {
    var (plain, fromEnd, nearest, hasLastWeekday) = (UInt64(0), UInt64(0), UInt64(0), false)
    let field = CronField.day
    for part in text.uppercased().split(separator: ",", omittingEmptySubsequences: false) {
      if part == "LW" {
        hasLastWeekday = true
      } else if part == "L" {
        fromEnd |= 1
      } else if part.hasPrefix("L-") {
        guard let days = CronField.number(part.dropFirst(2)), days <= 30 else {
          throw field.failure(text)
        }
        fromEnd |= 1 << UInt64(days)
      } else if part.hasSuffix("W") {
        guard let day = field.value(part.dropLast()) else { throw field.failure(text) }
        nearest |= 1 << UInt64(day)
      } else {
        plain |= try field.bits(of: part, in: text)
      }
    }
    (self.plain, self.fromEnd, self.nearest, self.hasLastWeekday) =
      (plain, fromEnd, nearest, hasLastWeekday)
    isRestricted = !text.hasPrefix("*") && text != "?"
  }

  /// The matching days of a month by its length and its first weekday.
  func bits(_ length: Int, from weekday: Int) -> UInt64 {
    var bits = plain
    var left = fromEnd
    while left != 0 {
      let day = length - left.trailingZeroBitCount
      if day >= 1 { bits |= 1 << UInt64(day) }
      left &= left - 1
    }
    left = nearest
    while left != 0 {
      let day = left.trailingZeroBitCount
      if day <= length { bits |= 1 << UInt64(workday(near: day, length, weekday)) }
      left &= left - 1
    }
    if hasLastWeekday { bits |= 1 << UInt64(workday(near: length, length, weekday)) }
    return bits & (1 << UInt64(length + 1) - 1)
  }

  /// The day from Monday to Friday nearest to a day, within the month.
  private func workday(near day: Int, _ length: Int, _ weekday: Int) -> Int {
    switch (weekday + day - 1) % 7 {
    case 6: day == 1 ? 3 : day - 1
    case 0: day == length ? day - 2 : day + 1
    default: day
    }
  }
}

/// The weekday field: weekdays, the n-th one of a month and the last one of a month.
struct CronWeekdays: Sendable {
  let isRestricted: Bool
  private let plain: UInt64
  /// Weekdays that match when they are the last of the month.
  private let last: UInt64
  /// Weekdays that match as the first, second … fifth of the month, seven bits each.
  private let counted: UInt64

  init(_ text: String) throws(CronError) {
    var (plain, last, counted) = (UInt64(0), UInt64(0), UInt64(0))
    let field = CronField.weekday
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let pieces = part.split(separator: "#", omittingEmptySubsequences: false)
      if pieces.count > 1 {
        guard pieces.count == 2, let weekday = field.value(pieces[0]),
          let count = CronField.number(pieces[1]), (1...5).contains(count)
        else { throw field.failure(text) }
        counted |= 1 << UInt64((count - 1) * 7 + weekday % 7)
      } else if part.last == "L" || part.last == "l" {
        guard let weekday = field.value(part.dropLast()) else { throw field.failure(text) }
        last |= 1 << UInt64(weekday % 7)
      } else {
        let bits = try field.bits(of: part, in: text)
        plain |= (bits | bits >> 7) & 0x7F
      }
    }
    (self.plain, self.last, self.counted) = (plain, last, counted)
    isRestricted = !text.hasPrefix("*") && text != "?"
  }

  /// The matching days of a month by its length and its first weekday.
  func bits(_ length: Int, from weekday: Int) -> UInt64 {
    let week = CronWeekdays.turn(plain, weekday)
    var days = week | week << 7 | week << 14 | week << 21 | week << 28
    if counted != 0 {
      for count in 0..<5 {
        let those = counted >> UInt64(count * 7) & 0x7F
        days |= CronWeekdays.turn(those, weekday) << UInt64(count * 7)
      }
    }
    if last != 0 {
      days |= CronWeekdays.turn(last, (weekday + length) % 7) << UInt64(length - 7)
    }
    return (days << 1) & (1 << UInt64(length + 1) - 1)
  }

  /// Rotates the bits of weekdays so that bit 0 is the weekday of the 1st.
  private static func turn(_ weekdays: UInt64, _ first: Int) -> UInt64 {
    (weekdays >> UInt64(first) | weekdays << UInt64(7 - first)) & 0x7F
  }
}
