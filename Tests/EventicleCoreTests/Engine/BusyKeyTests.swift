import CoreSupport
import Testing

@testable import EventicleCore

/// What a person does, and work that waited, while steps take time: no event is handled a second
/// time, and no step begins before the one in front of it has ended.
@Suite struct BusyKeyTests {
  let log = StepLog()
  let book = HandlerLog()

  private let group: GroupName = "saga-S"

  /// A saga whose steps are busy for the milliseconds of `busy`, failing ones included.
  private func saga(_ options: ConsumerOptions) -> Saga {
    Saga("S", streams: ["st"])
      .keyed(by: "id") { $0.domainID.map { .string($0.text) } }
      .taking(options)
      .startOn("Start") { step, event in step["team"] = event.data["team"] }
      .on("Step") { [log] step, event in
        let busy = event.data["busy"].integer ?? 0
        log.take(step, event.id.text, busy: .milliseconds(Int64(busy)))
        if log.isFailing { throw Rejection("not now") }
      }
      .on("All", matching: "team", value: { $0.data["team"] }) { [log] step, event in
        let isFirst = step["id"] == "A"
        log.take(step, event.id.text, busy: .milliseconds(isFirst ? 0 : 10))
      }
  }

  private func engine(_ saga: Saga, failing: Bool = false) throws -> RecordedEngine {
    var bench = try RecordedEngine(Domain("test", sagas: [saga]))
    for id in ["A", "B", "C"] as [DomainID] {
      bench.emit(new("Start", of: id, ["team": id == "C" ? "y" : "x"]), to: "st")
    }
    log.isFailing = failing
    return bench
  }

  private func step(_ id: EventID, of thing: DomainID = "A", busy: Int = 0) -> NewEvent {
    new("Step", id, of: thing, ["busy": .int(busy)])
  }

  @Test(arguments: [true, false])
  func `a slow retry of parked work offers no later event again`(isIdempotent: Bool) throws {
    let options = ConsumerOptions(policy: .park, isIdempotent: isIdempotent)
    var bench = try engine(saga(options), failing: true)
    // The failed step takes no time, so that its group keeps step; the retry does take time.
    let busy = EventID("s1")
    bench.perform(.emit([step(busy, busy: 0)], to: "st"))
    bench.settle()
    bench.perform(.edit(1, JSONBytes(["busy": 10])))
    log.isFailing = false
    bench.emit(step("s2"), step("s3"), to: "st")
    #expect(bench.world.group(group)?.isInStep == true)
    let before = bench.world.group(group)?.tally
    bench.perform(.redrive(1))
    bench.settle()
    bench.pass(.seconds(1))
    #expect(log.lines.map(\.what) == ["s1", "s2", "s3", "s1"])
    #expect(bench.world.group(group)?.handled == (before?.handled ?? 0) + 1)
    bench.emit(step("s4"), to: "st")
    #expect(log.lines.last?.what == "s4" && log.lines.count == 5)
  }

  @Test func `an event that waited for a lane and reaches two instances offers none again`() throws
  {
    let options = ConsumerOptions(policy: .retry(1, after: .milliseconds(100)))
    let lanes = saga(options).withHotPredicate(parallel: 1) { [book] event in
      book.note(event)
      return event.data["hot"] == true
    }
    var bench = try engine(lanes, failing: true)
    bench.emit(step("c1", of: "C"), to: "st")
    log.isFailing = false
    // The only cold place is taken by what waits for its retry.
    bench.emit(new("All", "all", of: "all", ["team": "x"]), to: "st")
    bench.emit(new("Step", "h1", of: "C", ["hot": true]), to: "st")
    bench.emit(new("Step", "h2", of: "B", ["hot": true]), to: "st")
    #expect(log.lines.filter { $0.what == "all" }.isEmpty)
    bench.pass(.seconds(1))
    let counts = Dictionary(grouping: log.lines, by: \.what).mapValues(\.count)
    #expect(counts == ["c1": 2, "all": 2, "h1": 1, "h2": 1])
    #expect(Set(book.lines).count == book.lines.count)
  }

  @Test func `dropping parked work does not end the step that failed`() throws {
    var bench = try engine(
      saga(ConsumerOptions(policy: .park, waitsForParked: true)), failing: true)
    bench.emit(step("s1", busy: 100), to: "st")
    log.isFailing = false
    bench.perform(.dropParked(1))
    bench.emit(step("s2"), to: "st")
    bench.pass(.seconds(1))
    #expect(log.brief == ["s1@0", "s2@100"])
  }

  @Test func `work that waits to be retried waits for a retry by a person too`() throws {
    let policy = ErrorPolicy.retry(1, after: .milliseconds(30), then: .park)
    var bench = try engine(saga(ConsumerOptions(policy: policy)), failing: true)
    bench.emit(step("s1", busy: 100), to: "st")
    bench.pass(.seconds(1))
    #expect(bench.world.parkedCount == 1)
    bench.emit(step("s2", busy: 100), to: "st")
    bench.perform(.pause(group))
    log.isFailing = false
    bench.pass(.seconds(1))
    bench.perform(.redrive(1))
    bench.perform(.resume(group))
    bench.settle()
    bench.pass(.seconds(1))
    #expect(log.lines.map(\.what) == ["s1", "s1", "s2", "s1", "s2"])
    #expect(!log.hasOverlap)
  }

  @Test func `moving a group does not end the step that is running`() throws {
    var bench = try engine(saga(ConsumerOptions(policy: .park)))
    bench.emit(step("s1", busy: 100), to: "st")
    bench.perform(.move(group, after: bench.world.log.last))
    bench.emit(step("s2"), to: "st")
    bench.pass(.seconds(1))
    #expect(log.brief == ["s1@0", "s2@100"])
  }
}
