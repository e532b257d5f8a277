import CoreSupport
import Testing

@testable import EventicleCore

@Suite struct SagaLaneTests {
  let log = StepLog()
  let book = HandlerLog()

  static func byID(_ event: Event) -> JSON? { event.domainID.map { .string($0.text) } }

  /// A saga whose hot events say so in their data, and fail to say so when `kind` is a number.
  func saga(parallel: Int = 1, hot: Int = 1, busy: Interval = .milliseconds(100)) -> Saga {
    Saga("S", streams: ["st"]).keyed(by: "id", value: Self.byID)
      .taking(ConsumerOptions(parallel: parallel))
      .withHotPredicate(parallel: hot) { [book] event in
        book.note(event)
        guard let kind = event.data["kind"].string else { throw Rejection("no kind") }
        return kind == "hot"
      }
      .startOn("Start") { [log] step, event in log.take(step, event.id.text, busy: busy) }
      .on("Step") { [log] step, event in log.take(step, event.id.text, busy: busy) }
  }

  static func cold(_ type: EventType, _ id: EventID, of thing: DomainID) -> NewEvent {
    new(type, id, of: thing, ["kind": "cold"])
  }

  static func hot(_ type: EventType, _ id: EventID, of thing: DomainID) -> NewEvent {
    new(type, id, of: thing, ["kind": "hot"])
  }

  @Test func `each event is handled once in its lane, and a failing predicate means cold`() throws {
    var bench = try RecordedEngine(Domain("test", sagas: [saga(busy: .milliseconds(0))]))
    bench.emit(Self.cold("Start", "cold-1", of: "A"), Self.hot("Start", "hot-1", of: "B"), to: "st")
    bench.emit(new("Start", "odd", of: "C", ["kind": 7]), to: "st")
    #expect(log.lines.map(\.what) == ["cold-1", "hot-1", "odd"])
    let lanes = (0..<3).map {
      bench.world.sagas.instance(of: "S", at: $0)?.recentSteps.map(\.lane) ?? []
    }
    #expect(lanes == [[.cold], [.hot], [.cold]])
    #expect(book.lines == ["cold-1", "hot-1", "odd"])
  }

  @Test func `both lanes are one group, and move as one`() throws {
    let domain = Domain("test", sagas: [saga()])
    let engine = try Engine(domain)
    #expect(engine.world.groupNames == ["saga-S"])
    let without = try Engine(
      resuming: engine.world, Domain("test"), nextEntry: engine.nextEntry)
    #expect(without.world.group("saga-S")?.status == .closed)
    let other = EventView("v", streams: ["st"], group: "saga-S", onAny: { _, _ in })
    #expect(throws: DomainError.self) {
      try Engine(Domain("test", views: [other], sagas: [saga()]))
    }
  }

  @Test func `a hot event overtakes many cold ones`() throws {
    var bench = try RecordedEngine(Domain("test", sagas: [saga()]))
    bench.emit(
      Self.cold("Start", "c1", of: "A"), Self.cold("Start", "c2", of: "B"),
      Self.cold("Start", "c3", of: "C"), Self.hot("Start", "h1", of: "D"), to: "st")
    bench.pass(.seconds(1))
    #expect(log.brief == ["c1@0", "h1@0", "c2@100", "c3@200"])
  }

  @Test func `without lanes the event waits its turn`() throws {
    let saga = Saga("S", streams: ["st"]).taking(ConsumerOptions(parallel: 1))
      .startOn("Start") { [log] step, event in
        log.take(step, event.id.text, busy: .milliseconds(100))
      }
    var bench = try RecordedEngine(Domain("test", sagas: [saga]))
    bench.emit(
      Self.cold("Start", "c1", of: "A"), Self.cold("Start", "c2", of: "B"),
      Self.hot("Start", "h1", of: "D"), to: "st")
    bench.pass(.seconds(1))
    #expect(log.brief == ["c1@0", "c2@100", "h1@200"])
  }

  @Test func `the predicate runs once, and an instance keeps its order across lanes`() throws {
    var bench = try RecordedEngine(Domain("test", sagas: [saga()]))
    bench.emit(
      Self.cold("Start", "a1", of: "A"), Self.cold("Step", "a2", of: "A"),
      Self.cold("Start", "b1", of: "B"), Self.hot("Step", "a3", of: "A"),
      Self.hot("Step", "b2", of: "B"), Self.hot("Start", "c1", of: "C"), to: "st")
    bench.pass(.seconds(2))
    for thing in ["a", "b", "c"] {
      let own = log.lines.map(\.what).filter { $0.hasPrefix(thing) }
      #expect(own == own.sorted())
    }
    #expect(log.lines.count == 6)
    #expect(!log.hasOverlap)
    #expect(book.lines.sorted() == ["a1", "a2", "a3", "b1", "b2", "c1"])
    #expect(log.lines.prefix(2).map(\.what) == ["a1", "c1"])
  }

  @Test func `an inconsistent predicate still runs once`() throws {
    let saga = Saga("S", streams: ["st"]).taking(
      ConsumerOptions(policy: .retry(2, after: .seconds(1)))
    )
    .withHotPredicate { [book] _ in
      book.note("asked")
      return book.lines.count % 2 == 1
    }
    .startOn("Start") { [log] step, event in
      log.take(step, "\(event.id.text) \(step.lane.map { "\($0)" } ?? "-")")
      if log.lines.count < 3 { throw Rejection("not yet") }
    }
    var bench = try RecordedEngine(Domain("test", sagas: [saga]))
    bench.emit(new("Start", "e1"), to: "st")
    bench.pass(.seconds(5))
    #expect(log.lines.map(\.what) == ["e1 hot", "e1 hot", "e1 hot"])
    #expect(book.lines == ["asked"])
  }

  @Test func `parked work uses its lane when it is retried`() throws {
    let saga = Saga("S", streams: ["st"]).withHotPredicate { _ in true }
      .startOn("Start") { [log] step, _ in
        if log.isFailing { throw Rejection("no") }
        step["lane"] = .string(step.lane?.rawValue ?? "none")
      }
    log.isFailing = true
    var bench = try RecordedEngine(Domain("test", sagas: [saga]))
    bench.emit(new("Start", "e1"), to: "st")
    log.isFailing = false
    bench.perform(.redrive(1))
    #expect(bench.world.instance("S")?.data == ["lane": "hot"])
  }

  @Test func `hot events have as many workers as declared`() throws {
    var bench = try RecordedEngine(Domain("test", sagas: [saga(parallel: 3, hot: 2)]))
    bench.emit(
      Self.hot("Start", "h1", of: "A"), Self.hot("Start", "h2", of: "B"),
      Self.hot("Start", "h3", of: "C"), Self.cold("Start", "c1", of: "D"), to: "st")
    bench.pass(.seconds(1))
    #expect(log.brief == ["h1@0", "h2@0", "c1@0", "h3@100"])
  }
}
