import CoreSupport
import Testing

@testable import EventicleCore

@Suite struct SagaKeyTests {
  let book = HandlerLog()

  static func byID(_ event: Event) -> JSON? { event.domainID.map { .string($0.text) } }

  func saga() -> Saga {
    Saga("S", streams: ["st"]).keyed(by: "id", value: Self.byID)
      .startOn("Start") { step, event in step["from"] = .string(event.id.text) }
      .on("Step") { step, _ in step["n"] = .int((step["n"].integer ?? 0) + 1) }
      .on("End") { step, _ in step.end() }
  }

  @Test func `one live instance per key value is found by every event`() throws {
    var bench = try RecordedEngine(Domain("test", sagas: [saga()]))
    for (id, type) in (["Step", "Start", "Step", "Start", "Step"] as [EventType]).enumerated() {
      bench.emit(new(type, EventID("e\(id)"), of: "A"), to: "st")
    }
    bench.emit(new("Step", of: "B"), to: "st")
    #expect(bench.world.instance("S")?.data == ["id": "A", "from": "e1", "n": 2])
    #expect(
      SagaTests.outcomes(bench) == [
        .ignored("no instance has id A"), .started, .handled, .ignored("A is live already"),
        .handled, .ignored("no instance has id B"),
      ])
    bench.emit(new("End", of: "A"), new("Start", "again", of: "A"), to: "st")
    #expect(bench.world.instance("S")?.data == ["id": "A", "from": "again"])
  }

  @Test func `an event without a key starts and finds no instance`() throws {
    var bench = try RecordedEngine(Domain("test", sagas: [saga()]))
    bench.emit(new("Start"), new("Step"), to: "st")
    #expect(bench.world.sagas.count(of: "S") == 0)
    #expect(
      SagaTests.outcomes(bench) == [
        .ignored("the event has no id to start with"), .ignored("the event has no id to match"),
      ])
  }

  @Test func `a handler may match by another property`() throws {
    let saga = saga().on("All", matching: "team", value: { $0.data["team"] }) { step, _ in
      step["all"] = true
    }
    .startOn("Join") { step, event in step["team"] = event.data["team"] }
    var bench = try RecordedEngine(Domain("test", sagas: [saga]))
    for id in ["A", "B", "C"] as [DomainID] {
      bench.emit(new("Join", of: id, ["team": id == "C" ? "y" : "x"]), to: "st")
    }
    bench.emit(new("All", of: "C", ["team": "x"]), to: "st")
    let all = (0..<3).map { bench.world.sagas.instance(of: "S", at: $0)?.data["all"] }
    #expect(all == [true, true, .null])
  }

  @Test func `a handler that names no instance is refused`() throws {
    let saga = Saga("S", streams: ["st"]).on("Step") { _, _ in }
    #expect(throws: DomainError.handlerWithoutMatch(saga: "S", "Step")) {
      try Engine(Domain("test", sagas: [saga]))
    }
  }

  @Test func `a start with a value and no property is refused`() throws {
    let half = Saga("S", streams: ["st"]).startOn("Begin", value: { _ in 1 }) { _, _ in }
    #expect(throws: DomainError.startWithHalfMatch(saga: "S", "Begin")) {
      try Engine(Domain("test", sagas: [half]))
    }
    let whole = Saga("S", streams: ["st"])
      .startOn("Begin", unlessLive: "id", value: { _ in 1 }) { _, _ in }
    #expect(Domain("test", sagas: [whole]).problems.isEmpty)
  }

  @Test func `a start writes what it looks for, by default the key of the event`() throws {
    for replaces in [false, true] {
      let saga = Saga("S", streams: ["st"])
        .startOn("Begin", unlessLive: "id") { step, _ in if replaces { step.data = ["a": 1] } }
        .on("End", matching: "id") { step, _ in step.end(keepingData: true) }
      let app = try Eventicle(Domain("test", sagas: [saga]))
      for type in ["Begin", "Begin", "End"] as [EventType] {
        try app.eventClient.emit([NewEvent(type, "x")], to: "st")
      }
      let instance = try #require(app.world.sagas.find("S", "x"))
      #expect(instance.data["id"] == "x")
      #expect(instance.hasEnded)
      #expect(app.world.counter("saga") == 1)
    }
  }

  @Test func `stateless handlers see every event of their type without an instance`() throws {
    let saga = saga().onEvery("Ping") { [book] event, transaction in
      try book.handle(event)
      try transaction.emit("Pong", event.domainID, to: "out")
    }
    var bench = try RecordedEngine(Domain("test", sagas: [saga]))
    bench.emit(new("Ping", "1"), new("Ping", "2", of: "nobody"), to: "st")
    #expect(book.lines == ["1", "2"])
    #expect(bench.world.log.count(of: "out") == 2)
    #expect(bench.world.sagas.count(of: "S") == 0)
    #expect(SagaTests.outcomes(bench) == [.handled, .handled])
    book.isFailing = true
    bench.emit(new("Ping", "3"), to: "st")
    #expect(bench.world.parked.map(\.reason) == ["cannot handle 3"])
    #expect(bench.world.log.count(of: "out") == 2)
    book.isFailing = false
    bench.perform(.redrive(1))
    #expect(bench.world.log.count(of: "out") == 3)
    #expect(bench.world.parkedCount == 0)
  }

  @Test func `a type is handled either with an instance or without`() throws {
    let both = saga().onEvery("Step") { _, _ in }
    #expect(throws: DomainError.doubleHandler(saga: "S", method: "onEvery", "Step")) {
      try Engine(Domain("test", sagas: [both]))
    }
    let twice = saga().onEvery("Ping") { _, _ in }.onEvery("Ping") { _, _ in }
    #expect(throws: DomainError.doubleHandler(saga: "S", method: "onEvery", "Ping")) {
      try Engine(Domain("test", sagas: [twice]))
    }
  }

  @Test func `properties written by an author never collide with the engine's own`() throws {
    let saga = Saga("S", streams: ["st"]).keyed(by: "id", value: Self.byID)
      .startOn("Start") { step, _ in
        for name in ["instanceId", "saga", "ended", "activeTimers", "events", "steps"] {
          step[name] = "mine"
        }
        try step.upsertTimer("t", after: .seconds(1))
      }
      .on("Step") { step, _ in step["seen"] = .string(step.instanceID) }
      .onTimer("t") { step in step["fired"] = true }
    var bench = try RecordedEngine(Domain("test", sagas: [saga]))
    bench.emit(new("Start", of: "A"), new("Step", of: "A"), to: "st")
    bench.pass(.seconds(2))
    let instance = try #require(bench.world.instance("S"))
    #expect(instance.key == SagaKey("S", "saga-1"))
    #expect(!instance.hasEnded && instance.steps == 3)
    #expect(instance.data["ended"] == "mine" && instance.data["instanceId"] == "mine")
    #expect(instance.data["seen"] == "saga-1" && instance.data["fired"] == true)
  }

  @Test func `an instance and its timers belong to one tenant, and ignore other tenants`() throws {
    let saga = saga()
      .startOn("Begin") { step, _ in try step.upsertTimer("t", after: .seconds(1)) }
      .onTimer("t") { step in
        try step.transaction.put("note", "n", ["of": .string(step.workspace.text)])
        try step.transaction.emit("Fired", to: "out")
      }
    let app = try Eventicle(Domain("test", sagas: [saga]))
    for tenant in ["acme", "globex"] as [Workspace] {
      try app.dispatch(on: "st", in: tenant) { _ in CommandResult(events: [new("Begin", of: "A")]) }
    }
    try app.eventClient.emit([new("Begin", of: "A")], to: "st")
    #expect(app.world.sagas.count(of: "S") == 3)
    let owners = (0..<3).compactMap { app.world.sagas.instance(of: "S", at: $0)?.workspace }
    #expect(owners == ["acme", "globex", .system])
    try app.dispatch(on: "st", in: "acme") { _ in CommandResult(events: [new("Step", of: "A")]) }
    let counts = (0..<3).map { app.world.sagas.instance(of: "S", at: $0)?.data["n"] }
    #expect(counts == [1, .null, .null])
    #expect(app.world.sagas.find("S", "A", in: "globex")?.key.instanceID == "saga-2")
    try app.dispatch(on: "st", in: "zeta") { _ in CommandResult(events: [new("Begin", of: "Z")]) }
    #expect(app.world.sagas.find("S", "Z")?.workspace == "zeta")
    #expect(app.world.sagas.find("S", "A")?.workspace == .system)
    try app.advance(by: .seconds(2))
    for tenant in ["acme", "globex", .system] as [Workspace] {
      let note = app.world.record(RecordKey("note", "n", in: tenant))
      #expect(note?.content["of"].string == tenant.text)
      #expect(app.world.log.count(of: tenant.stream("out")) == 1)
    }
  }
}
