import EventicleSamples
import TestSupport
import Testing

@testable import EventicleCore

@Suite struct TimeTravelTests {
  @Test(arguments: seeds(200))
  func `the world after every entry equals the recorded one`(seed: UInt64) throws {
    let bench = try RecordedEngine.random(seed: seed, count: 12)
    for moment in bench.moments {
      let travelled = bench.timeline.world(after: moment.last)
      #expect(bench.fingerprint(travelled).difference(from: moment.fingerprint) == nil)
    }
  }

  @Test(arguments: seeds(200))
  func `a moment looks the same from any nearby world`(seed: UInt64) throws {
    let bench = try RecordedEngine.random(seed: seed, count: 12)
    var random = SeededRandom(seed: seed)
    for _ in 0..<20 {
      let from = try #require(bench.moments.randomElement(using: &random))
      let to = try #require(bench.moments.randomElement(using: &random))
      let travelled = bench.timeline.world(after: to.last, nearby: (from.last, from.world))
      #expect(bench.fingerprint(travelled).difference(from: to.fingerprint) == nil)
    }
  }

  @Test(arguments: seeds(200))
  func `worlds kept by the timeline never change`(seed: UInt64) throws {
    let bench = try RecordedEngine.random(seed: seed, count: 12)
    for moment in bench.moments {
      #expect(bench.fingerprint(moment.world).difference(from: moment.fingerprint) == nil)
    }
  }

  @Test(arguments: seeds(200))
  func `a place inside a step is the step's end`(seed: UInt64) throws {
    let bench = try RecordedEngine.random(seed: seed, count: 8)
    for moment in bench.moments where moment.first < moment.last {
      let ends = Set(
        (moment.first.number...moment.last.number).map {
          bench.timeline.stepEnd(of: JournalIndex($0))
        })
      guard ends == [moment.last] else { continue }
      let inside = bench.timeline.world(after: moment.first)
      #expect(bench.fingerprint(inside).difference(from: moment.fingerprint) == nil)
    }
  }

  @Test(arguments: seeds(200))
  func `reverting and reapplying every step changes nothing`(seed: UInt64) throws {
    let bench = try RecordedEngine.random(seed: seed, count: 12)
    var world = bench.world
    for moment in bench.moments.reversed() where moment.last.number > 0 {
      #expect(bench.fingerprint(world).difference(from: moment.fingerprint) == nil)
      for index in stride(from: moment.last.number, through: moment.first.number, by: -1) {
        world.revert(bench.timeline.entry(JournalIndex(index))?.changes ?? .none)
      }
    }
    #expect(bench.fingerprint(world).difference(from: bench.moments[0].fingerprint) == nil)
    for entry in bench.entries { world.apply(entry.changes) }
    let end = bench.fingerprint(bench.world)
    #expect(bench.fingerprint(world).difference(from: end) == nil)
  }

  @Test func `places outside the journal are clamped to it`() throws {
    let bench = try RandomShop.workbench(seed: 5, count: 10)
    let start = bench.timeline.world(after: JournalIndex(-7))
    #expect(bench.fingerprint(start).difference(from: bench.moments[0].fingerprint) == nil)
    let end = bench.timeline.world(after: JournalIndex(Int.max))
    #expect(bench.fingerprint(end).difference(from: bench.fingerprint(bench.world)) == nil)
  }

  @Test func `fewer snapshots lead to the same worlds`() throws {
    var bench = try RecordedEngine(Domain("clockwork"), remembering: false)
    let count = Limits.snapshotInterval * 130
    for second in 1...count {
      bench.perform(.moveClock(.standardStart + .seconds(Int64(second))))
    }
    #expect(bench.timeline.count == count)
    for index in stride(from: 0, through: count, by: 997) {
      let clock = bench.timeline.world(after: JournalIndex(index)).clock
      #expect(clock == .standardStart + .seconds(Int64(index)))
    }
  }
}
