/// A small seeded generator: the same seed gives the same numbers on every machine.
public struct SeededRandom: Sendable {
  private var state: UInt64

  /// Starts the sequence of a seed and a place in it.
  public init(_ seed: UInt64, _ place: Int = 0) {
    state = SeededRandom.mix(seed &+ SeededRandom.mix(UInt64(truncatingIfNeeded: place)))
  }

  private static func mix(_ number: UInt64) -> UInt64 {
    var mixed = number &+ 0x9E37_79B9_7F4A_7C15
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }

  /// A number from 0 up to but excluding a bound of at least 1.
  public mutating func roll(_ bound: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    return Int((SeededRandom.mix(state) >> 1) % UInt64(max(1, bound)))
  }

  /// True with a probability of one in `odds`.
  public mutating func chance(oneIn odds: Int) -> Bool { roll(odds) == 0 }

  /// A random element, `nil` when there are none.
  public mutating func pick<Value>(_ values: [Value]) -> Value? {
    values.isEmpty ? nil : values[roll(values.count)]
  }

  /// The values in a random order.
  public mutating func shuffled<Value>(_ values: [Value]) -> [Value] {
    var values = values
    for last in values.indices.reversed() { values.swapAt(last, roll(last + 1)) }
    return values
  }
}
