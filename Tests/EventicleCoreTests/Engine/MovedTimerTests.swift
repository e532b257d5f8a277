import CoreSupport
import Testing

@testable import EventicleCore

/// Timers of sagas and aggregates that somebody outside calls off or moves.
@Suite struct MovedTimerTests {
  let book = HandlerLog()

  func bench(_ schedule: TimerSchedule = .once(.seconds(10))) throws -> RecordedEngine {
    let book = book
    let saga = Saga("S", streams: ["st"])
      .keyed(by: "id") { $0.domainID.map { .string($0.text) } }
      .startOn("Start") { step, _ in try step.upsertTimer("t", schedule) }
      .on("Busy") { step, _ in step.spend(.seconds(30)) }
      .onTimer("t") { book.note("\(($0.now - .standardStart).brief)") }
    var bench = try RecordedEngine(Domain("test", sagas: [saga]))
    bench.emit(new("Start", of: "a"), to: "st")
    return bench
  }

  let timer = TimerKey(SagaKey("S", "saga-1"), "t")

  @Test func `a timer that is called off never fires, and its instance knows`() throws {
    var bench = try bench()
    let step = bench.perform(.cancelTimer(timer).by(.person))
    #expect(step.entries.map(\.kind) == [.timerCancelled(timer)])
    #expect(step.entries.map(\.isByUser) == [true])
    #expect(step.entries.first?.cause == bench.moments[2].world.timers.next?.armedBy)
    #expect(bench.world.instance("S")?.timers == [])
    bench.pass(.seconds(60))
    #expect(book.lines.isEmpty)
    #expect(bench.perform(.cancelTimer(timer)).problem?.contains("none is") ?? false)
  }

  @Test func `a timer is moved later and earlier`() throws {
    var bench = try bench()
    bench.perform(.moveTimer(timer, to: .standardStart + .seconds(25)))
    bench.pass(.seconds(12))
    #expect(book.lines.isEmpty)
    let step = bench.perform(.moveTimer(timer, to: .standardStart + .seconds(14)))
    #expect(
      step.entries.map(\.kind)
        == [
          .timerArmed(
            timer, due: .standardStart + .seconds(14), .at(.standardStart + .seconds(14)),
            again: true)
        ])
    #expect(bench.world.instance("S")?.timers == ["t"])
    bench.pass(.seconds(60))
    #expect(book.lines == ["14s"])
    #expect(bench.perform(.moveTimer(timer, to: .standardStart)).problem != nil)
  }

  @Test func `one that is moved to where it is does nothing`() throws {
    var bench = try bench()
    #expect(
      bench.perform(.moveTimer(timer, to: .standardStart + .seconds(10))).entries.isEmpty)
  }

  @Test func `one that is moved into the past fires at once, without the clock`() throws {
    let book = book
    let saga = Saga("S", streams: ["st"])
      .startOn("Start") { step, _ in try step.upsertTimer("t", after: .days(9)) }
      .onTimer("t") { book.note("\(($0.now - .standardStart).brief)") }
    let app = try Eventicle(Domain("test", sagas: [saga]))
    try app.eventClient.emit([new("Start")], to: "st")
    try app.advance(by: .seconds(3))
    try app.moveTimer(timer, to: .standardStart)
    #expect(book.lines == ["3s"])
    #expect(app.world.clock == .standardStart + .seconds(3))
  }

  @Test func `a recurring timer is moved once and keeps its schedule`() throws {
    var bench = try bench(.cron(try CronExpression("0 * * * *")))
    bench.perform(.moveTimer(timer, to: .standardStart + .minutes(90)))
    bench.pass(.hours(3))
    #expect(book.lines == ["1h30m", "2h", "3h"])
    bench.perform(.cancelTimer(timer))
    bench.pass(.hours(3))
    #expect(book.lines.count == 3)
  }

  @Test func `a timer that fired and waits for its step can still be called off`() throws {
    var bench = try bench()
    bench.pass(.seconds(5))
    bench.emit(new("Busy", of: "a"), to: "st")
    bench.pass(.seconds(10))
    #expect(bench.world.timers.count == 0 && book.lines.isEmpty)
    let step = bench.perform(.cancelTimer(timer))
    #expect(step.entries.map(\.kind) == [.timerCancelled(timer)])
    bench.pass(.seconds(60))
    #expect(book.lines.isEmpty)
    #expect(bench.perform(.cancelTimer(timer)).problem != nil)
  }
}
