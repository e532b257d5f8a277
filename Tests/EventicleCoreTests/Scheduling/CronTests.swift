import TestSupport
import Testing

@testable import EventicleCore

@Suite struct CronTests {
  /// The next instants after 2026-01-01T09:00, which is a Thursday.
  @Test(arguments: [
    ("* * * * *", ["2026-01-01T09:01", "2026-01-01T09:02"]),
    ("*/15 * * * *", ["2026-01-01T09:15", "2026-01-01T09:30"]),
    ("0 4 * * *", ["2026-01-02T04:00", "2026-01-03T04:00"]),
    ("30 9 * * mon-wed", ["2026-01-05T09:30", "2026-01-06T09:30", "2026-01-07T09:30"]),
    ("0 0 29 2 *", ["2028-02-29T00:00", "2032-02-29T00:00"]),
    ("0 12 31 * *", ["2026-01-31T12:00", "2026-03-31T12:00"]),
    ("0 0 13 * 5", ["2026-01-02T00:00", "2026-01-09T00:00", "2026-01-13T00:00"]),
    ("0 0 */10 * 5", ["2026-05-01T00:00", "2026-07-31T00:00"]),
    ("0 0 * * 7", ["2026-01-04T00:00", "2026-01-11T00:00"]),
    ("5,10-12,50/5 8 * jan,DEC ?", ["2026-01-02T08:05", "2026-01-02T08:10", "2026-01-02T08:11"]),
    ("0 22-23 * * *", ["2026-01-01T22:00", "2026-01-01T23:00", "2026-01-02T22:00"]),
    ("@hourly", ["2026-01-01T10:00"]), ("@daily", ["2026-01-02T00:00"]),
    ("@weekly", ["2026-01-04T00:00"]), ("@monthly", ["2026-02-01T00:00"]),
    ("@yearly", ["2027-01-01T00:00"]), ("@annually", ["2027-01-01T00:00"]),
    ("@MIDNIGHT", ["2026-01-02T00:00"]), ("30 0 9 * * *", ["2026-01-01T09:00:30"]),
    ("0 0 L * *", ["2026-01-31T00:00", "2026-02-28T00:00", "2026-03-31T00:00"]),
    ("0 0 L 2 ?", ["2026-02-28T00:00", "2027-02-28T00:00", "2028-02-29T00:00"]),
    ("0 0 l-3,1 * *", ["2026-01-28T00:00", "2026-02-01T00:00", "2026-02-25T00:00"]),
    ("0 0 15W * ?", ["2026-01-15T00:00", "2026-02-16T00:00", "2026-03-16T00:00"]),
    ("0 0 1W 8 ?", ["2026-08-03T00:00", "2027-08-02T00:00", "2028-08-01T00:00"]),
    ("0 0 31W * ?", ["2026-01-30T00:00", "2026-03-31T00:00", "2026-05-29T00:00"]),
    ("0 0 LW * ?", ["2026-01-30T00:00", "2026-02-27T00:00", "2026-03-31T00:00"]),
    ("0 0 ? * 5L", ["2026-01-30T00:00", "2026-02-27T00:00", "2026-03-27T00:00"]),
    ("0 0 ? * friL,7L", ["2026-01-25T00:00", "2026-01-30T00:00", "2026-02-22T00:00"]),
    ("0 0 * * 5#2", ["2026-01-09T00:00", "2026-02-13T00:00", "2026-03-13T00:00"]),
    ("0 0 * * sun#5,mon#1", ["2026-01-05T00:00", "2026-02-02T00:00", "2026-03-02T00:00"]),
    ("0 0 ? 2 2#5", ["2028-02-29T00:00", "2056-02-29T00:00"]),
    ("0\t0\t1 * *", ["2026-02-01T00:00"]),
  ])
  func `an expression matches these instants`(text: String, expected: [String]) throws {
    let cron = try CronExpression(text)
    var now = Instant.standardStart
    for moment in expected {
      now = try #require(cron.next(after: now))
      #expect(now == Instant(parsing: moment), "\(now)")
    }
  }

  @Test(arguments: [
    "", "* * * *", "* * * * * * *", "60 * * * *", "* 24 * * *", "* * 0 * *", "* * 32 * *",
    "* * * 13 *", "* * * 0 *", "* * * * 8", "5-3 * * * *", "*/0 * * * *", "*/x * * * *",
    "1- * * * *",
    "a * * * *", "* * * foo *", "1,,2 * * * *", "1/2/3 * * * *", "-1 * * * *", "@never",
    "? * * * *", "* * * ? *", "* * ?/2 * *", "* * ?,1 * *", "L * * * *", "* * L-31 * *",
    "* * L- * *", "* * W * *", "* * 32W * *", "* * * * L", "* * * * 8L", "* * * * 5#6",
    "* * * * 5#0", "* * * * #2", "* * * * 5#", "* * * * 5#2#1", "+5 * * * *", "1-2-3 * * * *",
    "* * * 5L *", "٥ * * * *", "* * * * 99999999999999999999",
  ])
  func `an invalid expression is refused`(text: String) {
    #expect(throws: CronError.self) { try CronExpression(text) }
  }

  @Test func `an error names the wrong field and what it may hold`() {
    let error = #expect(throws: CronError.self) { try CronExpression("0 25 * * *") }
    #expect(
      error?.description == "The hour of a cron expression is 0 to 23, *, a list, a range "
        + "or a step, but it is \"25\".")
  }

  @Test(arguments: [
    (
      "5-3 * * * *",
      "The range 5-3 of the minute of a cron expression runs backwards; write 3-5, or "
        + "5-59,0-3 to go round the end."
    ),
    (
      "0 0 * * fri-mon",
      "The range fri-mon of the weekday of a cron expression runs backwards; write mon-fri, or "
        + "fri-sat,sun-mon to go round the end."
    ),
    (
      "0 0 * * Fri-Sun",
      "The range Fri-Sun of the weekday of a cron expression runs backwards; write Sun-Fri, or "
        + "Fri-7 to go round the end."
    ),
    (
      "0 0 * nov-feb *",
      "The range nov-feb of the month of a cron expression runs backwards; write feb-nov, or "
        + "nov-dec,jan-feb to go round the end."
    ),
    (
      "@reboot",
      "There is no cron name \"@reboot\"; there are @yearly, @annually, @monthly, @weekly, "
        + "@daily, @midnight, @hourly."
    ),
  ])
  func `an error suggests an expression that is valid`(text: String, sentence: String) throws {
    let error = #expect(throws: CronError.self) { try CronExpression(text) }
    #expect(error?.description == sentence)
    let offer = sentence.split(separator: " or ").last?.split(separator: " ").first
    let broken = text.split(separator: " ").first { $0.contains("-") }
    guard let offer, let broken else { return }
    _ = try CronExpression(
      text.split(separator: " ").map { $0 == broken ? String(offer) : String($0) }
        .joined(separator: " "))
  }

  @Test func `an expression that never matches gives nil`() throws {
    #expect(try CronExpression("0 0 30 2 *").next(after: .standardStart) == nil)
    #expect(try CronExpression("0 0 31 4,6,9,11 *").next(after: .standardStart) == nil)
  }

  @Test func `the next instant is later, even before 1970`() throws {
    let cron = try CronExpression("* * * * * *")
    for (now, next) in [(-1_500, -1_000), (-1_000, 0), (-1, 0), (0, 1_000), (999, 1_000)] {
      let found = cron.next(after: Instant(milliseconds: Int64(now)))
      #expect(found?.milliseconds == Int64(next))
    }
  }

  @Test(arguments: seeds(60))
  func `the next instant is the first matching minute of a naive search`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    func field(_ range: ClosedRange<Int>) -> (String, Set<Int>) {
      if Bool.random(using: &random) { return ("*", Set(range)) }
      let low = Int.random(in: range, using: &random)
      let high = Int.random(in: low...range.upperBound, using: &random)
      let step = Int.random(in: 1...4, using: &random)
      return ("\(low)-\(high)/\(step)", Set(stride(from: low, through: high, by: step)))
    }
    let (minute, minutes) = field(0...59)
    let (hour, hours) = field(0...23)
    let (day, days) = field(1...28)
    let (weekday, weekdays) = field(0...6)
    let cron = try CronExpression("\(minute) \(hour) \(day) * \(weekday)")
    var now = Instant.standardStart + .minutes(Int64.random(in: 0...500_000, using: &random))
    let found = try #require(cron.next(after: now))
    func fits(_ civil: CivilTime) -> Bool {
      let isDay = days.contains(civil.day) || (day == "*")
      let isWeekday = weekdays.contains(civil.weekday)
      let isRight = day != "*" && weekday != "*" ? isDay || isWeekday : isDay && isWeekday
      return isRight && minutes.contains(civil.minute) && hours.contains(civil.hour)
    }
    repeat { now = now + .minutes(1) } while !fits(CivilTime(now)) && now < found
    #expect(found == now)
  }

  @Test(arguments: seeds(80))
  func `the matching days are those of a naive search`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let expression = RandomCron(&random, timesOfDay: false)
    let cron = try CronExpression(expression.text)
    var day = Instant.standardStart + .days(Int64.random(in: -30_000...30_000, using: &random))
    day = Instant(milliseconds: day.milliseconds / 86_400_000 * 86_400_000)
    let end = day + .days(800)
    let found = cron.fires(after: day, upTo: end, limit: 2_000)
    var expected: [Instant] = []
    while day < end {
      day = day + .days(1)
      if expression.fits(CivilTime(day)) { expected.append(day) }
    }
    #expect(found == expected, "\(expression.text)")
  }

  @Test func `several instants at once equal those found one by one`() throws {
    let cron = try CronExpression("0 4 * * *")
    let next = cron.next(after: .standardStart, count: 3)
    #expect(next.map(\.description) == (2...4).map { "2026-01-0\($0)T04:00:00.000Z" })
    let end = try #require(next.last)
    #expect(cron.fires(after: .standardStart, upTo: end, limit: 9) == next)
    #expect(cron.fires(after: .standardStart, upTo: end - .milliseconds(1), limit: 9).count == 2)
    #expect(cron.fires(after: .standardStart, upTo: end, limit: 2).count == 2)
    #expect(cron.fires(after: end, upTo: .standardStart, limit: 2) == [])
    #expect(cron.next(after: .standardStart, count: -1) == [])
    #expect(try CronExpression("0 0 30 2 *").next(after: .standardStart, count: 5) == [])
  }
}
