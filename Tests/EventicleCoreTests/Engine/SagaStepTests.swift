import CoreSupport
import Testing

@testable import EventicleCore

/// What a saga's step does in a part that is taken back.
@Suite struct SagaStepTests {
  @Test func `a timer armed in a rolled-back part is not listed`() throws {
    let saga = Saga("S", streams: ["s"]).startOn("Start") { step, _ in
      try? step.transaction.nested { _ in
        try step.upsertTimer("t", after: .seconds(5))
        throw Rejection("no")
      }
    }
    .onTimer("t") { _ in }
    var bench = try RecordedEngine(Domain("test", sagas: [saga]))
    bench.emit(new("Start"), to: "s")
    #expect(bench.world.timers.count == 0)
    #expect(bench.world.instance("S")?.timers == [])
  }

  @Test func `a timer whose removal was rolled back ends with its instance`() throws {
    let saga = Saga("S", streams: ["s"])
      .keyed(by: "id") { .string($0.key) }
      .startOn("Start") { step, _ in try step.upsertTimer("t", after: .seconds(5)) }
      .on("Stop") { step, _ in
        try? step.transaction.nested { _ in
          step.removeTimer("t")
          throw Rejection("no")
        }
        step.end()
      }
      .onTimer("t") { _ in }
    var bench = try RecordedEngine(Domain("test", sagas: [saga]))
    bench.emit(new("Start", of: "a"), to: "s")
    bench.emit(new("Stop", of: "a"), to: "s")
    #expect(bench.world.sagas.count(of: "S") == 0)
    #expect(bench.world.timers.count == 0)
  }

  @Test func `a refused command inside a step disarms its timers`() throws {
    // The step is handed to nobody, but a helper that arms and dispatches in one part is usual.
    let refuse = Command("Refuse", stream: "s") { _, _ in throw Rejection("no") }
    let saga = Saga("S", streams: ["s"])
      .keyed(by: "id") { .string($0.key) }
      .startOn("Start") { step, _ in
        try? step.transaction.nested { _ in
          step["tried"] = true
          try step.upsertTimer("retry", after: .seconds(5))
          try step.dispatch("Refuse")
        }
      }
      .onTimer("retry") { _ in }
    var bench = try RecordedEngine(Domain("test", commands: [refuse], sagas: [saga]))
    bench.emit(new("Start", of: "a"), to: "s")
    let instance = try #require(bench.world.instance("S"))
    #expect(
      instance.timers.allSatisfy { bench.world.timers.timer(TimerKey(instance.key, $0)) != nil })
  }
}
