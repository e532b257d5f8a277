import EventicleCore

/// When to try again: after 100 ms, then twice as long each time up to 10 s, each a fifth more or less,
/// for ever.
struct Reconnection: Sendable {
  private var tries = 0
  private var random: UInt64

  static let first: Int64 = 100
  static let longest: Int64 = 10_000

  /// - Parameter seed: What the differences come from.
  init(seed: UInt64) { random = seed }

  /// The pause before the next try.
  mutating func next() -> Interval {
    let whole = min(Self.longest, Self.first << min(Int64(tries), 10))
    tries += 1
    random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    let share = Int64(random >> 33) % 401 - 200
    return Interval(milliseconds: whole + whole * share / 1_000)
  }

  /// Begins anew after a connection that worked.
  mutating func succeed() { tries = 0 }
}
