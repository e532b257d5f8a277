internal import HashTreeCollections

/// A set of positions, one bit each; copies share.
package struct PositionSet: Sendable, Hashable {
  private var words = PersistentArray<UInt64>()
  /// The number of words left out at the beginning, for positions that a store knows of.
  private var start = 0
  /// The positions before those of `words`.
  private var older = TreeSet<Int>()
  /// The number of positions in the set.
  package private(set) var count = 0

  /// An empty set.
  ///
  /// - Parameter position: The position after which most of its positions will be.
  init(after position: Int = 0) { start = position / 64 }

  package func contains(_ position: Position) -> Bool {
    let (word, bit) = position.number.quotientAndRemainder(dividingBy: 64)
    let index = word - start
    guard index >= 0 else { return older.contains(position.number) }
    return position.number >= 0 && index < words.count
      && words[index] >> UInt64(bit) & 1 == 1
  }

  mutating func set(_ position: Position, _ isMember: Bool) {
    guard position.number >= 0, contains(position) != isMember else { return }
    count += isMember ? 1 : -1
    let (word, bit) = position.number.quotientAndRemainder(dividingBy: 64)
    let index = word - start
    guard index >= 0 else {
      if isMember { older.insert(position.number) } else { older.remove(position.number) }
      return
    }
    while words.count <= index { words.append(0) }
    words[index] ^= 1 << UInt64(bit)
  }

  private func word(_ number: Int) -> UInt64 {
    let index = number - start
    return index >= 0 && index < words.count ? words[index] : 0
  }

  package static func == (left: PositionSet, right: PositionSet) -> Bool {
    guard left.count == right.count else { return false }
    let low = min(left.start, right.start)
    let high = max(left.start + left.words.count, right.start + right.words.count)
    return left.older == right.older
      && (low..<high).allSatisfy { left.word($0) == right.word($0) }
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(count) }
}
