import CoreSupport
import Testing

@testable import EventicleCore

@Suite struct TimerTests {
  static let key = SagaKey("S", "saga-1")

  /// A saga that does so when it starts, and something when each timer fires.
  static func bench(
    start: @escaping Saga.TimerStep, _ timers: [(String, Saga.TimerStep)],
    onError: @escaping Saga.ErrorStep = { _, _ in }
  ) throws -> RecordedEngine {
    var saga = Saga("S", streams: ["st"]).startOn("Start") { step, _ in try start(step) }
      .onError(do: onError)
    for (name, body) in timers { saga = saga.onTimer(name, do: body) }
    var bench = try RecordedEngine(Domain("test", sagas: [saga]))
    bench.emit(new("Start"), to: "st")
    return bench
  }

  static func timers(_ bench: RecordedEngine) -> [String] {
    (0..<bench.world.timers.count).compactMap { bench.world.timers.timer(at: $0) }
      .map { "\($0.key.name) \($0.due - .standardStart)" }
  }

  @Test func `a cron runs until a one-shot timer cancels it`() throws {
    var bench = try Self.bench(
      start: { step in
        try step.upsertTimer("reminder", cron: "* * * * * *")
        try step.upsertTimer("timeout", after: .milliseconds(2_950))
      },
      [
        ("reminder", { step in step["count"] = .int((step["count"].integer ?? 0) + 1) }),
        (
          "timeout",
          { step in
            step["fired"] = true
            step.removeTimer("reminder")
          }
        ),
      ])
    bench.pass(.milliseconds(100))
    #expect(bench.world.instance("S")?.timers == ["reminder", "timeout"])
    bench.pass(.milliseconds(5_900))
    #expect(bench.world.instance("S")?.data == ["count": 2, "fired": true])
    #expect(bench.world.instance("S")?.timers == [])
    #expect(bench.world.timers.count == 0)
    #expect(bench.world.clock == .standardStart + .seconds(6))
  }

  @Test func `a timer rearms itself from its handler`() throws {
    var bench = try Self.bench(
      start: { try $0.upsertTimer("t", after: .milliseconds(100)) },
      [
        (
          "t",
          { step in
            let count = (step["count"].integer ?? 0) + 1
            step["count"] = .int(count)
            if count < 3 { try step.upsertTimer("t", after: .milliseconds(100)) }
          }
        )
      ])
    bench.pass(.milliseconds(250))
    #expect(bench.world.instance("S")?.data == ["count": 2])
    #expect(bench.world.instance("S")?.timers == ["t"])
    bench.pass(.milliseconds(750))
    #expect(bench.world.instance("S")?.data == ["count": 3])
    #expect(bench.world.instance("S")?.timers == [])
  }

  @Test func `a timer that fails is reported, parked and disarmed`() throws {
    let book = HandlerLog()
    var bench = try Self.bench(
      start: { try $0.upsertTimer("t", after: .seconds(1)) },
      [
        (
          "t",
          { step in
            step["n"] = 1
            throw Rejection("tfail")
          }
        )
      ], onError: { failure, _ in book.note("\(failure.timer ?? "") \(failure.reason)") })
    bench.pass(.seconds(2))
    #expect(book.lines == ["t tfail"])
    #expect(bench.world.instance("S")?.timers == [])
    #expect(bench.world.instance("S")?.data == [:])
    #expect(bench.world.timers.count == 0)
    #expect(
      bench.world.parked.map(\.work) == [
        .timer(TimerKey(Self.key, "t"), due: .standardStart + .seconds(1))
      ])
    #expect(bench.world.parked.map(\.reason) == ["tfail"])
    #expect(bench.world.clock == .standardStart + .seconds(2))
  }

  @Test func `a cron that fails stays armed for the next time`() throws {
    var bench = try Self.bench(
      start: { try $0.upsertTimer("t", cron: "* * * * *") }, [("t", { _ in throw Rejection("no") })]
    )
    bench.pass(.minutes(2))
    #expect(bench.world.parkedCount == 2)
    #expect(bench.world.instance("S")?.timers == ["t"])
    #expect(Self.timers(bench) == ["t 3m"])
  }

  @Test func `the last change to a timer wins`() throws {
    var bench = try Self.bench(
      start: { step in
        step.removeTimer("t")
        try step.upsertTimer("t", after: .seconds(9))
        step.removeTimer("u")
        try step.upsertTimer("u", after: .seconds(1))
        step.removeTimer("u")
      }, [("t", { _ in }), ("u", { _ in })])
    #expect(Self.timers(bench) == ["t 9s"])
    #expect(bench.world.instance("S")?.timers == ["t"])
    bench.pass(.seconds(9))
    #expect(Self.timers(bench) == [])
  }

  @Test func `arming again replaces the timer, its kind and its time`() throws {
    let bench = try Self.bench(
      start: { step in
        try step.upsertTimer("t", after: .seconds(1))
        try step.upsertTimer("t", cron: "0 10 * * *")
        try step.upsertTimer("u", cron: "0 10 * * *")
        try step.upsertTimer("u", after: .seconds(5))
      }, [("t", { _ in }), ("u", { _ in })])
    #expect(Self.timers(bench) == ["u 5s", "t 1h"])
    #expect(bench.world.instance("S")?.timers == ["t", "u"])
  }

  @Test func `timers fire in order of due time, then of arming`() throws {
    let book = HandlerLog()
    let names = ["c", "a", "d", "b"]
    var bench = try Self.bench(
      start: { step in
        try step.upsertTimer("c", after: .seconds(2))
        try step.upsertTimer("a", after: .seconds(2))
        try step.upsertTimer("d", after: .seconds(1))
        try step.upsertTimer("b", after: .seconds(2))
        try step.upsertTimer("c", after: .seconds(2))
      },
      names.map { name in (name, { step in book.note("\(name) \(step.now - .standardStart)") }) })
    bench.pass(.seconds(5))
    #expect(book.lines == ["d 1s", "a 2s", "b 2s", "c 2s"])
  }

  @Test func `a timer without a handler cannot be armed`() throws {
    let bench = try Self.bench(start: { try $0.upsertTimer("nobody", after: .seconds(1)) }, [])
    #expect(
      bench.world.parked.map(\.reason) == [
        "S has no handler for the timer \"nobody\"; declare it with onTimer first."
      ])
    #expect(bench.world.sagas.count(of: "S") == 0)
  }

  @Test func `a cron that never falls due cannot be armed`() throws {
    let bench = try Self.bench(
      start: { try $0.upsertTimer("t", cron: "0 0 30 2 *") }, [("t", { _ in })])
    #expect(
      bench.world.parked.map(\.reason) == [
        "The cron expression 0 0 30 2 * never comes due."
      ])
  }

  @Test func `a timer may be armed years ahead`() throws {
    var bench = try Self.bench(
      start: { try $0.upsertTimer("t", after: .days(36_525)) }, [("t", { $0["fired"] = true })])
    bench.pass(.days(36_524))
    #expect(bench.world.instance("S")?.data == [:])
    bench.pass(.days(1))
    #expect(bench.world.instance("S")?.data == ["fired": true])
  }

  @Test func `an instance that ends removes its timers`() throws {
    let bench = try Self.bench(
      start: { step in
        try step.upsertTimer("t", after: .seconds(1))
        step.end(keepingData: true)
      }, [("t", { _ in })])
    #expect(bench.world.timers.count == 0)
    #expect(bench.world.instance("S")?.timers == [])
  }

  @Test func `firing moves the clock to the due time, never back`() throws {
    var bench = try Self.bench(
      start: { try $0.upsertTimer("t", after: .seconds(5)) }, [("t", { _ in })])
    let key = TimerKey(Self.key, "t")
    var late = bench
    late.perform(.moveClock(.standardStart + .seconds(60)))
    late.perform(.fire(key))
    #expect(late.world.clock == .standardStart + .seconds(60))
    bench.perform(.fire(key))
    #expect(bench.world.clock == .standardStart + .seconds(5))
    #expect(bench.perform(.fire(key)).problem?.contains("no timer S/saga-1/t armed") == true)
    #expect(
      bench.perform(.moveClock(.standardStart)).problem?.contains("goes forward only") == true)
    #expect(bench.world.clock == .standardStart + .seconds(5))
  }

  @Test func `Eventicle fires due timers while the clock moves, even if one fails`() throws {
    let saga = Saga("S", streams: ["st"])
      .startOn("Start") { step, _ in
        try step.upsertTimer("bad", after: .seconds(1))
        try step.upsertTimer("good", after: .seconds(2))
      }
      .onTimer("bad") { _ in throw Rejection("no") }
      .onTimer("good") { $0["fired"] = true }
    let app = try Eventicle(Domain("test", sagas: [saga]))
    try app.eventClient.emit([new("Start")], to: "st")
    try? app.advance(by: .seconds(10))
    #expect(app.world.instance("S")?.data == ["fired": true])
    #expect(app.world.clock == .standardStart + .seconds(10))
    #expect(app.world.parked.map(\.reason) == ["no"])
  }
}
