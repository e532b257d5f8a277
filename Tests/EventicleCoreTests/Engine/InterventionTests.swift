import CoreSupport
import TestSupport
import Testing

@testable import EventicleCore

/// Saga instances that a person ends, or whose data a person puts right.
@Suite struct InterventionTests {
  let book = HandlerLog()
  let first = SagaKey("S", "saga-1")

  func domain(_ options: ConsumerOptions = .standard) -> Domain {
    let book = book
    let undo = Command("Undo", stream: "undone") { _, _ in CommandResult(events: [new("Undone")]) }
    let saga = Saga("S", streams: ["st"])
      .keyed(by: "id") { $0.domainID.map { .string($0.text) } }
      .startOn("Start") { step, event in
        try step.upsertTimer("t", after: .seconds(10))
        step.registerUndo("Undo")
        step["n"] = 1
        book.note("start \(event.key)")
      }
      .on("Step") { step, event in
        if book.isFailing { throw Rejection("not now") }
        book.note("step \(event.key) \(step["n"])")
      }
      .onTimer("t") { _ in book.note("timer") }
      .taking(options)
    return Domain("test", commands: [undo], sagas: [saga])
  }

  func bench(_ options: ConsumerOptions = .standard) throws -> RecordedEngine {
    var bench = try RecordedEngine(domain(options))
    bench.emit(new("Start", of: "a"), to: "st")
    return bench
  }

  @Test func `an instance that is ended handles nothing more, and its timers go`() throws {
    var bench = try bench()
    let step = bench.perform(.endSaga(first, reason: "paid by cheque"))
    #expect(
      step.entries.map(\.kind) == [
        .sagaIntervention(first, .ended(kept: true), reason: "paid by cheque"),
        .timerCancelled(TimerKey(first, "t")), .sagaEnded(first, kept: true),
      ])
    #expect(step.entries.map(\.isByUser) == [true, false, false])
    #expect(step.entries.dropFirst().allSatisfy { $0.cause == step.entries[0].stepStart })
    let instance = try #require(bench.world.instance("S"))
    #expect(instance.hasEnded && instance.timers.isEmpty && instance.undos.isEmpty)
    #expect(instance.data["n"] == 1)
    bench.emit(new("Step", of: "a"), to: "st")
    bench.pass(.seconds(60))
    #expect(book.lines == ["start a"])
    #expect(bench.world.log.count(of: "undone") == 0)
  }

  @Test func `one that is removed leaves room for another of the same value`() throws {
    var bench = try bench()
    bench.perform(.endSaga(first, keepingData: false, reason: "wrong order"))
    #expect(bench.world.sagas.count(of: "S") == 0)
    bench.emit(new("Start", of: "a"), to: "st")
    #expect(bench.world.instance("S")?.key == SagaKey("S", "saga-2"))
  }

  @Test func `going back in time brings the instance back, timers and all`() throws {
    var bench = try bench()
    let before = try #require(bench.moments.last)
    bench.perform(.endSaga(first, keepingData: false, reason: "x"))
    let back = bench.timeline.world(after: before.last)
    #expect(bench.fingerprint(back).difference(from: before.fingerprint) == nil)
    #expect(back.timers.count == 1)
  }

  @Test func `what waited for an instance that is ended goes on without it`() throws {
    var bench = try bench(ConsumerOptions(policy: .retry(9, after: .seconds(2))))
    book.isFailing = true
    bench.emit(new("Step", of: "a"), to: "st")
    bench.perform(.emit([new("Start", of: "a"), new("Step", of: "a")], to: "st"))
    bench.settle()
    book.isFailing = false
    bench.perform(.endSaga(first, reason: "stuck"))
    bench.pass(.seconds(30))
    #expect(book.lines == ["start a", "start a", "step a 1", "timer"])
    #expect(bench.world.group("saga-S")?.lanes.isEmpty ?? false)
  }

  @Test func `corrected data is what the next step sees, and events find it by that`() throws {
    var bench = try bench()
    let step = bench.perform(.correctSaga(first, ["id": "b", "n": 7], reason: "mistyped"))
    #expect(
      step.entries.map(\.kind) == [.sagaIntervention(first, .corrected, reason: "mistyped")])
    #expect(step.entries.map(\.isByUser) == [true])
    #expect(bench.world.instance("S")?.correlation == "b")
    #expect(bench.world.instance("S")?.steps == 1)
    bench.emit(new("Step", of: "a"), to: "st")
    bench.emit(new("Step", of: "b"), to: "st")
    #expect(book.lines == ["start a", "step b 7"])
    #expect(bench.world.timers.count == 1)
  }

  @Test func `what a person may not do is said`() throws {
    var bench = try bench()
    bench.emit(new("Start", of: "b"), to: "st")
    func problem(_ input: Input) -> String {
      let step = bench.perform(input)
      #expect(step.entries.isEmpty)
      return step.problem ?? ""
    }
    #expect(
      problem(.endSaga(SagaKey("S", "saga-3"), reason: "x"))
        .hasPrefix("There is no instance S/saga-3"))
    #expect(problem(.endSaga(first, reason: " \n")).hasSuffix("there is no reason; add one."))
    #expect(
      problem(.correctSaga(first, ["id": "b"], reason: "x"))
        == "S/a cannot have id \"b\", because S/b is live and has it; end one of them, "
        + "or choose another value.")
    #expect(problem(.correctSaga(first, [1], reason: "x")).contains("is an object, but this is"))
    bench.perform(.endSaga(first, reason: "x"))
    #expect(problem(.endSaga(first, reason: "x")).hasPrefix("S/a has ended"))
    #expect(problem(.correctSaga(first, [:], reason: "x")).hasPrefix("S/a has ended"))
    #expect(
      bench.perform(.correctSaga(SagaKey("S", "saga-2"), ["id": "b"], reason: "x")).problem == nil)
  }

  @Test func `a program ends and corrects instances too, also from a handler`() throws {
    let app = try Eventicle(domain())
    book.app = app
    let key = first
    try app.eventClient.hotStream("ops", group: "ops") { [book] event in
      let app = try #require(book.app)
      if event.type == "Stop" { try app.endSaga(key, because: "told to") }
    }
    try app.eventClient.emit([new("Start", of: "a")], to: "st")
    try app.correctSaga(key, ["id": "a", "n": 5], because: "counted anew")
    try app.eventClient.emit([new("Step", of: "a")], to: "st")
    try app.eventClient.emit([new("Stop")], to: "ops")
    #expect(book.lines == ["start a", "step a 5"])
    #expect(app.world.instance("S")?.hasEnded ?? false)
    #expect(throws: OperationError.self) { try app.endSaga(key, because: "again") }
  }

  @Test(arguments: seeds(100))
  func `whatever a person does to instances can be unmade`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    var bench = try RecordedEngine(
      domain(ConsumerOptions(policy: .retry(2, after: .seconds(3)))), seed: seed)
    for _ in 0..<30 {
      book.isFailing = Int.random(in: 0..<3, using: &random) == 0
      let id = DomainID(["a", "b", "c"].randomElement(using: &random) ?? "a")
      let count = bench.world.sagas.count(of: "S")
      let key =
        bench.world.sagas.instance(of: "S", at: Int.random(in: 0...max(count, 1), using: &random))?
        .key ?? first
      switch Int.random(in: 0..<7, using: &random) {
      case 0, 1: bench.emit(new("Start", of: id), to: "st")
      case 2, 3: bench.emit(new("Step", of: id), to: "st")
      case 4:
        bench.perform(.endSaga(key, keepingData: Bool.random(using: &random), reason: "x"))
        bench.settle()
      case 5: bench.perform(.correctSaga(key, ["id": .string(id.text), "n": 2], reason: "x"))
      default: bench.pass(.seconds(Int64.random(in: 0...9, using: &random)))
      }
    }
    book.isFailing = false
    bench.pass(.minutes(5))
    #expect(bench.world.timers.count == 0 && bench.world.laggingGroups.isEmpty)
    for moment in bench.moments {
      let travelled = bench.timeline.world(after: moment.last)
      #expect(bench.fingerprint(travelled).difference(from: moment.fingerprint) == nil)
    }
    var live: Set<JSON> = []
    for offset in 0..<bench.world.sagas.count(of: "S") {
      guard let instance = bench.world.sagas.instance(of: "S", at: offset), !instance.hasEnded
      else { continue }
      #expect(live.insert(instance.data["id"]).inserted, "two live instances of one value")
    }
  }
}
