import CoreSupport
import Testing

@testable import EventicleCore

@Suite struct SagaTests {
  static func byID(_ event: Event) -> JSON? { event.domainID.map { .string($0.text) } }

  static func bench(_ sagas: Saga..., commands: [Command] = []) throws -> RecordedEngine {
    try RecordedEngine(Domain("test", commands: commands, sagas: sagas))
  }

  /// Starts on `Start`, counts `Step`s and ends with `End`, kept or not.
  static func counting(kept: Bool = true) -> Saga {
    Saga("S1", streams: ["st"])
      .startOn("Start", unlessLive: "oid", value: byID) { step, event in
        step["oid"] = byID(event) ?? nil
      }
      .on("Step", matching: "oid", value: byID) { step, _ in
        step["n"] = .int((step["n"].integer ?? 0) + 1)
      }
      .on("End", matching: "oid", value: byID) { step, _ in step.end(keepingData: kept) }
  }

  static func outcomes(_ bench: RecordedEngine) -> [StepOutcome] {
    bench.entries.compactMap {
      if case .delivery(_, _, _, let outcome) = $0.kind { outcome } else { nil }
    }
  }

  @Test func `a start creates one instance that stores its key`() throws {
    var bench = try Self.bench(Self.counting())
    bench.emit(new("Start", "e1", of: "A"), to: "st")
    let instance = try #require(bench.world.instance("S1"))
    #expect(instance.data == ["oid": "A"])
    #expect(instance.key == SagaKey("S1", "saga-1"))
    #expect(!instance.hasEnded)
    #expect(instance.timers == [])
    #expect(instance.steps == 1)
    #expect(instance.lastEventID == "e1")
    #expect(instance.correlation == "A")
    #expect(Self.outcomes(bench) == [.started])
  }

  @Test func `events find their own instance only`() throws {
    var bench = try Self.bench(Self.counting())
    bench.emit(new("Start", "e1", of: "A"), to: "st")
    bench.emit(new("Step", "e2", of: "A"), to: "st")
    #expect(bench.world.instance("S1")?.data == ["oid": "A", "n": 1])
    #expect(bench.world.instance("S1")?.lastEventID == "e2")
    bench.emit(new("Step", "e3", of: "nobody"), to: "st")
    #expect(bench.world.instance("S1")?.data["n"] == 1)
    #expect(bench.world.instance("S1")?.steps == 2)
    #expect(Self.outcomes(bench) == [.started, .handled, .ignored("no instance has oid nobody")])
  }

  @Test func `a conditional start and a handler may share an event type`() throws {
    let book = HandlerLog()
    let saga = Saga("S", streams: ["st"])
      .startOn("Both", when: { $0.data["go"] == true }) { step, event in
        book.note("start")
        step["oid"] = Self.byID(event) ?? nil
      }
      .on("Both", matching: "oid", value: Self.byID) { _, _ in book.note("on") }
    var bench = try Self.bench(saga)
    bench.emit(new("Both", "1", of: "A", ["go": false]), to: "st")
    bench.emit(new("Both", "2", of: "A", ["go": true]), to: "st")
    bench.emit(new("Both", "3", of: "A", ["go": true]), to: "st")
    #expect(book.lines == ["start", "on"])
    #expect(bench.world.sagas.count(of: "S") == 1)
    #expect(Self.outcomes(bench).first == .ignored("its start condition said no"))
  }

  @Test func `a key has one live instance, and a new one after the end`() throws {
    var bench = try Self.bench(Self.counting())
    for id in ["1", "2"] as [EventID] { bench.emit(new("Start", id, of: "A"), to: "st") }
    #expect(bench.world.sagas.count(of: "S1") == 1)
    bench.emit(new("End", "3", of: "A"), to: "st")
    bench.emit(new("Start", "4", of: "A"), to: "st")
    #expect(bench.world.sagas.count(of: "S1") == 2)
    #expect(
      Self.outcomes(bench) == [
        .started, .ignored("A is live already"), .handled, .started,
      ])
  }

  @Test func `an ended instance ignores late events, and the journal tells why`() throws {
    var bench = try Self.bench(Self.counting())
    for (index, type) in (["Start", "End", "Step", "End"] as [EventType]).enumerated() {
      bench.emit(new(type, EventID("e\(index)"), of: "A"), to: "st")
    }
    #expect(bench.world.instance("S1")?.data == ["oid": "A"])
    #expect(bench.world.instance("S1")?.hasEnded == true)
    #expect(bench.world.instance("S1")?.steps == 2)
    #expect(
      Self.outcomes(bench).suffix(2) == [
        .ignored("its instance has ended"), .ignored("its instance has ended"),
      ])
    #expect(bench.entries.contains { $0.kind == .sagaEnded(SagaKey("S1", "saga-1"), kept: true) })
  }

  @Test func `an instance that ends without keeping its data is removed`() throws {
    var bench = try Self.bench(Self.counting(kept: false))
    bench.emit(new("Start", of: "A"), new("End", of: "A"), new("Step", of: "A"), to: "st")
    #expect(bench.world.sagas.count(of: "S1") == 0)
    #expect(Self.outcomes(bench).last == .ignored("no instance has oid A"))
  }

  @Test func `null and missing values match nothing`() throws {
    let book = HandlerLog()
    let null: Saga.Value = { _ in .null }
    let nothing: Saga.Value = { _ in nil }
    let saga = Saga("S", streams: ["st"])
      .startOn("Start") { step, _ in step["key"] = nil }
      .on("Null", matching: "key", value: null) { _, _ in book.note("null") }
      .on("Nil", matching: "key", value: nothing) { _, _ in book.note("nil") }
    var bench = try Self.bench(saga)
    bench.emit(new("Start"), new("Null"), new("Nil"), to: "st")
    #expect(book.lines == [])
    #expect(
      Self.outcomes(bench).suffix(2) == [
        .ignored("the event has no key to match"), .ignored("the event has no key to match"),
      ])
  }

  @Test func `an instance that changes its key is found only by the new one`() throws {
    let saga = Saga("S", streams: ["st"])
      .startOn("Start") { step, event in step["oid"] = Self.byID(event) ?? nil }
      .on("Move", matching: "oid", value: Self.byID) { step, event in
        step["oid"] = event.data["to"]
        step["moves"] = .int((step["moves"].integer ?? 0) + 1)
      }
    var bench = try Self.bench(saga)
    bench.emit(new("Start", of: "A"), new("Move", of: "A", ["to": "B"]), to: "st")
    bench.emit(new("Move", of: "A", ["to": "C"]), to: "st")
    #expect(bench.world.instance("S")?.data == ["oid": "B", "moves": 1])
    bench.emit(new("Move", of: "B", ["to": "C"]), to: "st")
    #expect(bench.world.instance("S")?.data == ["oid": "C", "moves": 2])
    #expect(bench.world.sagas.find("S", "C")?.key.instanceID == "saga-1")
    #expect(bench.world.sagas.find("S", "A") == nil)
  }

  @Test func `numbers and objects match by value`() throws {
    let key: Saga.Value = { $0.data["k"] }
    let saga = Saga("S", streams: ["st"])
      .startOn("Start") { step, _ in step["key"] = ["a": 1, "b": [2]] }
      .on("Step", matching: "key", value: key) { step, _ in step["hit"] = true }
    var bench = try Self.bench(saga)
    bench.emit(new("Start"), new("Step", of: nil, ["k": ["b": [2.0], "a": 1]]), to: "st")
    #expect(bench.world.instance("S")?.data["hit"] == true)
  }

  @Test func `a failed step changes nothing, and is reported and parked`() throws {
    let book = HandlerLog()
    let saga = Saga("S", streams: ["st"])
      .startOn("Start") { step, event in step["oid"] = Self.byID(event) ?? nil }
      .on("Step", matching: "oid", value: Self.byID) { step, _ in
        step["n"] = 1
        try step.upsertTimer("t", after: .seconds(5))
        try step.transaction.emit("SideEffect2", to: "out")
        throw Rejection("stepfail")
      }
      .onTimer("t") { _ in }
      .onError { failure, tx in
        book.note(
          "\(failure.saga) \(failure.instanceID ?? "") \(failure.event?.id.text ?? "") "
            + "\(failure.reason)")
        try tx.create("complaint", [:], id: "c")
      }
    var bench = try Self.bench(saga)
    bench.emit(new("Start", "e1", of: "A"), to: "st")
    let before = bench.world.instance("S")
    bench.emit(new("Step", "e2", of: "A"), to: "st")
    #expect(bench.world.instance("S") == before)
    #expect(bench.world.timers.count == 0)
    #expect(bench.world.log.count == 2)
    #expect(book.lines == ["S saga-1 e2 stepfail"])
    #expect(bench.world.recordCount(of: "complaint") == 1)
    #expect(
      bench.world.parked.map(\.work) == [
        .delivery(
          Delivery(
            position: Position(2), consumer: ConsumerName(.saga, "S"), cause: JournalIndex(3)),
          instance: "saga-1")
      ])
  }

  @Test func `an error handler that fails changes nothing`() throws {
    let saga = Saga("S", streams: ["st"]).startOn("Start") { _, _ in throw Rejection("first") }
      .onError { _, tx in
        try tx.create("complaint", [:])
        throw Rejection("second")
      }
    var bench = try Self.bench(saga)
    bench.emit(new("Start"), to: "st")
    #expect(bench.world.recordCount(of: "complaint") == 0)
    #expect(bench.world.sagas.count(of: "S") == 0)
    #expect(bench.world.parked.map(\.reason) == ["first"])
  }

  @Test func `each matching instance takes its own step, failing or not`() throws {
    let everybody: Saga.Value = { _ in "g" }
    let saga = Saga("S", streams: ["st"])
      .startOn("Start") { step, event in
        step["group"] = "g"
        step["me"] = Self.byID(event) ?? nil
      }
      .on("All", matching: "group", value: everybody) { step, _ in
        if step["me"] == "B" { throw Rejection("not B") }
        step["done"] = true
      }
    var bench = try Self.bench(saga)
    bench.emit(new("Start", of: "A"), new("Start", of: "B"), new("Start", of: "C"), to: "st")
    bench.emit(new("All"), to: "st")
    let done = (0..<3).map { bench.world.sagas.instance(of: "S", at: $0)?.data["done"] }
    #expect(done == [true, .null, true])
    #expect(bench.world.parked.map(\.reason) == ["not B"])
    #expect(bench.world.queue.isEmpty)
  }

  @Test func `a step knows the last event that its instance handled`() throws {
    let book = HandlerLog()
    let saga = Saga("S", streams: ["st"])
      .startOn("Start") { step, event in
        step["oid"] = Self.byID(event) ?? nil
        book.note(step.lastEvent?.id.text ?? "none")
      }
      .on("Step", matching: "oid", value: Self.byID) { step, _ in
        book.note(step.lastEvent?.id.text ?? "none")
      }
    var bench = try Self.bench(saga)
    bench.emit(new("Start", "e1", of: "A"), new("Step", "e2", of: "A"), to: "st")
    bench.emit(new("Step", "e3", of: "A"), to: "st")
    #expect(book.lines == ["none", "e1", "e2"])
  }

  @Test func `a step dispatches commands, catches a refusal and goes on`() throws {
    let refuse = Command("Refuse", stream: "cs") { _, tx in
      try tx.create("t", [:])
      throw Rejection("never")
    }
    let saga = Saga("S", streams: ["st"]).startOn("Start") { step, _ in
      do { try step.dispatch("Refuse") } catch { step["why"] = .string("\(error)") }
    }
    var bench = try Self.bench(saga, commands: [refuse])
    bench.emit(new("Start"), to: "st")
    #expect(bench.world.instance("S")?.data == ["why": "never"])
    #expect(bench.world.recordCount(of: "t") == 0)
    #expect(bench.world.parkedCount == 0)
  }

  @Test func `duplicate declarations are refused when the engine is created`() throws {
    let twice = Saga("S", streams: ["st"]).on("a", matching: "k", value: Self.byID) { _, _ in }
      .on("a", matching: "k", value: Self.byID) { _, _ in }
    #expect(throws: DomainError.doubleHandler(saga: "S", method: "on", "a")) {
      try Self.bench(twice)
    }
    let starts = Saga("S", streams: ["st"]).startOn("a") { _, _ in }.startOn("a") { _, _ in }
    #expect(throws: DomainError.doubleHandler(saga: "S", method: "startOn", "a")) {
      try Self.bench(starts)
    }
    let timers = Saga("S", streams: ["st"]).onTimer("t") { _ in }.onTimer("t") { _ in }
    #expect(throws: DomainError.doubleTimer(saga: "S", timer: "t")) { try Self.bench(timers) }
    let dupe = Saga("dupe", streams: ["st"])
    #expect(throws: DomainError.declaredTwice(kind: "saga", name: "dupe")) {
      try Self.bench(dupe, dupe)
    }
  }
}
