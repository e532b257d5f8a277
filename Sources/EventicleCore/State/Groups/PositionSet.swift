/// A set of positions, one bit each; copies share.
package struct PositionSet: Sendable, Hashable {
  private var words = PersistentArray<UInt64>()
  /// The number of positions in the set.
  package private(set) var count = 0

  init() {}

  package func contains(_ position: Position) -> Bool {
    let (word, bit) = position.number.quotientAndRemainder(dividingBy: 64)
    return position.number >= 0 && word < words.count && words[word] >> UInt64(bit) & 1 == 1
  }

  mutating func set(_ position: Position, _ isMember: Bool) {
    guard position.number >= 0, contains(position) != isMember else { return }
    let (word, bit) = position.number.quotientAndRemainder(dividingBy: 64)
    while words.count <= word { words.append(0) }
    words[word] ^= 1 << UInt64(bit)
    count += isMember ? 1 : -1
  }

  package static func == (left: PositionSet, right: PositionSet) -> Bool {
    left.count == right.count
      && (0..<max(left.words.count, right.words.count)).allSatisfy { index in
        (index < left.words.count ? left.words[index] : 0)
          == (index < right.words.count ? right.words[index] : 0)
      }
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(count) }
}
