import TestSupport
import Testing

@testable import EventicleCore

@Suite struct CronZoneTests {
  static func moments(
    _ text: String, _ zone: String, after start: String, _ count: Int
  ) throws -> [String] {
    let zone = try TimeZoneRule(zone)
    let start = try #require(Instant(parsing: start))
    return try CronExpression(text).next(after: start, count: count, in: zone).map {
      let local = zone.civilTime(at: $0)
      return "\(local.dateText) \(local.clockText) \(zone.offset(at: $0))"
    }
  }

  @Test func `a time of day follows the zone in summer and winter`() throws {
    #expect(
      try Self.moments("0 9 * * *", "Europe/Berlin", after: "2026-03-27T12:00Z", 3) == [
        "2026-03-28 09:00:00 1h", "2026-03-29 09:00:00 2h", "2026-03-30 09:00:00 2h",
      ])
  }

  @Test func `a skipped time fires once, right after the gap`() throws {
    #expect(
      try Self.moments("*/20 2 * * *", "Europe/Berlin", after: "2026-03-28T12:00Z", 3) == [
        "2026-03-29 03:00:00 2h", "2026-03-30 02:00:00 2h", "2026-03-30 02:20:00 2h",
      ])
    #expect(
      try Self.moments("0 0 * * *", "America/Santiago", after: "2026-09-05T12:00Z", 2) == [
        "2026-09-06 01:00:00 -3h", "2026-09-07 00:00:00 -3h",
      ])
  }

  @Test func `a time that occurs twice fires once, the first time`() throws {
    #expect(
      try Self.moments("30 1,2 * * *", "Europe/Berlin", after: "2026-10-24T12:00Z", 3) == [
        "2026-10-25 01:30:00 2h", "2026-10-25 02:30:00 2h", "2026-10-26 01:30:00 1h",
      ])
    // The same from within the repeated hour.
    #expect(
      try Self.moments("30 2,3 * * *", "Europe/Berlin", after: "2026-10-25T01:10Z", 1) == [
        "2026-10-25 03:30:00 1h"
      ])
    #expect(
      try Self.moments("0 2,3 * * *", "Europe/Berlin", after: "2026-10-25T01:59:59Z", 1) == [
        "2026-10-25 03:00:00 1h"
      ])
  }

  @Test func `an expression that matches every hour follows the clock`() throws {
    #expect(
      try Self.moments("30 * * * *", "Europe/Berlin", after: "2026-03-29T00:00Z", 2) == [
        "2026-03-29 01:30:00 1h", "2026-03-29 03:30:00 2h",
      ])
    #expect(
      try Self.moments("15,45 * * * *", "Europe/Berlin", after: "2026-10-25T00:00Z", 5) == [
        "2026-10-25 02:15:00 2h", "2026-10-25 02:45:00 2h", "2026-10-25 02:15:00 1h",
        "2026-10-25 02:45:00 1h", "2026-10-25 03:15:00 1h",
      ])
    #expect(
      try Self.moments("* * 29 2 *", "Pacific/Auckland", after: "2026-02-28T00:00Z", 1) == [
        "2028-02-29 00:00:00 13h"
      ])
  }

  @Test(arguments: seeds(60))
  func `instants are those of a minute by minute search`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let expression = RandomCron(&random, timesOfDay: true)
    let cron = try CronExpression(expression.text)
    let name = TimeZoneTests.samples[
      Int.random(in: 0..<TimeZoneTests.samples.count, using: &random)]
    let zone = try TimeZoneRule(name)
    let year = Instant.standardStart + .days(Int64.random(in: 200...3_000, using: &random))
    let change = zone.lastTransition(upTo: year)?.instant ?? year
    let start = Instant(milliseconds: change.milliseconds / 60_000 * 60_000) - .hours(12)
    var expected: [Instant] = []
    var shown: Set<CivilTime> = []
    var previous = zone.civilTime(at: start)
    for minute in 1...1_440 {
      let moment = start + .minutes(Int64(minute))
      let local = zone.civilTime(at: moment)
      let isNew = shown.insert(local).inserted
      var fits = expression.fits(local) && (isNew || expression.fitsEveryHour)
      if !expression.fitsEveryHour {
        var passed = CivilTime(previous.instant + .minutes(1))
        while passed.instant < local.instant {
          fits = fits || expression.fits(passed)
          passed = CivilTime(passed.instant + .minutes(1))
        }
      }
      if fits { expected.append(moment) }
      previous = local
    }
    let end = start + .minutes(1_440)
    let found = cron.fires(after: start, upTo: end, limit: 2_000, in: zone)
    #expect(found == expected, "\(expression.text) in \(name) from \(start)")
    // The next instant does not depend on where the search starts.
    for _ in 0..<20 {
      let moment = start + .milliseconds(Int64.random(in: 0...80_000_000, using: &random))
      guard let next = expected.first(where: { $0 > moment }) else { continue }
      #expect(cron.next(after: moment, in: zone) == next, "\(expression.text) in \(name)")
    }
  }
}
