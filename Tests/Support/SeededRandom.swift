/// A seeded generator (SplitMix64): the same seed gives the same numbers on every machine.
public struct SeededRandom: RandomNumberGenerator, Sendable, Hashable {
  private var state: UInt64

  /// Starts the sequence of a seed.
  public init(seed: UInt64) {
    state = seed
  }

  /// The next number of the sequence.
  public mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }

  /// A number in a range.
  public mutating func number(_ range: ClosedRange<Int>) -> Int {
    Int.random(in: range, using: &self)
  }

  /// A number from 0 to below a bound of at least 1.
  public mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }

  /// One of some values, of which there must be at least one.
  public mutating func pick<Value>(_ values: [Value]) -> Value { values[below(values.count)] }
}

/// The seeds of a property test, given as its arguments so that a failure names its seed.
///
/// `EVENTICLE_SEED=17 make test` runs seed 17 alone; `make torture` runs ten times as many.
///
/// - Parameter count: The number of seeds in an ordinary run.
public func seeds(_ count: Int) -> [UInt64] {
  if let seed = TestEnvironment.seed { return [seed] }
  return Array(0..<UInt64(count * (TestEnvironment.isTorture ? 10 : 1)))
}
