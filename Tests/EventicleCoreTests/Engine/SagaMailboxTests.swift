import CoreSupport
import Testing

@testable import EventicleCore

@Suite struct SagaMailboxTests {
  let log = StepLog()
  let book = HandlerLog()

  static func byID(_ event: Event) -> JSON? { event.domainID.map { .string($0.text) } }

  func saga(_ options: ConsumerOptions = ConsumerOptions(parallel: 50)) -> Saga {
    Saga("S", streams: ["st"]).keyed(by: "id", value: Self.byID).taking(options)
  }

  /// An engine with a lease on a name.
  func app(_ saga: Saga, holding lock: String, for interval: Interval) throws -> Eventicle {
    let app = try Eventicle(Domain("test", sagas: [saga]))
    try app.dispatch(on: "s") { tx in
      try tx.acquire(lock, holder: "ada", for: interval)
      return CommandResult()
    }
    return app
  }

  @Test(arguments: [true, false])
  func `a timer and an event of one moment never overlap, and both are handled`(
    eventFirst: Bool
  ) throws {
    let busy = Interval.seconds(2)
    let saga = saga()
      .startOn("Start") { step, _ in try step.upsertTimer("t", after: .milliseconds(100)) }
      .on("Step") { [log] step, _ in log.take(step, "event", busy: busy) }
      .onTimer("t") { [log] step in log.take(step, "timer", busy: busy) }
    var bench = try RecordedEngine(Domain("test", sagas: [saga]))
    bench.emit(new("Start", of: "A"), to: "st")
    if eventFirst {
      bench.perform(.moveClock(.standardStart + .milliseconds(100)))
    } else {
      bench.pass(.milliseconds(100))
    }
    bench.emit(new("Step", of: "A"), to: "st")
    bench.pass(.seconds(10))
    #expect(log.brief == (eventFirst ? ["event@100", "timer@2100"] : ["timer@100", "event@2100"]))
    #expect(!log.hasOverlap)
    #expect(bench.world.instance("S")?.timers == [])
  }

  @Test func `a start keeps its mailbox busy for the events behind it`() throws {
    let saga = saga()
      .startOn("Start") { [log] step, _ in log.take(step, "start", busy: .milliseconds(50)) }
      .on("Step") { [log] step, _ in log.take(step, "step", busy: .milliseconds(50)) }
    var bench = try RecordedEngine(Domain("test", sagas: [saga]))
    bench.emit(
      new("Start", of: "A"), new("Step", of: "A"), new("Start", of: "B"), new("Step", of: "B"),
      to: "st")
    bench.pass(.seconds(1))
    #expect(log.brief == ["start@0", "start@0", "step@50", "step@50"])
  }

  @Test func `a step that fails cancels nothing behind it`() throws {
    let saga = saga()
      .startOn("Start") { [log] step, _ in log.take(step, "start", busy: .milliseconds(50)) }
      .on("Step") { [log] step, event in
        log.take(step, event.id.text)
        if event.id == "bad" { throw Rejection("bad") }
        step["n"] = .int((step["n"].integer ?? 0) + 1)
      }
    var bench = try RecordedEngine(Domain("test", sagas: [saga]))
    bench.emit(
      new("Start", of: "A"), new("Step", "bad", of: "A"), new("Step", "good", of: "A"),
      new("Step", "better", of: "A"), to: "st")
    bench.pass(.seconds(1))
    #expect(log.lines.map(\.what) == ["start", "bad", "good", "better"])
    #expect(bench.world.instance("S")?.data["n"] == 2)
    #expect(bench.world.parked.map(\.reason) == ["bad"])
  }

  @Test func `later events of an instance wait for its parked step if the saga says so`() throws {
    let saga = saga(ConsumerOptions(parallel: 1, waitsForParked: true))
      .startOn("Start") { step, _ in try step.upsertTimer("t", after: .seconds(1)) }
      .on("Step") { [log] step, event in
        if event.id == "bad", log.isFailing { throw Rejection("bad") }
        log.take(step, event.id.text)
      }
      .onTimer("t") { [log] step in log.take(step, "timer") }
    log.isFailing = true
    var bench = try RecordedEngine(Domain("test", sagas: [saga]))
    bench.emit(new("Start", of: "A"), new("Start", of: "B"), to: "st")
    bench.emit(new("Step", "bad", of: "A"), new("Step", "a2", of: "A"), to: "st")
    bench.emit(new("Step", "b1", of: "B"), to: "st")
    bench.pass(.seconds(2))
    #expect(log.lines.map(\.what) == ["b1", "timer"])
    log.isFailing = false
    bench.perform(.redrive(1))
    bench.settle()
    #expect(log.lines.map(\.what) == ["b1", "timer", "bad", "a2", "timer"])
    bench.emit(new("Step", "a3", of: "A"), to: "st")
    #expect(log.lines.last?.what == "a3")
    #expect(bench.world.group("saga-S")?.isInStep == true)
  }

  @Test func `a retried start lets the events waiting for its value reach the instance`() throws {
    let saga = saga(ConsumerOptions(parallel: 5, waitsForParked: true))
      .startOn("Start") { [log] step, _ in
        if log.isFailing { throw Rejection("no") }
        log.take(step, "start", busy: .milliseconds(50))
      }
      .on("Step") { [log] step, event in log.take(step, event.id.text, busy: .milliseconds(50)) }
    log.isFailing = true
    var bench = try RecordedEngine(Domain("test", sagas: [saga]))
    bench.emit(new("Start", of: "A"), new("Step", "1", of: "A"), to: "st")
    #expect(bench.world.parkedCount == 1)
    log.isFailing = false
    bench.perform(.redrive(1))
    bench.emit(new("Step", "2", of: "A"), to: "st")
    bench.pass(.seconds(1))
    #expect(log.lines.map(\.what) == ["start", "1", "2"])
    #expect(bench.world.parkedCount == 0)
  }

  @Test func `dropping parked work lets the others go on`() throws {
    let saga = saga(ConsumerOptions(parallel: 5, waitsForParked: true))
      .startOn("Start") { _, _ in }
      .on("Step") { [log] step, event in
        if event.id == "bad" { throw Rejection("bad") }
        log.take(step, event.id.text)
      }
    var bench = try RecordedEngine(Domain("test", sagas: [saga]))
    bench.emit(
      new("Start", of: "A"), new("Step", "bad", of: "A"), new("Step", "ok", of: "A"), to: "st")
    #expect(log.lines.isEmpty)
    bench.perform(.dropParked(1))
    bench.settle()
    #expect(log.lines.map(\.what) == ["ok"])
  }

  @Test func `each instance of a shared event has its own mailbox`() throws {
    let saga = saga()
      .startOn("Start") { step, _ in step["team"] = "x" }
      .on("Step") { [log] step, event in log.take(step, event.id.text, busy: .seconds(1)) }
      .on("All", matching: "team", value: { _ in "x" }) { [log] step, _ in
        log.take(step, "all", busy: .milliseconds(10))
      }
    var bench = try RecordedEngine(
      Domain("test", sagas: [saga.taking(ConsumerOptions(parallel: 9, isIdempotent: true))]))
    bench.emit(new("Start", of: "A"), new("Start", of: "B"), new("Start", of: "C"), to: "st")
    bench.emit(new("Step", "b1", of: "B"), to: "st")
    bench.emit(new("All"), to: "st")
    bench.pass(.seconds(5))
    #expect(log.brief == ["b1@0", "all@0", "all@0", "all@1000"])
    #expect(log.lines.map(\.instance) == ["saga-2", "saga-1", "saga-3", "saga-2"])
    #expect(!log.hasOverlap)
    // All of it is marked as handled: nothing happens when the group goes back.
    bench.perform(.move("saga-S", after: Position(0)))
    bench.settle()
    bench.pass(.seconds(5))
    #expect(log.lines.count == 4)
  }

  @Test func `a step holds its lock while it runs, and waits for a lease`() throws {
    let lock: Saga.LockName = { step, _ in step["id"].string.map { "stock-\($0)" } }
    let saga = saga()
      .startOn("Start") { _, _ in }
      .on("Step", lock: lock) { [log, book] step, event in
        book.note(step.transaction.heldLocks.joined())
        log.take(step, event.id.text)
      }
      .on("Free") { [log] step, event in log.take(step, event.id.text) }
      .onError { [book] failure, _ in book.note(failure.reason) }
    let app = try app(saga, holding: "stock-A", for: .milliseconds(100))
    try app.eventClient.emit([new("Start", of: "A"), new("Start", of: "B")], to: "st")
    let events = [
      new("Step", "a1", of: "A"), new("Free", "a2", of: "A"), new("Step", "b1", of: "B"),
    ]
    try app.eventClient.emit(events, to: "st")
    try app.advance(by: .seconds(1))
    #expect(log.brief == ["b1@0", "a1@100", "a2@100"])
    #expect(book.lines == ["stock-B", "stock-A"])
    #expect(app.world.parkedCount == 0)
  }

  @Test func `a start whose lock is taken is not lost`() throws {
    let saga = saga()
      .startOn("Start", lock: { _, _ in "gate" }) { [log] step, _ in log.take(step, "start") }
      .on("Step") { [log] step, _ in log.take(step, "step") }
    let app = try app(saga, holding: "gate", for: .milliseconds(70))
    try app.eventClient.emit([new("Start", of: "A"), new("Step", of: "A")], to: "st")
    #expect(app.world.sagas.count(of: "S") == 0)
    try app.advance(by: .seconds(1))
    #expect(log.brief == ["start@70", "step@70"])
    #expect(app.world.instance("S")?.steps == 2)
  }

  @Test func `a timer whose lock is taken runs when the lock is free`() throws {
    let saga = saga()
      .startOn("Start") { step, _ in try step.upsertTimer("t", after: .milliseconds(10)) }
      .onTimer("t") { [log] step in try step.withLock("gate") { log.take(step, "timer") } }
    let app = try app(saga, holding: "gate", for: .milliseconds(70))
    try app.eventClient.emit([new("Start", of: "A")], to: "st")
    try app.advance(by: .seconds(1))
    #expect(log.brief == ["timer@70"])
  }

  @Test func `a step that takes too long fails and changes nothing`() throws {
    let saga = saga().limitingSteps(to: .seconds(60))
      .startOn("Start") { _, _ in }
      .on("Step") { step, event in
        step["done"] = .string(event.id.text)
        step.spend(.seconds(event.id == "slow" ? 61 : 60))
      }
    var bench = try RecordedEngine(Domain("test", sagas: [saga]))
    bench.emit(new("Start", of: "A"), new("Step", "fast", of: "A"), to: "st")
    bench.emit(new("Step", "slow", of: "A"), to: "st")
    bench.pass(.minutes(5))
    #expect(bench.world.instance("S")?.data["done"] == "fast")
    #expect(
      bench.world.parked.map(\.reason) == [
        "A step of S may take 1m, but this one took 1m1s; do less in one step or raise the limit "
          + "with limitingSteps."
      ])
  }
}
