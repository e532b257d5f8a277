import CoreSupport
import Testing

@testable import EventicleCore

@Suite struct TimerProofTests {
  let book = HandlerLog()

  static func byID(_ event: Event) -> JSON? { event.domainID.map { .string($0.text) } }

  func saga(_ name: String = "S") -> Saga {
    Saga(name, streams: ["st"]).keyed(by: "id", value: Self.byID)
      .startOn("Start") { step, _ in try step.upsertTimer("t", after: .milliseconds(80)) }
      .onTimer("t") { [book] step in book.note("\((step.now - .standardStart).milliseconds)") }
  }

  @Test func `a restart keeps the due time, and an overdue timer fires at once`() throws {
    let domain = Domain("test", sagas: [saga()])
    var first = try Engine(domain)
    _ = first.perform(.emit([new("Start", of: "A")], to: "st"))
    first.settle { _ in }
    _ = first.perform(.moveClock(.standardStart + .milliseconds(60)))
    var second = try Engine(resuming: first.world, domain, nextEntry: first.nextEntry)
    #expect(second.world.timers.next?.due == .standardStart + .milliseconds(80))
    // It comes back only after the timer was due.
    _ = second.perform(.moveClock(.standardStart + .milliseconds(500)))
    while let due = second.nextDue(upTo: second.world.clock) { _ = second.perform(due) }
    #expect(book.lines == ["500"])
    #expect(second.world.timers.count == 0)
  }

  @Test func `a restarted engine fires each timer once`() throws {
    let domain = Domain("test", sagas: [saga()])
    var engine = try Engine(domain)
    _ = engine.perform(.emit([new("Start", of: "A")], to: "st"))
    engine.settle { _ in }
    for _ in 0..<3 {
      let without = try Engine(
        resuming: engine.world, Domain("test"), nextEntry: engine.nextEntry)
      engine = try Engine(resuming: without.world, domain, nextEntry: without.nextEntry)
    }
    while let due = engine.nextDue(upTo: .standardStart + .seconds(1)) { _ = engine.perform(due) }
    #expect(book.lines == ["80"])
  }

  @Test func `a refused domain leaves nothing behind`() throws {
    let good = saga()
    #expect(throws: DomainError.declaredTwice(kind: "saga", name: "S")) {
      try Engine(Domain("test", sagas: [good, good]))
    }
    let world = try Engine(Domain("test", sagas: [good])).world
    #expect(throws: DomainError.self) {
      try Engine(
        resuming: world, Domain("test", sagas: [good, good]), nextEntry: JournalIndex(1))
    }
    #expect(world.groupNames == ["saga-S"])
    #expect(try Engine(Domain("test", sagas: [good])).domain.sagas.map(\.name) == ["S"])
  }

  @Test func `timers whose names concatenate alike are different timers`() throws {
    func saga(_ name: String, _ timer: String) -> Saga {
      Saga(name, streams: ["st"])
        .startOn("Start") { step, _ in try step.upsertTimer(timer, after: .seconds(1)) }
        .onTimer(timer) { [book] step in book.note("\(step.saga) \(timer)") }
    }
    var bench = try RecordedEngine(Domain("test", sagas: [saga("ab", "c"), saga("a", "bc")]))
    bench.emit(new("Start"), to: "st")
    #expect(bench.world.timers.count == 2)
    bench.pass(.seconds(2))
    #expect(book.lines == ["ab c", "a bc"])
  }

  @Test func `a timer is armed with its step or not at all`() throws {
    let saga = saga().on("Step") { step, event in
      try step.upsertTimer("t", after: .milliseconds(10))
      if event.id == "bad" { throw Rejection("no") }
    }
    var bench = try RecordedEngine(Domain("test", sagas: [saga]))
    bench.emit(new("Start", of: "A"), to: "st")
    let armed = bench.world.timers.next
    bench.emit(new("Step", "bad", of: "A"), to: "st")
    #expect(bench.world.timers.next == armed)
    bench.pass(.milliseconds(50))
    #expect(book.lines == [])
    bench.emit(new("Step", "good", of: "A"), to: "st")
    bench.pass(.seconds(1))
    #expect(book.lines == ["60"])
  }

  @Test(arguments: ["removed", "armed anew", "ended"])
  func `a timer that fired and waits does nothing when it is cancelled`(
    how: String
  ) throws {
    let saga = saga().on("Step") { step, _ in
      step.spend(.milliseconds(100))
    }.on("Off") { step, _ in
      switch how {
      case "removed": step.removeTimer("t")
      case "armed anew": try step.upsertTimer("t", after: .seconds(5))
      default: step.end(keepingData: true)
      }
    }
    var bench = try RecordedEngine(Domain("test", sagas: [saga]))
    bench.emit(new("Start", of: "A"), to: "st")
    bench.pass(.milliseconds(20))
    // Busy until 120, then the event that calls the timer off; the timer of 80 waits behind both.
    bench.emit(new("Step", of: "A"), new("Off", of: "A"), to: "st")
    bench.pass(.seconds(1))
    #expect(book.lines == [])
    bench.pass(.seconds(10))
    #expect(book.lines == (how == "armed anew" ? ["5120"] : []))
    #expect(bench.world.timers.count == 0)
    #expect(bench.world.group("saga-S")?.lanes == [])
  }

  @Test func `a timer that fired and waits runs unless it is cancelled`() throws {
    let saga = saga().on("Step") { step, _ in step.spend(.milliseconds(100)) }
    var bench = try RecordedEngine(Domain("test", sagas: [saga]))
    bench.emit(new("Start", of: "A"), to: "st")
    bench.pass(.milliseconds(20))
    bench.emit(new("Step", of: "A"), to: "st")
    bench.pass(.seconds(1))
    #expect(book.lines == ["120"])
    for moment in bench.moments {
      let travelled = bench.timeline.world(after: moment.last)
      #expect(bench.fingerprint(travelled).difference(from: moment.fingerprint) == nil)
    }
  }

  @Test func `a failing timer is retried by its policy, and reported each time`() throws {
    let saga = Saga("S", streams: ["st"])
      .taking(ConsumerOptions(policy: .retry(1, after: .seconds(1)), parallel: 50))
      .startOn("Start") { step, _ in try step.upsertTimer("t", after: .seconds(1)) }
      .onTimer("t") { [book] step in
        book.note("run \(step.now - .standardStart)")
        if book.lines.count == 1 { throw Rejection("tfail") }
      }
      .onError { [book] failure, _ in book.note("\(failure.timer ?? "") \(failure.reason)") }
    var bench = try RecordedEngine(Domain("test", sagas: [saga]))
    bench.emit(new("Start"), to: "st")
    bench.pass(.seconds(5))
    #expect(book.lines == ["run 1s", "t tfail", "run 2s"])
    #expect(bench.world.instance("S")?.timers == [])
    #expect(bench.world.timers.count == 0 && bench.world.parkedCount == 0)
  }
}
