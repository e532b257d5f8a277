import TestSupport

/// Command lines; each of them, except those that only look, changes something and is like no other.
struct Story {
  private var random: SeededRandom
  private var number = 0

  /// A line that looks at something for which tables are made from the steps so far.
  static let look = "aggs"

  /// Whether a line changes nothing.
  static func isLook(_ line: String) -> Bool { line == look }

  init(seed: UInt64) { random = SeededRandom(seed: seed) }

  mutating func line() -> String {
    number += 1
    switch random.below(6) {
    case 0, 1, 2: return "do PlaceOrder customer=c-\(number) total:=\(random.number(1...90))"
    case 3: return "clock +\(number + 30)s"
    default: return "emit notes Noted n-\(number) text=\"é \(random.number(1...9_999))\""
    }
  }

  mutating func lines(_ count: Int) -> [String] { (0..<count).map { _ in line() } }

  /// The lines of a seed.
  static func lines(_ count: Int, seed: UInt64) -> [String] {
    var story = Story(seed: seed)
    return story.lines(count)
  }
}
