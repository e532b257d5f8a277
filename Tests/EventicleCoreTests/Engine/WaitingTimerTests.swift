import CoreSupport
import Testing

@testable import EventicleCore

/// Timers that fire while their instance is at work, and what its other steps do about them.
@Suite struct WaitingTimerTests {
  private let log = StepLog()
  private let key = TimerKey(SagaKey("S", "saga-1"), "t")

  /// One instance, busy from 50 to 150 ms, with a timer that is due at 100 ms.
  private func bench(_ policy: ErrorPolicy = .park) throws -> RecordedEngine {
    let saga = Saga("S", streams: ["st"]).keyed(by: "id", value: SagaMailboxTests.byID)
      .taking(ConsumerOptions(policy: policy, parallel: 9))
      .startOn("Start") { step, _ in try step.upsertTimer("t", after: .milliseconds(100)) }
      .on("Step") { [log] step, event in log.take(step, event.id.text, busy: .milliseconds(100)) }
      .on("Look") { [log] step, event in log.take(step, event.id.text) }
      .on("Again") { [log] step, event in
        try step.upsertTimer("t", after: .milliseconds(10))
        log.take(step, event.id.text, busy: .milliseconds(100))
      }
      .on("Off") { [log] step, event in
        step.removeTimer("t")
        step.removeTimer("t")
        if log.isFailing { throw Rejection("not off") }
        log.take(step, event.id.text)
      }
      .onTimer("t") { [log] step in
        if log.isFailing { throw Rejection("too early") }
        log.take(step, "timer")
      }
    var bench = try RecordedEngine(Domain("test", sagas: [saga]))
    bench.emit(new("Start", of: "A"), to: "st")
    bench.pass(.milliseconds(50))
    bench.emit(new("Step", "e1", of: "A"), to: "st")
    return bench
  }

  private func outcomes(_ bench: RecordedEngine) -> [String] {
    bench.entries.compactMap { entry in
      switch entry.kind {
      case .timerFired(_, let due, let outcome):
        "\((due - .standardStart).milliseconds) \(outcome)"
      case .timerCancelled: "off"
      default: nil
      }
    }
  }

  private let behind = StepOutcome.ignored("it waits behind other work of saga-1")
  private let calledOff = StepOutcome.ignored("it was armed anew or called off while it waited")

  @Test func `a waiting timer can be cancelled, and the journal names the cause`() throws {
    var bench = try bench()
    bench.emit(new("Off", "e2", of: "A"), to: "st")
    bench.pass(.seconds(1))
    #expect(log.brief == ["e1@50", "e2@150"])
    #expect(outcomes(bench) == ["100 \(behind)", "off", "100 \(calledOff)"])
    let place = try #require(bench.entries.firstIndex { $0.kind == .timerCancelled(key) })
    guard case .delivery(Position(3), _, "saga-1", .handled) = bench.entries[place - 1].kind else {
      Issue.record("the timer was called off by \(bench.entries[place - 1].kind)")
      return
    }
  }

  @Test func `a step that fails cancels no timer`() throws {
    var bench = try bench()
    bench.emit(new("Off", "e2", of: "A"), to: "st")
    log.isFailing = true
    bench.pass(.milliseconds(99))
    #expect(bench.world.parkedCount == 0)
    bench.perform(.moveClock(.standardStart + .milliseconds(150)))
    bench.perform(.deliver)
    #expect(bench.world.parkedCount == 1)
    log.isFailing = false
    bench.settle()
    #expect(log.brief == ["e1@50", "timer@150"])
    #expect(outcomes(bench) == ["100 \(behind)", "100 \(StepOutcome.handled)"])
  }

  @Test func `a rearmed timer takes its own step, not that of the earlier fire`() throws {
    var bench = try bench()
    bench.emit(new("Again", "e2", of: "A"), new("Look", "e3", of: "A"), to: "st")
    bench.pass(.milliseconds(105))
    // It happens before the timer fires for the second time, while the first still waits.
    bench.emit(new("Look", "e4", of: "A"), to: "st")
    bench.pass(.seconds(1))
    #expect(log.brief == ["e1@50", "e2@150", "e3@250", "e4@250", "timer@250"])
    #expect(
      outcomes(bench) == [
        "100 \(behind)", "160 \(behind)", "100 \(calledOff)", "160 \(StepOutcome.handled)",
      ])
    #expect(bench.world.instance("S")?.firing == [])
  }

  @Test func `a retried timer keeps its place before later work`() throws {
    var bench = try bench(.retry(9, after: .minutes(1)))
    log.isFailing = true
    bench.pass(.milliseconds(100))
    #expect(outcomes(bench).count == 2)
    log.isFailing = false
    bench.emit(new("Off", "e2", of: "A"), to: "st")
    bench.pass(.minutes(2))
    #expect(log.brief.first == "e1@50")
    #expect(log.brief.dropFirst() == ["timer@60150", "e2@60150"])
    #expect(bench.world.instance("S")?.firing == [])
  }
}
