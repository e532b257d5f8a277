import TestSupport

@testable import EventicleCore

/// A random cron expression with a second, simpler implementation of its meaning, without bit sets.
struct RandomCron {
  let text: String
  /// Whether every hour matches.
  let fitsEveryHour: Bool
  private let minutes: Set<Int>
  private let hours: Set<Int>
  private let months: Set<Int>
  private let isDayFree: Bool
  private let isWeekdayFree: Bool
  private let fitsDay: (CivilTime) -> Bool
  private let fitsWeekday: (CivilTime) -> Bool

  /// Creates a random expression; it matches midnight only unless `timesOfDay` is set.
  init(_ random: inout SeededRandom, timesOfDay: Bool) {
    func field(_ range: ClosedRange<Int>, freeOneIn odds: Int) -> (text: String, values: Set<Int>) {
      if Int.random(in: 0..<odds, using: &random) == 0 { return ("*", Set(range)) }
      let low = Int.random(in: range, using: &random)
      let high = Int.random(in: low...range.upperBound, using: &random)
      let step = Int.random(in: 1...4, using: &random)
      let other = Int.random(in: range, using: &random)
      return (
        "\(low)-\(high)/\(step),\(other)",
        Set(stride(from: low, through: high, by: step)).union([other])
      )
    }
    let minute = timesOfDay ? field(0...59, freeOneIn: 4) : ("0", [0])
    let hour = timesOfDay ? field(0...23, freeOneIn: 2) : ("0", [0])
    let month = field(1...12, freeOneIn: 2)
    let day = field(1...31, freeOneIn: timesOfDay ? 1 : 3)
    let weekday = field(0...6, freeOneIn: timesOfDay ? 1 : 3)
    var dayText = day.text
    var weekdayText = weekday.text
    var days: [(CivilTime) -> Bool] = [{ day.values.contains($0.day) }]
    var weekdays: [(CivilTime) -> Bool] = [{ weekday.values.contains($0.weekday) }]
    if !timesOfDay, dayText != "*" {
      let number = Int.random(in: 1...30, using: &random)
      switch Int.random(in: 0...4, using: &random) {
      case 0:
        dayText = "L-\(number)"
        days = [{ RandomCron.length($0) - $0.day == number }]
      case 1:
        dayText += ",\(number)W"
        days.append { RandomCron.isWorkday($0, near: number) }
      case 2:
        dayText += ",LW,L"
        days.append {
          let length = RandomCron.length($0)
          return $0.day == length || RandomCron.isWorkday($0, near: length)
        }
      default: break
      }
    }
    if !timesOfDay, weekdayText != "*" {
      let number = Int.random(in: 1...7, using: &random)
      let count = Int.random(in: 1...5, using: &random)
      switch Int.random(in: 0...3, using: &random) {
      case 0:
        weekdayText = "\(number)#\(count)"
        weekdays = [{ $0.weekday == number % 7 && ($0.day + 6) / 7 == count }]
      case 1:
        weekdayText += ",\(number)L"
        weekdays.append { $0.weekday == number % 7 && $0.day + 7 > RandomCron.length($0) }
      default: break
      }
    }
    text = "\(minute.0) \(hour.0) \(dayText) \(month.text) \(weekdayText)"
    (minutes, hours, months) = (minute.1, hour.1, month.values)
    fitsEveryHour = hours.count == 24
    (isDayFree, isWeekdayFree) = (dayText == "*", weekdayText == "*")
    fitsDay = { time in days.contains { $0(time) } }
    fitsWeekday = { time in weekdays.contains { $0(time) } }
  }

  /// Whether the expression matches a minute.
  func fits(_ time: CivilTime) -> Bool {
    guard minutes.contains(time.minute), hours.contains(time.hour), months.contains(time.month)
    else { return false }
    if isDayFree { return isWeekdayFree || fitsWeekday(time) }
    return fitsDay(time) || (!isWeekdayFree && fitsWeekday(time))
  }

  private static func length(_ time: CivilTime) -> Int {
    CivilTime.daysInMonth(time.month, year: time.year)
  }

  /// Whether a day is the weekday nearest to a given day of its month.
  private static func isWorkday(_ time: CivilTime, near number: Int) -> Bool {
    guard number <= length(time) else { return false }
    func distance(_ day: Int) -> Int? {
      var other = time
      other.day = day
      return (1...5).contains(other.weekday) ? abs(day - number) : nil
    }
    let nearest = (1...length(time)).filter { distance($0) != nil }
      .min { (distance($0) ?? 99) < (distance($1) ?? 99) }
    return nearest == time.day
  }
}
