import BackendContract
import TestSupport
import Testing

@testable import EventicleCore

@Suite struct PagedTimelineTests {
  /// The same timeline with everything up to an entry in a store.
  private func released(
    _ bench: RecordedEngine, upTo entries: [Int], offering interval: Int
  ) -> (timeline: Timeline, store: MemoryJournalStore) {
    let store = MemoryJournalStore(startingWith: bench.timeline.start, pages: 1)
    bench.timeline.forEachStep(home: bench.engine.domain.aggregateKey) { step in
      store.append(step)
      _ = store.commit()
      if store.last.number % interval == 0 {
        store.offer(bench.timeline.world(after: store.last).core(after: store.last))
      }
      return true
    }
    var timeline = bench.timeline
    var world = bench.world
    for entry in entries {
      timeline.release(upTo: JournalIndex(entry), to: store, rebasing: &world)
    }
    return (timeline, store)
  }

  @Test(arguments: seeds(40))
  func `a timeline gives the same answers with its older part in a store`(seed: UInt64) throws {
    let bench = try RecordedEngine.random(seed: seed, count: 12)
    let plain = bench.timeline
    var random = SeededRandom(seed: seed)
    let places = (0..<2).map { _ in Int.random(in: 0...plain.count, using: &random) }.sorted()
    var (timeline, store) = released(bench, upTo: places, offering: 3)
    #expect(timeline.count == plain.count && timeline.residentCount <= plain.count)
    for number in 0..<(plain.count + 2) {
      let index = JournalIndex(number)
      let (mine, others) = (timeline.entry(index), plain.entry(index))
      #expect(mine?.kind == others?.kind && mine?.cause == others?.cause)
      #expect(mine?.stepStart == others?.stepStart && mine?.stepCount == others?.stepCount)
      #expect(mine?.instant == others?.instant && mine?.origin == others?.origin)
      let (made, wanted) = (timeline.changes(of: index), plain.changes(of: index))
      #expect(made.appended == wanted.appended && made.kept == wanted.kept)
      #expect(made.draws == wanted.draws)
      #expect("\(made.others)" == "\(wanted.others)")
      #expect(timeline.stepEnd(of: index) == plain.stepEnd(of: index))
      #expect(timeline.stepStart(of: index) == plain.stepStart(of: index))
      #expect(
        "\(String(describing: timeline.input(of: index)))"
          == "\(String(describing: plain.input(of: index)))")
      #expect(timeline.effects(of: index) == plain.effects(of: index))
      #expect(timeline.effects(of: index, limit: 1) == plain.effects(of: index, limit: 1))
      #expect(timeline.errors(upTo: index) == plain.errors(upTo: index))
      let cursor = plain.moment(of: index)
      #expect(timeline.moment(of: index) == cursor)
      #expect(timeline.lastEvent(at: cursor) == plain.lastEvent(at: cursor))
      #expect(timeline.name(of: cursor) == plain.name(of: cursor))
      #expect(timeline.cursor(named: plain.name(of: cursor)) == cursor)
      #expect(timeline.next(after: cursor) == plain.next(after: cursor))
      #expect(timeline.previous(before: cursor) == plain.previous(before: cursor))
      if case .delivery(_, let consumer, let instance?, _) = others?.kind {
        let key = SagaKey(consumer.name, instance)
        #expect(timeline.entries(of: key, upTo: index) == plain.entries(of: key, upTo: index))
        #expect(timeline.entryCount(of: key) == plain.entryCount(of: key))
      }
    }
    for number in 0..<(plain.head.log.count + 2) {
      let position = Position(number)
      #expect(timeline.deliveries(of: position) == plain.deliveries(of: position))
      #expect(timeline.effects(of: position) == plain.effects(of: position))
      #expect(timeline.effects(of: position, limit: 1) == plain.effects(of: position, limit: 1))
      #expect(timeline.cursor(after: position) == plain.cursor(after: position))
      #expect(timeline.appendEntry(of: position) == plain.appendEntry(of: position))
    }
    for index in 0...plain.errors(upTo: plain.last) {
      #expect(timeline.error(at: index) == plain.error(at: index))
    }
    #expect(timeline.inputs.map(\.entry) == plain.inputs.map(\.entry))
    for moment in bench.moments {
      #expect(
        bench.fingerprint(timeline.world(after: moment.last)).difference(from: moment.fingerprint)
          == nil)
    }
    for moment in bench.moments.reversed() {
      let world = timeline.visit(TimeCursor(entry: moment.last))
      #expect(bench.fingerprint(world).difference(from: moment.fingerprint) == nil)
    }
    #expect(store.fault == nil && timeline.fault == nil)
  }

  @Test(arguments: seeds(20))
  func `a timeline that lets go every few steps is the same in the end`(seed: UInt64) throws {
    let bench = try RecordedEngine.random(seed: seed, count: 12)
    let steps = bench.moments.map(\.last.number)
    let (timeline, _) = released(bench, upTo: steps, offering: 5)
    #expect(timeline.residentCount == 0)
    for moment in bench.moments {
      let world = timeline.world(after: moment.last)
      #expect(bench.fingerprint(world).difference(from: moment.fingerprint) == nil)
    }
  }

  @Test func `stepping back over a long history replays little`() throws {
    var bench = try RecordedEngine(Domain("clockwork"), remembering: false)
    for second in 1...2_000 {
      bench.perform(.moveClock(.standardStart + .seconds(Int64(second))))
    }
    var (timeline, store) = released(bench, upTo: [2_000], offering: 100_000)
    var (cursor, world) = (TimeCursor(entry: JournalIndex(1_999)), bench.world)
    world = timeline.visit(cursor)
    for _ in 0..<50 {
      let before = try #require(timeline.previousStep(before: cursor))
      store.stepsRead = 0
      world = timeline.visit(before, nearby: (cursor, world))
      cursor = before
      #expect(world.clock == .standardStart + .seconds(Int64(cursor.entry.number)))
      #expect(store.stepsRead <= WorldWindow.interval + 1)
    }
  }
}
