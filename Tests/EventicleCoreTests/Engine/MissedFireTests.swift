import CoreSupport
import Testing

@testable import EventicleCore

@Suite struct MissedFireTests {
  static let key = TimerKey(SagaKey("S", "saga-1"), "t")

  /// A saga with an hourly timer that writes its moments down.
  static func bench(
    _ book: HandlerLog, cron: String = "0 * * * *", in zone: TimeZoneRule = .utc,
    missed: MissedFires
  ) throws -> RecordedEngine {
    let saga = Saga("S", streams: ["st"])
      .startOn("Start") { step, _ in
        try step.upsertTimer("t", cron: cron, in: zone, missed: missed)
      }
      .onTimer("t") { step in book.note("\(step.now)") }
      .on("Extend", matching: "k", value: { _ in .null }) { _, _ in }
    var bench = try RecordedEngine(Domain("test", sagas: [saga]))
    bench.emit(new("Start"), to: "st")
    return bench
  }

  /// The moments for which the timer fired or was left out, as the journal has them.
  static func fires(_ bench: RecordedEngine) -> [(due: Instant, outcome: StepOutcome)] {
    bench.entries.compactMap {
      if case .timerFired(_, let due, let outcome) = $0.kind { (due, outcome) } else { nil }
    }
  }

  static let hour = Instant.standardStart

  @Test func `once: one fire replaces all missed ones`() throws {
    var bench = try Self.bench(HandlerLog(), missed: .once)
    bench.perform(.moveClock(Self.hour + .minutes(210)))
    bench.pass(.minutes(40))
    #expect(
      Self.fires(bench).map(\.due) == [Self.hour + .minutes(60), Self.hour + .minutes(240)])
    #expect(bench.world.timers.timer(Self.key)?.due == Self.hour + .minutes(300))
  }

  @Test func `skip: missed fires are skipped and journaled`() throws {
    let book = HandlerLog()
    var bench = try Self.bench(book, missed: .skip)
    bench.perform(.moveClock(Self.hour + .minutes(210)))
    bench.pass(.minutes(40))
    #expect(book.lines == ["\(Self.hour + .minutes(240))"])
    #expect(
      Self.fires(bench).map(\.outcome) == [
        .ignored("it was missed, and what is missed is left out"), .handled,
      ])
  }

  @Test func `all: every missed fire is made up for, in order`() throws {
    let book = HandlerLog()
    var bench = try Self.bench(book, missed: .all)
    bench.perform(.moveClock(Self.hour + .minutes(210)))
    bench.pass(.minutes(40))
    #expect(Self.fires(bench).map(\.due) == [60, 120, 180, 240].map { Self.hour + .minutes($0) })
    #expect(book.lines.count == 4)
    #expect(bench.world.clock == Self.hour + .minutes(250))
  }

  @Test(arguments: MissedFires.allCases)
  func `a one-shot timer always fires, however late`(missed: MissedFires) throws {
    let saga = Saga("S", streams: ["st"])
      .startOn("Start") {
        try $0.upsertTimer("t", .once(.seconds(5)), missed: missed)
        _ = $1
      }
      .onTimer("t") { $0["fired"] = true }
    var bench = try RecordedEngine(Domain("test", sagas: [saga]))
    bench.emit(new("Start"), to: "st")
    bench.perform(.moveClock(.standardStart + .days(3)))
    bench.pass(.seconds(1))
    #expect(bench.world.instance("S")?.data == ["fired": true])
  }

  @Test func `going back and forth in time keeps the missed fires`() throws {
    for missed in MissedFires.allCases {
      var bench = try Self.bench(HandlerLog(), missed: missed)
      bench.perform(.moveClock(Self.hour + .minutes(210)))
      bench.pass(.minutes(40))
      for moment in bench.moments {
        let travelled = bench.timeline.world(after: moment.last)
        #expect(bench.fingerprint(travelled).difference(from: moment.fingerprint) == nil)
      }
    }
  }

  @Test func `a cron follows the clock of its zone, and lists its next fires`() throws {
    let zone = try TimeZoneRule("Europe/Berlin")
    let book = HandlerLog()
    var bench = try Self.bench(book, cron: "30 9 * * *", in: zone, missed: .once)
    let timer = try #require(bench.world.timers.timer(Self.key))
    #expect(
      timer.nextFires(3).map(\.description) == [
        "2026-01-02T08:30:00.000Z", "2026-01-03T08:30:00.000Z", "2026-01-04T08:30:00.000Z",
      ])
    #expect(timer.nextFires(0) == [])
    let summer = timer.nextFires(120).last
    #expect(summer?.description == "2026-05-01T07:30:00.000Z")
    bench.pass(.days(2))
    #expect(book.lines == ["2026-01-02T08:30:00.000Z", "2026-01-03T08:30:00.000Z"])
  }

  @Test func `a one-shot timer has one next fire`() {
    let schedule = TimerSchedule.once(.seconds(5))
    #expect(schedule.nextFires(4, from: Self.hour) == [Self.hour])
  }

  @Test func `an armed timer is extended from its due time, an unarmed one is not`() throws {
    let book = HandlerLog()
    let saga = Saga("S", streams: ["st"]).keyed(by: "id") { _ in "x" }
      .startOn("Start") { step, _ in
        try step.upsertTimer("once", after: .seconds(10))
        try step.upsertTimer("often", cron: "* * * * *")
      }
      .on("Extend") { step, _ in
        book.note("\(try step.extendTimer("once", by: .seconds(5)) - .standardStart)")
        book.note("\(step.due("once").map { $0 - .standardStart } ?? .milliseconds(0))")
        for name in ["often", "never"] {
          do { try step.extendTimer(name, by: .seconds(1)) } catch { book.note("\(error)") }
        }
      }
      .onTimer("once") { step in book.note("fired \(step.now - .standardStart)") }
      .onTimer("often") { _ in }
    var bench = try RecordedEngine(Domain("test", sagas: [saga]))
    bench.emit(new("Start"), to: "st")
    bench.pass(.seconds(8))
    bench.emit(new("Extend"), to: "st")
    bench.pass(.seconds(20))
    #expect(book.lines.count == 5)
    #expect(book.lines.first == "15s" && book.lines[1] == "15s" && book.lines.last == "fired 15s")
    #expect(book.lines[2].contains("\"often\" is not") && book.lines[3].contains("\"never\""))
    #expect(bench.world.instance("S")?.timers == ["often"])
  }
}
