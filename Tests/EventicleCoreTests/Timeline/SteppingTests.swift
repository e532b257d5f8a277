import EventicleSamples
import TestSupport
import Testing

@testable import EventicleCore

@Suite struct SteppingTests {
  @Test(arguments: seeds(100))
  func `the moment of an event is the last one before the next event is appended`(
    seed: UInt64
  ) throws {
    let bench = try RandomShop.workbench(seed: seed, count: 12, remembering: false)
    let (log, timeline) = (bench.world.log, bench.timeline)
    for number in 0...log.count {
      let cursor = timeline.cursor(after: Position(number))
      let world = timeline.world(at: cursor)
      #expect(cursor == timeline.moment(of: cursor.entry))
      #expect(world.log.count >= number)
      #expect(world.log.event(at: Position(number)) == log.event(at: Position(number)))
      // What is more than the event itself was appended by its own step.
      let own = timeline.appendEntry(of: Position(number)).map { timeline.stepEnd(of: $0) }
      for later in number..<world.log.count {
        #expect(
          timeline.appendEntry(of: Position(later + 1)).map { timeline.stepEnd(of: $0) } == own)
      }
      if let next = timeline.nextStep(after: cursor) {
        #expect(timeline.world(at: next).log.count > world.log.count)
      }
      for stream in log.streamNames {
        let places = (1...log.count).filter { log.event(at: Position($0))?.stream == stream }
        #expect(world.log.count(of: stream) == places.filter { $0 <= world.log.count }.count)
      }
    }
  }

  @Test(arguments: seeds(100))
  func `stepping by events visits every append once in both directions`(seed: UInt64) throws {
    let timeline = try RandomShop.workbench(seed: seed, count: 12, remembering: false).timeline
    var cursor = timeline.cursor(after: Position(0))
    var seen: [TimeCursor] = [cursor]
    while let next = timeline.next(after: cursor) {
      #expect(timeline.previous(before: next) == cursor)
      #expect(next.entry > cursor.entry)
      cursor = next
      seen.append(cursor)
      if seen.count > timeline.count + 3 { break }
    }
    #expect(cursor == timeline.headCursor)
    let appending = Set(
      (0..<timeline.head.log.count).compactMap {
        timeline.appendEntry(of: Position($0 + 1)).map { timeline.stepEnd(of: $0) }
      })
    #expect(seen.count == appending.count + 1)
  }

  @Test(arguments: seeds(100))
  func `every moment has one name, and the name finds it again`(seed: UInt64) throws {
    let timeline = try RandomShop.workbench(seed: seed, count: 8, remembering: false).timeline
    var names: Set<MomentName> = []
    var cursor = TimeCursor(entry: JournalIndex(0))
    while true {
      let name = timeline.name(of: cursor)
      #expect(names.insert(name).inserted)
      #expect(timeline.cursor(named: name) == cursor)
      guard let next = timeline.nextStep(after: cursor) else { break }
      if timeline.world(at: next).log.count == timeline.world(at: cursor).log.count {
        #expect(timeline.name(of: next) == MomentName(name.position, steps: name.steps + 1))
      } else {
        #expect(timeline.name(of: next).steps == 0)
        #expect(timeline.cursor(named: MomentName(name.position, steps: name.steps + 1)) == nil)
      }
      cursor = next
    }
  }

  @Test func `an entry inside a step stands for the end of its step`() throws {
    var bench = try RecordedEngine(.shop)
    bench.run("PlaceOrder", ["customer": "c-1", "total": 5])
    let inside = TimeCursor(entry: JournalIndex(1))
    #expect(bench.timeline.moment(of: inside.entry).entry.number > 1)
    #expect(bench.timeline.world(at: inside).log.count == 2)
  }

  @Test(arguments: seeds(100))
  func `stepping by steps visits every step once in both directions`(
    seed: UInt64
  ) throws {
    let timeline = try RandomShop.workbench(seed: seed, count: 12, remembering: false).timeline
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
      (0..<timeline.count).compactMap { timeline.entry(JournalIndex($0 + 1))?.stepStart })
    #expect(steps == starts.count)
    #expect(timeline.previousStep(before: TimeCursor(entry: JournalIndex(0))) == nil)
  }

  @Test(arguments: seeds(100))
  func `stepping from inside a step leaves it in either direction`(seed: UInt64) throws {
    let timeline = try RandomShop.workbench(seed: seed, count: 8, remembering: false).timeline
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
    let timeline = try RandomShop.workbench(seed: seed, count: 10, remembering: false).timeline
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
      let cursor = TimeCursor(entry: entry)
      let world = timeline.world(at: cursor)
      #expect(world.log.count <= timeline.head.log.count)
      let queue = world.queue
      for index in 0..<queue.count {
        _ = world.log.event(at: queue[index].position)
      }
      _ = timeline.lastEvent(at: cursor)
      _ = timeline.name(of: cursor)
      _ = timeline.cursor(named: MomentName(position, steps: entry.number))
      _ = timeline.next(after: cursor)
      _ = timeline.previous(before: cursor)
      _ = timeline.nextStep(after: cursor)
      _ = timeline.previousStep(before: cursor)
      _ = timeline.input(of: entry)
      _ = timeline.cursor(after: position)
      _ = timeline.stepEnd(of: entry)
      _ = timeline.stepStart(of: entry)
      _ = timeline.effects(of: entry)
      _ = timeline.effects(of: position)
      _ = timeline.deliveries(of: position)
      _ = timeline.appendEntry(of: position)
      _ = timeline.errors(upTo: entry)
      _ = timeline.error(at: position.number)
    }
  }

  @Test func `the moment of a command's events is before the saga that answers them`() throws {
    var bench = try RecordedEngine(.shop)
    bench.run("PlaceOrder", ["customer": "c-1", "total": 5])
    let timeline = bench.timeline
    let cursor = timeline.cursor(after: Position(1))
    #expect(cursor == timeline.cursor(after: Position(2)))
    let world = timeline.world(at: cursor)
    #expect(world.log.count == 2)
    #expect(world.recordCount(of: "OrderBoard") == 1)
    #expect(world.sagas.count(of: "PaymentSaga") == 0)
    let next = try #require(timeline.nextStep(after: cursor))
    #expect(timeline.world(at: next).log.count == 3)
    #expect(timeline.world(at: next).sagas.count(of: "PaymentSaga") == 1)
    #expect(timeline.name(of: next) == MomentName(Position(3)))
  }
}
