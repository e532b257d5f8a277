import EventicleSamples
import TestSupport
import Testing

@testable import EventicleCore

@Suite struct StepCodecTests {
  private func steps(_ bench: RecordedEngine) -> [StoredStep] {
    var steps: [StoredStep] = []
    bench.timeline.forEachStep(home: bench.engine.domain.aggregateKey) {
      steps.append($0)
      return true
    }
    return steps
  }

  @Test(arguments: seeds(60))
  func `a step is the same after it was written and read`(seed: UInt64) throws {
    let bench = try RecordedEngine.random(seed: seed, count: 12)
    var names = NameBook()
    for step in steps(bench) {
      let bytes = StepCodec.encodeAlone(step)
      let read = try StepCodec.decodeAlone(bytes)
      #expect(StepCodec.encodeAlone(read) == bytes)
      #expect(read.entries.map(\.kind) == step.entries.map(\.kind))
      #expect(read.entries.map(\.cause) == step.entries.map(\.cause))
      #expect(read.entries.map(\.origin) == step.entries.map(\.origin))
      #expect(read.first == step.first && read.input.origin == step.input.origin)
      let shared = StepCodec.encode(step, &names)
      #expect(StepCodec.encodeAlone(try StepCodec.decode(shared, names)) == bytes)
    }
  }

  @Test(arguments: seeds(60))
  func `stored steps rebuild every world without running a handler`(seed: UInt64) throws {
    let bench = try RecordedEngine.random(seed: seed, count: 12)
    var world = bench.timeline.start
    var complete: [(StepChanges, JournalIndex)] = []
    var moments = bench.moments.dropFirst()[...]
    for step in steps(bench) {
      let read = try StepCodec.decodeAlone(StepCodec.encodeAlone(step))
      for part in read.parts {
        complete.append((world.replay(completing: part.changes, part.events), step.first))
      }
      let next = moments.popFirst()
      let moment = try #require(next)
      #expect(bench.fingerprint(world) == moment.fingerprint)
    }
    // What the changes replaced was filled in, so that they can be taken back.
    for (changes, _) in complete.reversed() { world.revert(changes) }
    #expect(bench.fingerprint(world) == bench.moments[0].fingerprint)
  }

  @Test(arguments: seeds(100))
  func `bytes that are no step are answered with a sentence`(seed: UInt64) throws {
    let bench = try RecordedEngine.random(seed: seed, count: 3)
    var random = SeededRandom(seed: seed)
    for step in steps(bench).suffix(12) {
      let whole = StepCodec.encodeAlone(step)
      for _ in 0..<40 {
        var bytes = whole
        switch Int.random(in: 0...2, using: &random) {
        case 0: bytes.removeLast(Int.random(in: 1...bytes.count, using: &random))
        case 1:
          let place = Int.random(in: 0..<bytes.count, using: &random)
          bytes[place] = UInt8.random(in: 0...255, using: &random)
        default:
          let place = Int.random(in: 0...bytes.count, using: &random)
          bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
        }
        do throws(StepCodecError) { _ = try StepCodec.decodeAlone(bytes) } catch {
          #expect(error.description.hasPrefix("A stored step "))
        }
      }
    }
  }

  @Test func `a later codec is refused by its number`() throws {
    var names = NameBook()
    let step = StoredStep(RecordedInput(.deliver, by: .delivery), parts: [])
    var bytes = StepCodec.encode(step, &names)
    #expect(bytes.first == StepCodec.version)
    bytes[0] = 9
    #expect(throws: StepCodecError("A stored step is of codec 9; this program reads codec 1.")) {
      try StepCodec.decode(bytes, names)
    }
  }
}
