internal import HashTreeCollections

/// The source of ids: a seeded generator and named counters, both part of the world.
///
/// The same seed and the same inputs produce the same ids.
struct IDSource: Sendable {
  private static let stride: UInt64 = 0x9E37_79B9_7F4A_7C15
  let seed: UInt64
  /// The number of draws from the generator; going back in time reduces it.
  private(set) var drawn = 0
  private(set) var counters = TreeDictionary<String, Int>()
  /// The last number of each series of the engine.
  var numbers = LastNumbers()
  /// The counter that says whether the log has ids of events that the engine did not make.
  static let givenIDs = "given event ids"
  /// Whether an id that the generator makes may be in the log already.
  private(set) var mayRepeat = false

  init(seed: UInt64) { self.seed = seed }

  private var state: UInt64 { seed &+ UInt64(bitPattern: Int64(drawn)) &* IDSource.stride }

  /// Moves the generator forward or, by a negative count, back.
  mutating func skip(_ draws: Int) { drawn += draws }

  /// The last number of a counter; 0 before the first.
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

  /// The two halves of the next UUID of version 7: the instant first, then random bits.
  mutating func nextUUIDWords(at instant: Instant) -> (high: UInt64, low: UInt64) {
    let time = UInt64(truncatingIfNeeded: instant.milliseconds) & 0xFFFF_FFFF_FFFF
    let random = nextRandom()
    let high = time << 16 | 0x7000 | random & 0x0FFF
    let low = nextRandom() & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
    return (high, low)
  }
}
