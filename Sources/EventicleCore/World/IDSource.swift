internal import HashTreeCollections

/// Where ids come from: a seeded generator and named counters, both part of the world.
///
/// The same seed and the same inputs give the same ids.
struct IDSource: Sendable {
  var state: UInt64
  private(set) var counters = TreeDictionary<String, Int>()

  init(seed: UInt64) { state = seed }

  /// The last number that a counter gave, 0 before the first.
  func counter(_ name: String) -> Int { counters[name] ?? 0 }

  mutating func setCounter(_ name: String, to value: Int) {
    counters[name] = value == 0 ? nil : value
  }

  /// The next random bits (SplitMix64).
  mutating func nextRandom() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }

  /// A UUID of version 7: the instant in front, random bits behind.
  mutating func nextUUID(at instant: Instant) -> String {
    let time = UInt64(truncatingIfNeeded: instant.milliseconds) & 0xFFFF_FFFF_FFFF
    let random = nextRandom()
    let high = time << 16 | 0x7000 | random & 0x0FFF
    let low = nextRandom() & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
    return String(unsafeUninitializedCapacity: 36) { buffer in
      var place = 0
      for index in 0..<32 {
        if index == 8 || index == 12 || index == 16 || index == 20 {
          buffer[place] = 0x2D
          place += 1
        }
        let word = index < 16 ? high : low
        let nibble = UInt8(word >> UInt64((15 - index % 16) * 4) & 0xF)
        buffer[place] = nibble < 10 ? 0x30 + nibble : 0x57 + nibble
        place += 1
      }
      return 36
    }
  }
}
