import CoreSupport
import TestSupport
import Testing

@testable import EventicleCore

@Suite struct TimerScheduleTests {
  static let start = Instant.standardStart

  static func hourly() throws -> TimerSchedule { .cron(try CronExpression("@hourly")) }

  @Test func `a schedule describes when it fires`() throws {
    let cron = try CronExpression("0 4 * * *")
    #expect(TimerSchedule.once(.minutes(5)).description == "5m")
    #expect(TimerSchedule.at(Self.start).description == "at 2026-01-01T09:00:00.000Z")
    #expect(TimerSchedule.cron(cron).description == "cron 0 4 * * *")
    let berlin = try TimeZoneRule("Europe/Berlin")
    #expect(TimerSchedule.cron(cron, in: berlin).description == "cron 0 4 * * * Europe/Berlin")
    #expect(TimerSchedule.cron(cron, in: berlin).brief == "0 4 * * * Europe/Berlin")
    #expect(TimerSchedule.cron(cron) != TimerSchedule.cron(cron, in: berlin))
  }

  @Test func `a schedule computes when it is due and due again`() throws {
    #expect(TimerSchedule.once(.days(40)).due(armedAt: Self.start) == Self.start + .days(40))
    #expect(TimerSchedule.once(.seconds(1)).due(afterFiring: Self.start) == nil)
    #expect(TimerSchedule.at(Self.start).due(armedAt: Self.start + .days(1)) == Self.start)
    let hourly = try Self.hourly()
    #expect(hourly.due(armedAt: Self.start) == Self.start + .hours(1))
    #expect(hourly.due(afterFiring: Self.start + .hours(1)) == Self.start + .hours(2))
    let never = TimerSchedule.cron(try CronExpression("0 0 30 2 *"))
    #expect(never.due(armedAt: Self.start) == nil)
  }

  @Test func `a schedule may be an instant or follow a zone`() throws {
    let book = HandlerLog()
    var saga = Saga("S", streams: ["st"]).startOn("Start") { step, _ in
      try step.upsertTimer("moment", at: Self.start + .hours(2))
      try step.upsertTimer("past", at: Self.start - .hours(2))
      try step.upsertTimer("daily", cron: "0 9 * * *", in: TimeZoneRule("America/New_York"))
    }
    for name in ["moment", "past", "daily"] {
      saga = saga.onTimer(name) { step in book.note("\(name) \(step.now - Self.start)") }
    }
    var bench = try RecordedEngine(Domain("test", sagas: [saga]))
    bench.emit(new("Start"), to: "st")
    bench.pass(.hours(30))
    #expect(book.lines == ["past 0s", "moment 2h", "daily 5h", "daily 1d5h"])
    #expect(bench.world.timers.count == 1)
  }

  @Test func `an overdue timer that fires once still fires`() {
    let schedule = TimerSchedule.once(.minutes(5))
    for policy in MissedFires.allCases {
      let plan = policy.plan(
        for: schedule, due: Self.start, now: Self.start + .days(9), limit: 100)
      #expect(plan == .init(fires: [Self.start], next: nil))
    }
  }

  @Test func `missed fires are handled as the policy says`() throws {
    let hourly = try Self.hourly()
    let due = Self.start + .hours(1)
    let now = Self.start + .minutes(210)
    func plan(_ policy: MissedFires, _ now: Instant, _ limit: Int = 100) -> MissedFires.Plan {
      policy.plan(for: hourly, due: due, now: now, limit: limit)
    }
    let next = Self.start + .hours(4)
    #expect(plan(.once, now) == .init(fires: [due], next: next))
    #expect(plan(.skip, now) == .init(fires: [], next: next))
    let all = [1, 2, 3].map { Self.start + .hours($0) }
    #expect(plan(.all, now) == .init(fires: all, next: next))
    #expect(plan(.all, now, 2) == .init(fires: [all[0], all[1]], next: all[2]))
    #expect(plan(.all, now, 0) == .init(fires: [all[0]], next: all[1]))
    for policy in MissedFires.allCases {
      #expect(plan(policy, due) == .init(fires: [due], next: all[1]))
      #expect(plan(policy, Self.start) == .init(fires: [], next: due))
      #expect(policy.meaning.hasPrefix("A recurring timer that was missed "))
      #expect(MissedFires(rawValue: policy.description) == policy)
    }
    #expect(plan(.skip, all[2]) == .init(fires: [all[2]], next: next))
  }
}
