import TestSupport

/// How many rounds the harnesses make: few in an ordinary run, as many as `make torture` says there.
enum Rounds {
  /// The lanes that run side by side, each with seeds of its own.
  static let lanes = [0, 1]

  static let kills = count("EVENTICLE_KILLS", short: 6, long: 10_000)
  static let cuts = count("EVENTICLE_CUTS", short: 8, long: 4_000)
  static let fullDisks = count("EVENTICLE_ROUNDS", short: 4, long: 1_000)
  /// How many bits are flipped; all of them when there are fewer.
  static let flips = count("EVENTICLE_FLIPS", short: 80, long: .max)
  static let shutdowns = count("EVENTICLE_SHUTDOWNS", short: 0, long: 300)

  /// The part of some rounds that one lane does.
  static func part(of count: Int) -> Int { (count + lanes.count - 1) / lanes.count }

  /// The first seed of a lane.
  static func seed(_ lane: Int) -> UInt64 { TestEnvironment.seed ?? UInt64(lane) << 32 }

  private static func count(_ name: String, short: Int, long: Int) -> Int {
    let given = TestEnvironment.variables[name].flatMap { Int($0) }
    return given ?? (TestEnvironment.isTorture ? long : short)
  }
}
