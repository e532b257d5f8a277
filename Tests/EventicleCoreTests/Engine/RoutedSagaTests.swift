import CoreSupport
import TestSupport
import Testing

@testable import EventicleCore

/// Sagas that find out by a closure where an event goes, and timers of any name.
@Suite struct RoutedSagaTests {
  private let asked = HandlerLog()

  /// A saga of things that finds them by their id or, for `All`, by their team.
  private func saga(
    _ route: @escaping @Sendable (Event, Transaction) throws -> SagaRoute
  ) -> Saga {
    let asked = asked
    return Saga("R", streams: ["st"])
      .startOn("Start") { step, event in
        step["team"] = event.data["team"]
        step["seen"] = []
      }
      .on("Step") { step, event in
        step["seen"] = .array((step["seen"].array ?? []) + [.string(event.id.text)])
        if let wait = event.data["busy"].integer { step.spend(.milliseconds(Int64(wait))) }
        if event.data["fails"] == true { throw Rejection("not now") }
      }
      .on("All") { step, event in step["all"] = true }
      .on("End") { step, _ in step.end() }
      .onEvery("Ping") { event, transaction in try transaction.put("ping", event.key, [:]) }
      .routed { event, transaction in
        asked.note(event)
        return try route(event, transaction)
      }
  }

  private func engine(_ saga: Saga) throws -> RecordedEngine {
    try RecordedEngine(Domain("test", sagas: [saga]))
  }

  @Test func `an event goes where its route says, and a start writes the matched value`() throws {
    var bench = try engine(saga { event, _ in RandomSagas.route(of: event) })
    bench.emit(new("Start", "e1", of: "A", ["team": "x"]), to: "st")
    bench.emit(new("Start", "e2", of: "B", ["team": "x"]), to: "st")
    bench.emit(new("Step", "e3", of: "A"), to: "st")
    bench.emit(new("All", "e4", of: "all", ["team": "x"]), to: "st")
    bench.emit(new("Ping", "e5", of: "p"), to: "st")
    bench.emit(new("Start", "e6", of: "A"), to: "st")
    bench.emit(new("Step", "e7", of: "C"), to: "st")
    let sagas = bench.world.sagas
    #expect(sagas.count(of: "R") == 2)
    #expect(sagas.instance(of: "R", at: 0)?.data["id"] == "A")
    #expect(sagas.instance(of: "R", at: 0)?.data["seen"] == ["e3"])
    #expect((0...1).allSatisfy { sagas.instance(of: "R", at: $0)?.data["all"] == true })
    #expect(sagas.instance(of: "R", at: 0)?.correlation == "A")
    #expect(bench.world.record(RecordKey("ping", "p", in: .system)) != nil)
    #expect(asked.lines == ["e1", "e2", "e3", "e4", "e5", "e6", "e7"])
    let ignored = bench.entries.compactMap { entry -> String? in
      if case .delivery(_, _, _, .ignored(let reason)) = entry.kind { reason } else { nil }
    }
    #expect(ignored == ["A is live already", "no instance has id C"])
  }

  @Test func `a property that routes name first is indexed on the spot`() throws {
    var bench = try engine(saga { event, _ in RandomSagas.route(of: event) })
    #expect(bench.world.sagas.matchProperties(of: "R") == [])
    bench.emit(new("Start", "e1", of: "A", ["team": "x"]), to: "st")
    #expect(bench.world.sagas.matchProperties(of: "R") == ["id"])
    bench.emit(new("All", "e2", of: "all", ["team": "x"]), to: "st")
    #expect(bench.world.sagas.matchProperties(of: "R") == ["id", "team"])
    #expect(bench.world.sagas.find("R", "x")?.data["all"] == true)
    let resumed = try Engine(
      resuming: bench.world, bench.engine.domain, nextEntry: bench.engine.nextEntry)
    #expect(resumed.world.sagas.matchProperties(of: "R") == ["id", "team"])
  }

  @Test func `a route may read what the handlers before it wrote, and nothing else`() throws {
    var bench = try engine(
      saga { event, transaction in
        if event.type == "Step", event.data["writes"] == true {
          try transaction.put("stain", "1", [:])
        }
        let known = transaction.record("ping", event.key) != nil
        return event.type == "Step"
          ? SagaRoute(match: known ? .init("id", "A") : nil)
          : RandomSagas.route(of: event)
      })
    bench.emit(new("Start", "e1", of: "A"), to: "st")
    bench.emit(new("Step", "e2", of: "p"), to: "st")
    bench.emit(new("Ping", "e3", of: "p"), to: "st")
    bench.emit(new("Step", "e4", of: "p"), to: "st")
    #expect(bench.world.instance("R")?.data["seen"] == ["e4"])
    bench.emit(new("Step", "e5", of: "p", ["writes": true]), to: "st")
    #expect(bench.world.recordCount(of: "stain") == 0)
    #expect(
      bench.world.parked.map(\.reason) == [TransactionError.transactionReads.description])
  }

  @Test func `an error of the route is the failure of the delivery`() throws {
    let isFailing = HandlerLog()
    isFailing.isFailing = true
    var told: [String] { isFailing.lines }
    var bench = try engine(
      saga { event, _ in
        if isFailing.isFailing { throw Rejection("no way") }
        return RandomSagas.route(of: event)
      }
      .onError { failure, _ in isFailing.note(failure.reason) })
    bench.emit(new("Start", "e1", of: "A"), to: "st")
    #expect(bench.world.parked.map(\.reason) == ["no way"])
    #expect(told == ["no way"])
    isFailing.isFailing = false
    bench.perform(.redrive(1))
    #expect(bench.world.parkedCount == 0)
    #expect(bench.world.instance("R")?.data["id"] == "A")
  }

  @Test func `the answer is kept while the event waits, fails and is tried again`() throws {
    let options = ConsumerOptions(policy: .retry(1, after: .seconds(1)), parallel: 5)
    var bench = try engine(saga { event, _ in RandomSagas.route(of: event) }.taking(options))
    bench.emit(new("Start", "e1", of: "A"), to: "st")
    bench.emit(new("Step", "e2", of: "A", ["busy": 500]), to: "st")
    bench.emit(new("Step", "e3", of: "A", ["fails": true]), to: "st")
    bench.emit(new("Step", "e4", of: "A"), to: "st")
    bench.pass(.seconds(5))
    #expect(asked.lines == ["e1", "e2", "e3", "e4"])
    #expect(bench.world.instance("R")?.data["seen"] == ["e2", "e4"])
    bench.perform(.redrive(1))
    #expect(asked.lines == ["e1", "e2", "e3", "e4"])
    bench.perform(.edit(1, JSONBytes(["fails": false])))
    #expect(bench.perform(.redrive(1)).problem == nil)
    #expect(bench.world.instance("R")?.data["seen"] == ["e2", "e4", "e3"])
  }

  @Test(arguments: seeds(60))
  func `a route that says what could be declared gives the same steps`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    func plain(_ saga: Saga) -> Saga {
      saga.keyed(by: "id") { $0.domainID.map { .string($0.text) } }
        .startOn("Start") { step, event in step["team"] = event.data["team"] }
        .on("Step") { step, event in step["last"] = .string(event.id.text) }
        .on("All", matching: "team", value: { $0.data["team"] }) { step, event in
          step["all"] = .string(event.id.text)
        }
        .on("End") { step, event in step.end(keepingData: event.data["kept"] == true) }
        .onEvery("Ping") { event, transaction in try transaction.put("ping", event.key, [:]) }
    }
    let declared = plain(Saga("R", streams: ["st"]))
    var left = try engine(declared)
    var right = try engine(declared.routed { event, _ in RandomSagas.route(of: event) })
    for number in 0..<60 {
      let types: [EventType] = ["Start", "Step", "Step", "All", "End", "Ping"]
      let type = types[Int.random(in: 0..<types.count, using: &random)]
      let thing = ["A", "B", "C"][Int.random(in: 0..<3, using: &random)]
      let data: JSON = [
        "team": Bool.random(using: &random) ? "x" : "y",
        "kept": .bool(Bool.random(using: &random)),
      ]
      let event = new(type, EventID("e\(number)"), of: DomainID(thing), data)
      left.emit(event, to: "st")
      right.emit(event, to: "st")
    }
    #expect(left.fingerprint(left.world).difference(from: right.fingerprint(right.world)) == nil)
    #expect(left.entries.map(\.kind) == right.entries.map(\.kind))
  }

  @Test func `a timer without its own handler goes to the one of any timer`() throws {
    let saga = Saga("T", streams: ["st"])
      .startOn("Start") { step, _ in
        try step.upsertTimer("named", after: .seconds(1))
        try step.upsertTimer("made up", after: .seconds(2))
      }
      .onTimer("named") { $0["named"] = true }
      .onAnyTimer { step, timer in
        guard timer != "broken" else { throw Rejection("it is broken") }
        step["any"] = .string(timer)
        try step.upsertTimer("broken", after: .seconds(1))
      }
    var bench = try engine(saga)
    bench.emit(new("Start", "e1", of: "A"), to: "st")
    bench.pass(.seconds(10))
    #expect(bench.world.instance("T")?.data == ["named": true, "any": "made up"])
    #expect(bench.world.parked.map(\.reason) == ["it is broken"])
    let step = bench.perform(.redrive(1))
    #expect(step.problem?.contains("it is broken") ?? false)
    #expect(throws: DomainError.doubleTimer(saga: "T", timer: "any")) {
      try engine(saga.onAnyTimer { _, _ in })
    }
  }
}
