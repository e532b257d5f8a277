import EventicleSamples
import TestSupport
import Testing

@testable import EventicleCore
@testable import EventicleSQLite
@testable import EventicleWorkbench

/// A store's file in which bytes are changed: it is found, or nothing that is read changes.
@Suite struct FlipTests {
  /// How a file is changed.
  enum Damage: CaseIterable, Sendable {
    case bits
    case byte
    case sectorZeroed
    case pageZeroed
    case pagesSwapped
    case pageCopied
    case endMissing

    /// Changes bytes.
    func change(_ bytes: inout [UInt8], _ random: inout SeededRandom, page: Int) {
      let pages = bytes.count / page
      let (one, other) = (random.below(pages) * page, random.below(pages) * page)
      switch self {
      case .bits:
        for _ in 0..<random.number(2...20) {
          bytes[random.below(bytes.count)] ^= 1 << UInt8(random.below(8))
        }
      case .byte: bytes[random.below(bytes.count)] = UInt8(random.below(256))
      case .sectorZeroed:
        let place = random.below(bytes.count / 512) * 512
        for index in place..<place + 512 { bytes[index] = 0 }
      case .pageZeroed: for index in one..<one + page { bytes[index] = 0 }
      case .pagesSwapped: for index in 0..<page { bytes.swapAt(one + index, other + index) }
      case .pageCopied: for index in 0..<page { bytes[one + index] = bytes[other + index] }
      case .endMissing: bytes.removeLast(random.number(1...bytes.count - 1))
      }
    }
  }

  private static let page = 512

  @Test(arguments: Rounds.lanes) func `every flipped bit is found or changes nothing`(
    lane: Int
  ) throws {
    let bench = try DamagedStore(pageSize: Self.page)
    var random = SeededRandom(seed: Rounds.seed(lane))
    #expect(bench.whole.count >= 65_536)
    let bits = bench.whole.count * 8
    // Every bit in the slow tier, some of them in the fast one; those of a lane are its own.
    let stride = max(1, bits / Rounds.flips) * Rounds.lanes.count
    var counts = DamagedStore.Counts()
    for start in Swift.stride(from: lane, to: bits, by: stride) {
      let bit = stride > Rounds.lanes.count ? min(bits - 1, start + random.below(stride)) : start
      var changed = bench.whole
      changed[bit / 8] ^= 1 << UInt8(bit % 8)
      let verdict = try bench.judge(changed)
      #expect(verdict != .silent, "bit \(bit % 8) of byte \(bit / 8)")
      counts.add(verdict)
      Progress.count(counts.total, "bits flipped in lane \(lane)", every: 10_000)
    }
    #expect(counts.found > 0 && counts.unused > 0)
    Progress.note("of \(bench.whole.count) bytes \(counts)")
  }

  @Test(arguments: Damage.allCases) func `greater damage is found or changes nothing`(
    damage: Damage
  ) throws {
    let bench = try DamagedStore(pageSize: Self.page)
    var counts = DamagedStore.Counts()
    for seed in 0..<UInt64(TestEnvironment.isTorture ? 20_000 : 5) {
      var random = SeededRandom(seed: seed)
      var changed = bench.whole
      damage.change(&changed, &random, page: Self.page)
      let verdict = try bench.judge(changed)
      #expect(verdict != .silent, "\(damage), seed \(seed)")
      counts.add(verdict)
    }
    Progress.note("\(damage): \(counts)")
  }

  @Test func `a reader that compares nothing takes changed data for the truth`() throws {
    let bench = try DamagedStore(pageSize: Self.page)
    var silent = 0
    for (place, byte) in bench.whole.enumerated() where byte == UInt8(ascii: "c") {
      var changed = bench.whole
      changed[place] = UInt8(ascii: "d")
      if (try? bench.judge(changed, isTrusting: true)) == .silent { silent += 1 }
    }
    #expect(silent > 0)
  }
}
