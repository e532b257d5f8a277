import TestSupport
import Testing

@testable import EventicleCore

@Suite struct CoreCodecTests {
  @Test(arguments: seeds(40))
  func `a core read from its bytes has the same bytes`(seed: UInt64) throws {
    let bench = try RecordedEngine.random(seed: seed, count: 8)
    for moment in bench.moments {
      let bytes = CoreCodec.encodeAlone(moment.world.core(after: moment.last))
      let read = try CoreCodec.decodeAlone(bytes)
      #expect(read.entry == moment.last)
      #expect(CoreCodec.encodeAlone(read) == bytes)
    }
  }

  @Test(arguments: seeds(40))
  func `bytes that are no core are refused in words, or read as another one`(seed: UInt64) throws {
    let bench = try RecordedEngine.random(seed: seed, count: 4)
    let bytes = CoreCodec.encodeAlone(bench.world.core(after: bench.timeline.last))
    var random = SeededRandom(seed: seed)
    for _ in 0..<40 {
      var broken = bytes
      broken[random.below(broken.count)] ^= UInt8(1 << random.below(8))
      if random.below(4) == 0 { broken.removeLast(random.below(broken.count)) }
      do throws(StepCodecError) {
        _ = try CoreCodec.decodeAlone(broken)
      } catch { #expect(error.description.hasSuffix(".")) }
    }
  }

  @Test func `the size does not grow with what it counts`() throws {
    var resting = try RestingEngine(.counting, seed: 1)
    func size() -> Int {
      CoreCodec.encodeAlone(resting.world.core(after: resting.store.last)).count
    }
    func count(to end: Int) {
      for number in 0..<end {
        resting.perform(.emit([NewEvent("Counted", DomainID("k\(number)"))], to: "counts"))
      }
      while resting.engine.hasWork { resting.perform(.deliver) }
    }
    count(to: 10)
    let small = size()
    count(to: 200)
    #expect(size() <= small + 12)
  }
}
