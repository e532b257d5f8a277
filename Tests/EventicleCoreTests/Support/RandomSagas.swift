import CoreSupport
import TestSupport

@testable import EventicleCore

/// A saga whose steps take time, fail, arm timers and compensate, as its events request.
struct RandomSagas {
  let log = StepLog()
  /// The events passed to the predicate for hot events.
  let asked = HandlerLog()
  let saga: Saga
  let domain: Domain

  /// - Parameter isRouted: Whether the saga routes its events by a closure that says the same.
  init(seed: UInt64, isRouted: Bool = false) {
    var random = SeededRandom(seed: seed)
    let (log, asked) = (log, asked)
    let policies: [ErrorPolicy] = [
      .park, .skip, .retry(2, after: .milliseconds(30)),
      .retry(1, after: .milliseconds(5), then: .skip),
    ]
    let options = ConsumerOptions(
      policy: policies.randomElement(using: &random) ?? .park,
      parallel: Int.random(in: 1...3, using: &random),
      isIdempotent: Bool.random(using: &random), waitsForParked: Bool.random(using: &random))
    var saga = Saga("R", streams: ["st"])
      .keyed(by: "id") { $0.domainID.map { .string($0.text) } }
      .taking(options)
      .startOn("Start") { step, event in
        step["team"] = event.data["team"]
        try RandomSagas.act(step, event, log)
      }
      .on("Step") { step, event in try RandomSagas.act(step, event, log) }
      .on("All", matching: "team", value: { $0.data["team"] }) { step, event in
        try RandomSagas.act(step, event, log)
      }
      .on("End") { step, event in
        try RandomSagas.act(step, event, log)
        try step.compensate()
        step.end(keepingData: event.data["kept"] == true)
      }
      .onEvery("Ping") { event, transaction in try transaction.put("ping", event.key, [:]) }
      .onTimer("t") { step in
        log.take(step, "timer", busy: .milliseconds(10))
        step["fired"] = .int((step["fired"].integer ?? 0) + 1)
      }
    let hasLanes = Bool.random(using: &random)
    if isRouted {
      saga = saga.routed(hotParallel: hasLanes ? Int.random(in: 1...2, using: &random) : nil) {
        event, transaction in
        asked.note(event)
        return RandomSagas.route(of: event)
      }
    } else if hasLanes {
      saga = saga.withHotPredicate(parallel: Int.random(in: 1...2, using: &random)) { event in
        asked.note(event)
        return event.data["hot"] == true
      }
    }
    self.saga = saga
    let undo = Command("Undo", stream: "undone") { _, _ in CommandResult(events: [new("Undone")]) }
    domain = Domain("test", commands: [undo], sagas: [saga])
  }

  /// Where an event goes, as the declarations of the saga say.
  static func route(of event: Event) -> SagaRoute {
    let lane: SagaLane = event.data["hot"] == true ? .hot : .cold
    let id = event.domainID.map { SagaRoute.Match("id", .string($0.text)) }
    switch event.type {
    case "Start": return SagaRoute(lane: lane, match: id, starts: true)
    case "Step", "End": return SagaRoute(lane: lane, match: id)
    case "All": return SagaRoute(lane: lane, match: SagaRoute.Match("team", event.data["team"]))
    default: return SagaRoute(lane: lane, isStateless: true)
    }
  }

  private static func act(_ step: SagaStep, _ event: Event, _ log: StepLog) throws {
    let data = event.data.value
    let isStart = event.type == "Start"
    let tries = log.lines.count {
      $0.what == event.id.text && (isStart || $0.instance == step.instanceID)
    }
    let fails = tries < data["fails"].integer ?? 0
    // The id of an instance whose start failed is given to another instance.
    log.take(
      step, event.id.text, busy: .milliseconds(Int64(data["busy"].integer ?? 0)),
      of: isStart && fails ? "new \(event.key)" : nil)
    step["n"] = .int((step["n"].integer ?? 0) + 1)
    switch data["timer"].integer ?? 0 {
    case 0: break
    case 1: step.removeTimer("t")
    case let wait: try step.upsertTimer("t", after: .milliseconds(Int64(wait)))
    }
    if data["undo"] == true { step.registerUndo("Undo") }
    if fails { throw Rejection("not this time") }
    log.complete()
  }

  private func event(_ random: inout SeededRandom, _ number: Int) -> NewEvent {
    let types: [EventType] = [
      "Start", "Start", "Step", "Step", "Step", "Step", "All", "End", "Ping",
    ]
    let type = types.randomElement(using: &random) ?? "Step"
    let thing = ["A", "B", "C", "D"].randomElement(using: &random) ?? "A"
    let data: JSON = [
      "team": Bool.random(using: &random) ? "x" : "y",
      "busy": .int([0, 0, 10, 25].randomElement(using: &random) ?? 0),
      "fails": .int([0, 0, 0, 0, 1, 2, 4].randomElement(using: &random) ?? 0),
      "timer": .int([0, 0, 0, 1, 5, 20, 40].randomElement(using: &random) ?? 0),
      "hot": .bool(Bool.random(using: &random)), "undo": .bool(Bool.random(using: &random)),
      "kept": .bool(Bool.random(using: &random)),
    ]
    let id = type == "All" ? DomainID("all") : DomainID(thing)
    return new(type, EventID("e\(number)"), of: id, data)
  }

  /// An engine after `count` random actions; at the end only parked work is left.
  ///
  /// - Parameter remembering: Whether every world is kept for comparison.
  func run(seed: UInt64, count: Int, remembering: Bool = true) throws -> RecordedEngine {
    var random = SeededRandom(seed: seed &+ 1)
    var bench = try RecordedEngine(domain, seed: seed, remembering: remembering)
    var number = 0
    for _ in 0..<count {
      switch Int.random(in: 0..<10, using: &random) {
      case 0...4:
        for _ in 0..<Int.random(in: 1...4, using: &random) {
          number += 1
          bench.perform(.emit([event(&random, number)], to: "st"))
        }
        bench.settle()
      case 5...7:
        bench.pass(.milliseconds(Int64.random(in: 0...40, using: &random)))
        bench.settle()
      case 8:
        bench.perform(Bool.random(using: &random) ? .pause(saga.group) : .resume(saga.group))
        bench.settle()
      default:
        guard let parked = bench.world.parked.randomElement(using: &random) else { continue }
        bench.perform(
          Bool.random(using: &random) ? .redrive(parked.number) : .dropParked(parked.number))
        bench.settle()
      }
    }
    bench.perform(.resume(saga.group))
    bench.settle()
    bench.pass(.seconds(2))
    while let parked = bench.world.parked.first {
      bench.perform(.dropParked(parked.number))
      bench.settle()
      bench.pass(.seconds(2))
    }
    return bench
  }
}
