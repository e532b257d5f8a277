import EventicleSamples
import TestSupport
import Testing

@testable import EventicleCore

@Suite struct SteppingTests {
  @Test(arguments: seeds(100))
  func `the moment after an event shows exactly the events up to it`(seed: UInt64) throws {
    let bench = try RandomShop.workbench(seed: seed, count: 12)
    let log = bench.world.log
    for number in 0...log.count {
      let cursor = bench.timeline.cursor(after: Position(number))
      let world = bench.timeline.world(at: cursor)
      #expect(world.log.count == number)
      #expect(world.log.event(at: Position(number)) == log.event(at: Position(number)))
      #expect(bench.timeline.lastEvent(at: cursor) == Position(number))
      for stream in log.streamNames {
        let places = (1...log.count).filter { log.event(at: Position($0))?.stream == stream }
        #expect(world.log.count(of: stream) == places.filter { $0 <= number }.count)
      }
    }
  }

  @Test(arguments: seeds(100))
  func `stepping by events visits every event once in both directions`(seed: UInt64)
    throws
  {
    let timeline = try RandomShop.workbench(seed: seed, count: 12).timeline
    var cursor = timeline.cursor(after: Position(0))
    var seen: [TimeCursor] = [cursor]
    while let next = timeline.next(after: cursor) {
      #expect(timeline.previous(before: next) == cursor)
      #expect(seen.count < timeline.count + 3)
      cursor = next
      seen.append(cursor)
      if seen.count > timeline.count + 3 { break }
    }
    #expect(cursor == timeline.headCursor)
    let events = seen.map { timeline.lastEvent(at: $0).number }
    #expect(Array(events.prefix(timeline.head.log.count + 1)) == Array(0...timeline.head.log.count))
    #expect(zip(seen, seen.dropFirst()).allSatisfy { $0.entry <= $1.entry })
  }

  @Test(arguments: seeds(100))
  func `stepping by steps visits every step once in both directions`(
    seed: UInt64
  ) throws {
    let timeline = try RandomShop.workbench(seed: seed, count: 12).timeline
    var cursor = TimeCursor(entry: JournalIndex(0))
    var steps = 0
    while let next = timeline.nextStep(after: cursor) {
      #expect(timeline.previousStep(before: next) == cursor)
      #expect(next.entry == timeline.stepEnd(of: cursor.entry.next))
      cursor = next
      steps += 1
      guard steps <= timeline.count else { break }
    }
    #expect(cursor == timeline.headCursor)
    let starts = Set(
      (1...timeline.count).compactMap { timeline.entry(JournalIndex($0))?.stepStart })
    #expect(steps == starts.count)
    #expect(timeline.previousStep(before: TimeCursor(entry: JournalIndex(0))) == nil)
  }

  @Test(arguments: seeds(100))
  func `stepping from inside a step leaves it in either direction`(seed: UInt64) throws {
    let timeline = try RandomShop.workbench(seed: seed, count: 8).timeline
    for number in 0...timeline.head.log.count {
      let cursor = timeline.cursor(after: Position(number))
      if let later = timeline.nextStep(after: cursor) { #expect(later.entry >= cursor.entry) }
      if let earlier = timeline.previousStep(before: cursor) {
        #expect(earlier.entry < cursor.entry)
      }
    }
  }

  @Test(arguments: seeds(100))
  func `every cursor is answered, however odd`(seed: UInt64) throws {
    let timeline = try RandomShop.workbench(seed: seed, count: 10).timeline
    var random = SeededRandom(seed: seed &+ 9)
    let wild = [Int.min, Int.max, -1, 0, timeline.count, timeline.count + 1]
    func number(_ top: Int) -> Int {
      Int.random(in: 0..<6, using: &random) == 0
        ? wild[Int.random(in: 0..<wild.count, using: &random)]
        : Int.random(in: -3...(top + 3), using: &random)
    }
    for _ in 0..<40 {
      let entry = JournalIndex(number(timeline.count))
      let position = Position(number(timeline.head.log.count))
      for cursor in [TimeCursor(entry: entry), TimeCursor(entry: entry, position: position)] {
        let world = timeline.world(at: cursor)
        #expect(world.log.count <= timeline.head.log.count)
        let queue = world.queue
        for index in 0..<queue.count {
          _ = world.log.event(at: queue[index].position)
        }
        _ = timeline.lastEvent(at: cursor)
        _ = timeline.next(after: cursor)
        _ = timeline.previous(before: cursor)
        _ = timeline.nextStep(after: cursor)
        _ = timeline.previousStep(before: cursor)
      }
      _ = timeline.cursor(after: position)
      _ = timeline.stepEnd(of: entry)
      _ = timeline.end(of: position)
      _ = timeline.effects(of: entry)
      _ = timeline.effects(of: position)
      _ = timeline.deliveries(of: position)
      _ = timeline.appendEntry(of: position)
      _ = timeline.errors(upTo: entry)
      _ = timeline.error(at: position.number)
    }
  }

  @Test func `an event is done when its direct deliveries are`() throws {
    var bench = try RecordedEngine(.shop)
    bench.run("PlaceOrder", ["customer": "c-1", "total": 5])
    let end = bench.timeline.end(of: Position(1))
    let deliveries = bench.timeline.deliveries(of: Position(1))
    #expect(deliveries.count == 3)
    #expect(deliveries.last.map { bench.timeline.stepEnd(of: $0) } == end)
    let world = bench.timeline.world(at: bench.timeline.cursor(after: Position(1)))
    #expect(world.recordCount(of: "OrderBoard") == 1)
    #expect(world.sagas.count(of: "PaymentSaga") == 1)
    #expect(world.log.count == 1)
  }
}
