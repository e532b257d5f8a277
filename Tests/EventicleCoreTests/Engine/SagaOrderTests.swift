import CoreSupport
import Testing

@testable import EventicleCore

/// Which events fail in their handlers at the moment.
private final class Troubles: @unchecked Sendable {
  var failing: Set<EventID> = []

  func meet(_ event: Event) throws {
    if failing.contains(event.id) { throw Rejection("cannot handle \(event.id)") }
  }
}

@Suite struct SagaOrderTests {
  private let troubles = Troubles()

  /// Counts the steps of whatever an event's domain id names.
  private func bench(
    _ policy: ErrorPolicy = .retry(5, after: .minutes(1))
  ) throws -> RecordedEngine {
    let troubles = troubles
    let id: Saga.Value = { $0.domainID.map { .string($0.text) } }
    let saga = Saga("S", streams: ["st"]).taking(ConsumerOptions(policy: policy, parallel: 50))
      .startOn("Start", unlessLive: "id", value: id) { step, event in
        step["id"] = id(event) ?? nil
        try step.upsertTimer("t", after: .hours(1))
        try troubles.meet(event)
      }
      .on("Step", matching: "id", value: id) { step, event in
        step["n"] = .int((step["n"].integer ?? 0) + 1)
        try troubles.meet(event)
      }
      .on("End", matching: "id", value: id) { step, event in
        try troubles.meet(event)
        step.end(keepingData: true)
      }
      .onTimer("t") { step in
        if troubles.failing.contains("timer") { throw Rejection("the timer came at a bad time") }
        step["fired"] = true
      }
    return try RecordedEngine(Domain("test", sagas: [saga]))
  }

  private func deliveries(_ bench: RecordedEngine) -> [(position: Int, instance: String?)] {
    bench.entries.compactMap { entry in
      guard case .delivery(let position, _, let instance, let outcome) = entry.kind,
        outcome.problem == nil
      else { return nil }
      return (position.number, instance)
    }
  }

  @Test func `a failed start is retried before later events`() throws {
    var bench = try bench()
    troubles.failing = ["e1"]
    bench.emit(new("Start", "e1", of: "A"), new("Step", "e2", of: "A"), to: "st")
    #expect(bench.world.instance("S") == nil)
    troubles.failing = []
    bench.pass(.minutes(1))
    #expect(bench.world.instance("S")?.data["n"] == 1)
    #expect(deliveries(bench).map(\.position) == [1, 2])
  }

  @Test func `a failed start is no entry of a later instance with its id`() throws {
    var bench = try bench(.park)
    troubles.failing = ["e1"]
    bench.emit(new("Start", "e1", of: "A"), to: "st")
    bench.emit(new("Start", "e2", of: "B"), to: "st")
    let key = SagaKey("S", "saga-1")
    #expect(bench.world.sagas.instance(key)?.data["id"] == "B")
    let entries = bench.timeline.entries(of: key, upTo: bench.timeline.last)
    #expect(!entries.isEmpty)
    #expect(entries.allSatisfy { bench.timeline.entry($0)?.kind.problem == nil })
  }

  @Test func `events waiting behind an ended instance wait for the next one`() throws {
    var bench = try bench()
    bench.emit(new("Start", "e1", of: "A"), to: "st")
    troubles.failing = ["e2"]
    bench.emit(new("End", "e2", of: "A"), to: "st")
    bench.emit(new("Start", "e3", of: "A"), to: "st")
    bench.emit(new("Step", "e4", of: "A"), to: "st")
    // An event of another key takes those that wait out of its way.
    bench.emit(new("Start", "b", of: "B"), to: "st")
    #expect(bench.world.group("saga-S")?.lanes.first?.work.count == 3)
    troubles.failing = ["e3"]
    bench.pass(.minutes(1))
    #expect(bench.world.sagas.instance(SagaKey("S", "saga-1"))?.hasEnded == true)
    bench.emit(new("Step", "e5", of: "A"), to: "st")
    #expect(bench.world.sagas.count(of: "S") == 2)
    troubles.failing = []
    bench.pass(.minutes(2))
    #expect(bench.world.sagas.instance(SagaKey("S", "saga-3"))?.data["n"] == 2)
    #expect(deliveries(bench).map(\.position) == [1, 5, 2, 3, 4, 6])
  }

  @Test func `events waiting behind an instance that a timer ended go on too`() throws {
    let troubles = troubles
    let id: Saga.Value = { $0.domainID.map { .string($0.text) } }
    let policy = ErrorPolicy.retry(1, after: .hours(2))
    let saga = Saga("S", streams: ["st"]).taking(ConsumerOptions(policy: policy, parallel: 50))
      .startOn("Start", unlessLive: "id", value: id) { step, event in
        step["id"] = id(event) ?? nil
        try step.upsertTimer("t", after: .hours(1))
        try troubles.meet(event)
      }
      .on("Step", matching: "id", value: id) { step, event in step["n"] = 1 }
      .onTimer("t") { step in
        if troubles.failing.contains("timer") { throw Rejection("not yet") }
        if step["id"] == "A" { step.end(keepingData: true) }
      }
    var bench = try RecordedEngine(Domain("test", sagas: [saga]))
    bench.emit(new("Start", "e1", of: "A"), to: "st")
    troubles.failing = ["timer"]
    bench.pass(.hours(1))
    bench.emit(new("Start", "e2", of: "A"), new("Step", "e3", of: "A"), to: "st")
    bench.emit(new("Start", "b", of: "B"), to: "st")
    troubles.failing = ["e2"]
    bench.pass(.hours(2))
    troubles.failing = []
    bench.pass(.hours(2))
    #expect(bench.world.sagas.instance(SagaKey("S", "saga-1"))?.hasEnded == true)
    #expect(bench.world.sagas.instance(SagaKey("S", "saga-3"))?.data["n"] == 1)
  }

  @Test func `a retried start is the first entry of its instance`() throws {
    var bench = try bench(.park)
    troubles.failing = ["e1"]
    bench.emit(new("Start", "e1", of: "A"), to: "st")
    troubles.failing = []
    #expect(bench.perform(.redrive(1)).problem == nil)
    bench.settle()
    #expect(deliveries(bench).map(\.instance) == ["saga-1"])
    let key = SagaKey("S", "saga-1")
    let first = try #require(bench.timeline.entries(of: key, upTo: bench.timeline.last).first)
    guard case .delivery(Position(1), _, "saga-1", .started)? = bench.timeline.entry(first)?.kind
    else {
      Issue.record("the life of saga-1 begins with \(first)")
      return
    }
  }

  @Test func `retrying a start does nothing while another instance is live`() throws {
    var bench = try bench(.park)
    troubles.failing = ["e1"]
    bench.emit(new("Start", "e1", of: "A"), to: "st")
    troubles.failing = []
    bench.emit(new("Start", "e2", of: "A"), to: "st")
    bench.perform(.redrive(1))
    #expect(bench.world.sagas.count(of: "S") == 1)
    #expect(bench.world.parkedCount == 0)
    #expect(
      bench.entries.last?.kind
        == .delivery(
          Position(1), ConsumerName(.saga, "S"), instance: nil,
          .ignored("A is live already")))
  }

  @Test func `moving a saga's group keeps the work of its timers`() throws {
    var bench = try bench(.retry(3, after: .minutes(10)))
    bench.emit(new("Start", "e1", of: "A"), to: "st")
    troubles.failing = ["timer", "e2"]
    bench.pass(.hours(1))
    bench.emit(new("Step", "e2", of: "A"), to: "st")
    #expect(bench.perform(.move("saga-S", after: Position(2))).problem == nil)
    troubles.failing = []
    bench.pass(.hours(1))
    #expect(bench.world.instance("S")?.data["fired"] == true)
    #expect(bench.world.instance("S")?.data["n"].isNull == true)
  }
}
