import EventicleCore
import Testing

@testable import EventicleHost

/// A host's clock and its timers.
@Suite(.timeLimit(.minutes(5))) struct TimeTests {
  private let clock = ManualClock()

  private func host(_ adapters: EventAdapter...) throws -> EventicleHost {
    let domain = Domain(
      "notes", aggregates: [Notes.note], commands: [Notes.write, Notes.remind],
      views: [Notes.count], sagas: [Notes.reminder], adapters: adapters)
    return try EventicleHost(domain, clock: clock, options: Notes.options)
  }

  @Test func `a timer fires by itself when it is due, and not before`() async throws {
    let host = try host()
    try await host.dispatch("Write", ["text": "milk"])
    clock.advance(by: .minutes(5) - .milliseconds(1))
    await host.settle()
    #expect(host.world.log.count == 1)
    clock.advance(by: .milliseconds(1))
    var reminders = host.events(in: "reminders").makeAsyncIterator()
    #expect(await reminders.next()?.type == "NoteDue")
  }

  @Test func `an idle host sets its alarm for the next due time, or clears it`()
    async throws
  {
    let (settings, set) = AsyncStream.makeStream(of: Instant?.self)
    let domain = Notes.domain()
    let host = try EventicleHost(
      domain, clock: WatchedClock(clock: clock, set: set), options: Notes.options)
    // The deadline of a step has an alarm of its own on the same clock.
    let deadline = HostOptions.standard.stepDeadline
    var moments = settings.filter { $0 != clock.now + deadline }.makeAsyncIterator()
    try await host.dispatch("Write", ["text": "milk"])
    #expect(await moments.next() == .standardStart + .minutes(5))
    clock.advance(by: .minutes(5))
    #expect(await moments.next() == .some(nil))
  }

  @Test func `overdue timers fire at their due times, in due order`() async throws {
    let host = try host()
    for text in ["one", "two", "three"] {
      try await host.dispatch("Write", ["text": .string(text)])
      clock.advance(by: .minutes(1))
    }
    clock.advance(by: .minutes(600))
    await host.settle()
    var moments: [Interval] = []
    for await event in host.events(in: "reminders", until: .now) {
      moments.append(event.createdAt - .standardStart)
    }
    #expect(moments == [.minutes(5), .minutes(6), .minutes(7)])
    #expect(host.world.timers.count == 0)
  }

  @Test func `a command after a pause happens at the clock's time`() async throws {
    let host = try host()
    clock.advance(by: .minutes(42))
    try await host.dispatch("Write", ["text": "milk"])
    let event = host.world.log.event(at: Position(1))
    #expect(event?.createdAt == .standardStart + .minutes(42))
  }

  @Test func `a failed delivery is retried when its pause is over`() async throws {
    let host = try host(
      Notes.failing("notes", .retry(2, after: .seconds(10))))
    try await host.dispatch("Write", ["text": "milk"])
    #expect(host.world.parkedCount == 0)
    clock.advance(by: .seconds(10))
    await host.settle()
    #expect(host.world.parkedCount == 0)
    clock.advance(by: .seconds(10))
    await host.settle()
    #expect(host.world.parkedCount == 1)
    #expect(host.world.clock == .standardStart + .seconds(20))
  }

  @Test func `a paused view waits without blocking, and continues when resumed`() async throws {
    let host = try host()
    try await host.perform(.pause("view-Count"))
    try await host.dispatch("Write", ["text": "milk"])
    await host.settle()
    #expect(host.world.recordCount(of: "Count") == 0)
    try await host.perform(.resume("view-Count"))
    #expect(host.world.recordCount(of: "Count") == 1)
  }

  @Test func `effects of an overdue timer never run past the timers due before them`()
    async throws
  {
    let chain = Saga("Chain", streams: ["reminders"])
      .startOn("NoteDue") { step, _ in try step.upsertTimer("again", after: .seconds(30)) }
      .onTimer("again") { step in
        _ = try step.transaction.emit([NewEvent("Chained")], to: "chained")
        step.end()
      }
    let domain = Domain(
      "notes", aggregates: [Notes.note], commands: [Notes.write, Notes.remind],
      sagas: [Notes.reminder, chain])
    let host = try EventicleHost(domain, clock: clock, options: Notes.options)
    try await host.dispatch("Write", ["text": "one"])
    clock.advance(by: .minutes(1))
    try await host.dispatch("Write", ["text": "two"])
    clock.advance(by: .minutes(60))
    await host.settle()
    var moments: [Interval] = []
    for await event in host.events(in: "reminders", "chained", until: .now) {
      moments.append(event.createdAt - .standardStart)
    }
    let half = Interval.seconds(30)
    #expect(moments == [.minutes(5), .minutes(5) + half, .minutes(6), .minutes(6) + half])
  }

  @Test func `the live clock rings at once for a time in the past`() async {
    let (calls, rung) = AsyncStream.makeStream(of: Void.self)
    let alarm = LiveClock().alarm { rung.yield() }
    alarm.set(.standardStart + .years(10_000))
    alarm.set(Instant(milliseconds: 0))
    var iterator = calls.makeAsyncIterator()
    #expect(await iterator.next() != nil)
    withExtendedLifetime(alarm) {}
  }

  @Test func `the manual clock rings once per setting and only goes forward`() {
    let clock = ManualClock(startingAt: .standardStart)
    let calls = CallCounter()
    let alarm = clock.alarm { calls.add() }
    alarm.set(.standardStart + .seconds(10))
    clock.advance(by: .seconds(9))
    #expect(calls.count == 0)
    clock.advance(by: .seconds(1))
    clock.advance(by: .seconds(1))
    #expect(calls.count == 1)
    alarm.set(.standardStart)
    #expect(calls.count == 2, "a moment that has passed calls at once")
    alarm.set(.standardStart + .seconds(60))
    alarm.set(nil)
    clock.advance(by: .minutes(9))
    #expect(calls.count == 2)
    let now = clock.now
    clock.advance(by: .seconds(0) - .seconds(5))
    #expect(clock.now == now)
  }
}

/// A manual clock that reports the times for which its alarm is set.
private struct WatchedClock: HostClock {
  struct Alarm: HostAlarm {
    let alarm: any HostAlarm
    let set: AsyncStream<Instant?>.Continuation

    func set(_ moment: Instant?) {
      alarm.set(moment)
      set.yield(moment)
    }
  }

  let clock: ManualClock
  let set: AsyncStream<Instant?>.Continuation

  var now: Instant { clock.now }

  func alarm(_ ring: @escaping @Sendable () -> Void) -> any HostAlarm {
    Alarm(alarm: clock.alarm(ring), set: set)
  }
}
