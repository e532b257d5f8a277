import EventicleSamples
import TestSupport
import Testing

@testable import EventicleCore

@Suite struct RecordedInputTests {
  /// Expects that the recorded inputs, performed again, give the same steps.
  static func expectSameSteps(_ bench: RecordedEngine, seed: UInt64 = 1) throws {
    let result = bench.timeline.verify(with: try Engine(bench.engine.domain, seed: seed))
    #expect(result.difference == nil, "\(result.difference?.sentence ?? "")")
    #expect(result.same > 0 && result.skipped == [])
  }

  @Test(arguments: seeds(60))
  func `recorded inputs performed again give the same steps`(seed: UInt64) throws {
    let bench = try RecordedEngine.random(seed: seed, count: 20)
    try Self.expectSameSteps(bench, seed: seed)
  }

  @Test func `what an input needs beyond its entries is kept with it`() throws {
    var bench = try RecordedEngine(.shop)
    var event = NewEvent("Noted", "n-1", data: ["a": 1], id: "mine")
    event.source = "elsewhere"
    bench.perform(.emit([event], to: "notes").by(.person))
    bench.perform(
      .dispatch(
        CommandIntent(
          "PlaceOrder", ["customer": "c-1", "total": 5], workspace: "acme", idempotencyKey: "k")))
    bench.settle()
    bench.perform(
      Input(.emit([NewEvent("Noted", "n-2")], to: "notes"), at: bench.world.clock + .seconds(9)))
    bench.perform(.moveClock(bench.world.clock + .minutes(1)))
    bench.perform(.pause("OrderBoard"))
    bench.perform(.resume("OrderBoard"))
    try Self.expectSameSteps(bench)
    let inputs = Array(bench.timeline.inputs)
    #expect(inputs.first?.input.origin == .person)
    guard case .emit(let events, "notes")? = inputs.first?.input.action else {
      Issue.record("The first input is no emit.")
      return
    }
    #expect(events == [event])
  }

  @Test func `a closure is not part of the record and says so`() throws {
    var bench = try RecordedEngine(.shop)
    bench.perform(
      .direct(
        DirectCommand("Once", stream: "notes") { _ in CommandResult(events: [NewEvent("A")]) }))
    let input = try #require(bench.timeline.input(of: JournalIndex(1)))
    #expect(!input.action.isRepeatable)
    var fresh = try Engine(.shop)
    #expect(
      fresh.perform(Input(input)).problem
        == "The record of an input asked to dispatch Once; the closure that did it is not part of "
        + "the record, so it cannot be performed again.")
  }

  @Test func `transactions that are kept on their own belong to the step of their input`() throws {
    var bench = try RecordedEngine(.shop)
    bench.perform(
      .direct(
        DirectCommand("Outer", stream: "notes") { transaction in
          try transaction.requiresNew { inner in
            try inner.emit([NewEvent("Inner")], to: "notes")
          }
          return CommandResult(events: [NewEvent("Outer")])
        }))
    let timeline = bench.timeline
    #expect(timeline.last.number > 2)
    #expect(timeline.moment(of: JournalIndex(1)) == timeline.headCursor)
    #expect(timeline.nextStep(after: TimeCursor(entry: JournalIndex(0))) == timeline.headCursor)
    #expect(timeline.previousStep(before: timeline.headCursor)?.entry == JournalIndex(0))
    #expect(timeline.name(of: timeline.headCursor) == MomentName(Position(2)))
  }
}
