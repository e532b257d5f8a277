internal import HashTreeCollections

/// Where ids come from: a seeded generator and named counters, both part of the world.
///
/// The same seed and the same inputs give the same ids.
struct IDSource: Sendable {
  private static let stride: UInt64 = 0x9E37_79B9_7F4A_7C15
  private let seed: UInt64
  /// How often the generator has been asked; going back in time takes some of that back.
  private(set) var drawn = 0
  private(set) var counters = TreeDictionary<String, Int>()
  /// The last numbers that the engine gave to what it numbers by itself.
  var numbers = LastNumbers()
  /// The counter that says whether somebody else has made ids of events that are in the log.
  static let givenIDs = "given event ids"
  /// Whether an id that the generator makes may be in the log already.
  private(set) var mayRepeat = false

  init(seed: UInt64) { self.seed = seed }

  private var state: UInt64 { seed &+ UInt64(bitPattern: Int64(drawn)) &* IDSource.stride }

  /// Goes so many draws on, or back.
  mutating func skip(_ draws: Int) { drawn += draws }

  /// The last number that a counter gave, 0 before the first.
  func counter(_ name: String) -> Int { counters[name] ?? 0 }

  mutating func setCounter(_ name: String, to value: Int) {
    counters[name] = value == 0 ? nil : value
    if name == IDSource.givenIDs { mayRepeat = value > 0 }
  }

  /// The next random bits (SplitMix64).
  mutating func nextRandom() -> UInt64 {
    drawn += 1
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }

  /// The two words of the next UUID of version 7: the instant in front, random bits behind.
  mutating func nextUUIDWords(at instant: Instant) -> (high: UInt64, low: UInt64) {
    let time = UInt64(truncatingIfNeeded: instant.milliseconds) & 0xFFFF_FFFF_FFFF
    let random = nextRandom()
    let high = time << 16 | 0x7000 | random & 0x0FFF
    let low = nextRandom() & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
    return (high, low)
  }
}
