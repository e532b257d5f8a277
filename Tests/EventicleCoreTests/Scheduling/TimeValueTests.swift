import TestSupport
import Testing

@testable import EventicleCore

@Suite struct TimeValueTests {
  @Test(
    arguments: [
      (0, "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
      (951_782_400_000, "2000-02-29T00:00:00.000Z"),
      (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
      (1_767_258_000_000, "2026-01-01T09:00:00.000Z"),
      (1_709_164_799_999, "2024-02-28T23:59:59.999Z"),
      (-62_135_596_800_000, "0001-01-01T00:00:00.000Z"),
      (-62_167_219_200_000, "0000-01-01T00:00:00.000Z"),
      (-62_167_219_200_001, "-0001-12-31T23:59:59.999Z"),
      (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
    ] as [(Int64, String)])
  func `an instant is written in ISO 8601`(milliseconds: Int64, text: String) {
    #expect(Instant(milliseconds: milliseconds).description == text)
    if !text.hasPrefix("-") {
      #expect(Instant(parsing: text)?.milliseconds == milliseconds)
    }
  }

  @Test(arguments: seeds(300))
  func `calendar fields and instants convert both ways`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let instant = Instant(
      milliseconds: Int64.random(in: -100_000_000_000_000...300_000_000_000_000, using: &random))
    let civil = CivilTime(instant)
    #expect(civil.instant == instant)
    #expect((1...12).contains(civil.month))
    #expect((1...CivilTime.daysInMonth(civil.month, year: civil.year)).contains(civil.day))
    let tomorrow = CivilTime(instant + .days(1))
    #expect(tomorrow.dayNumber == civil.dayNumber + 1)
    #expect(tomorrow.weekday == (civil.weekday + 1) % 7)
    #expect((0...6).contains(civil.weekday))
  }

  @Test func `the earliest and latest instants can be printed`() {
    for milliseconds in [Int64.min, Int64.min + 1, Int64.max - 1, Int64.max] {
      let instant = Instant(milliseconds: milliseconds)
      #expect(!instant.description.isEmpty)
      _ = try? CronExpression("* * * * *").next(after: instant)
    }
    let end = Instant(milliseconds: Int64.max)
    #expect(end + .seconds(1) == end)
    let start = Instant(milliseconds: Int64.min)
    #expect(start + .seconds(-1) == start)
  }

  @Test func `leap years follow the Gregorian rule`() {
    let days = [2000: 29, 1900: 28, 2024: 29, 2023: 28, 2100: 28, -4: 29, 0: 29]
    for (year, count) in days { #expect(CivilTime.daysInMonth(2, year: year) == count) }
    #expect(CivilTime(.standardStart).weekday == 4)
    #expect(CivilTime(Instant(milliseconds: -1)).weekday == 3)
  }

  @Test(
    arguments: [
      ("2026-01-01", 1_767_225_600_000), ("2026-01-01T09:00", 1_767_258_000_000),
      ("2026-01-01 09:00:00", 1_767_258_000_000), ("2026-01-01T09:00:00Z", 1_767_258_000_000),
      ("2026-01-01T09:00:00.5Z", 1_767_258_000_500),
      ("2026-01-01T09:00:00.123456789Z", 1_767_258_000_123),
      ("2026-01-01T09:00:00.1239999999999999Z", 1_767_258_000_123),
      ("2026-01-01T10:30:00+01:30", 1_767_258_000_000),
      ("2026-01-01T04:00:00-0500", 1_767_258_000_000),
    ] as [(String, Int64)])
  func `instants are read in the usual forms`(text: String, milliseconds: Int64) {
    #expect(Instant(parsing: text)?.milliseconds == milliseconds)
  }

  @Test(arguments: [
    "", "2026", "2026-1-1", "2026-13-01", "2026-02-29", "2026-00-10", "2026-01-00", "2026-01-01T",
    "2026-01-01T24:00", "2026-01-01T09:60", "2026-01-01T09:00:60", "2026-01-01T09:00:00.",
    "2026-01-01T09:00:00.", "2026-01-01T09:00:00Zx", "2026-01-01T09:00:00+1", "x",
    "2026-01-01T09:00:00+24:00", "２026-01-01",
  ])
  func `text that is not an instant gives nil`(text: String) {
    #expect(Instant(parsing: text) == nil)
  }

  @Test(
    arguments: [
      ("5m", 300_000), ("1h30m", 5_400_000), ("250ms", 250), ("1s250ms", 1_250),
      ("2d", 172_800_000),
      ("1w", 604_800_000), ("-30s", -30_000), ("0s", 0),
    ] as [(String, Int64)])
  func `a printed interval reads back as equal`(text: String, milliseconds: Int64) {
    #expect(Interval(parsing: text)?.milliseconds == milliseconds)
    #expect(Interval(milliseconds: milliseconds).description == text)
  }

  @Test(arguments: seeds(200))
  func `any interval reads back`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let interval = Interval(
      milliseconds: Int64.random(in: -1_000_000_000_000...1_000_000_000_000, using: &random))
    #expect(Interval(parsing: interval.description) == interval)
  }

  @Test(
    arguments: [
      ("+5m", 300_000), ("1.5s", 1_500), ("90s", 90_000), ("0.5ms", 1), ("1y", 31_536_000_000),
      ("1y1d", 31_622_400_000), ("-2y", -63_072_000_000),
    ] as [(String, Int64)])
  func `other forms of intervals are read`(text: String, milliseconds: Int64) {
    #expect(Interval(parsing: text)?.milliseconds == milliseconds)
  }

  @Test(arguments: [
    "", "5", "m", "5x", "5 m", "-", "1e3s", "5m3", "99999999999999w", "1.2.3s", "٥m",
  ])
  func `text that is not an interval gives nil`(text: String) {
    #expect(Interval(parsing: text) == nil)
  }

  @Test(
    arguments: [
      (0, "0ms"), (999, "999ms"), (1_000, "1s"), (30_100, "30.1s"), (270_000, "4m30s"),
      (3_600_000, "1h"), (187_200_000, "2d4h"), (-1_500, "-1.5s"),
    ] as [(Int64, String)])
  func `the brief form of an interval has at most two units`(milliseconds: Int64, text: String) {
    #expect(Interval(milliseconds: milliseconds).brief == text)
  }

  @Test func `interval arithmetic never overflows`() {
    #expect(Interval.years(1).description == "52w1d")
    #expect(Interval.years(300) == .days(109_500))
    #expect(Interval.seconds(90) + .minutes(1) == .milliseconds(150_000))
    #expect(Interval.seconds(90) - .minutes(2) == .seconds(-30))
    #expect(-Interval.seconds(90) == .seconds(-90))
    #expect(Interval.seconds(90) * 3 == .seconds(270))
    let (longest, shortest) = (Interval(milliseconds: .max), Interval(milliseconds: .min))
    for make in [Interval.seconds, Interval.minutes, Interval.hours, Interval.days, Interval.years]
    {
      #expect(make(.max) == longest)
      #expect(make(.min) == shortest)
    }
    #expect(longest + .seconds(1) == longest)
    #expect(shortest - .seconds(1) == shortest)
    #expect(-shortest == longest)
    #expect(longest * -2 == shortest)
    #expect(shortest * -1 == longest)
    let (end, start) = (Instant(milliseconds: .max), Instant(milliseconds: .min))
    #expect(start - .seconds(1) == start)
    #expect(end - .seconds(-1) == end)
    #expect(end - start == longest)
    #expect(start - end == shortest)
    #expect(Instant.standardStart - .hours(9) == Instant(parsing: "2026-01-01"))
    var civil = CivilTime(end)
    civil.year += 1
    #expect(civil.instant == end)
  }
}
