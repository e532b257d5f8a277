/// A set of states by their places in a chart; the first 64 take no memory of their own.
struct StateSet: Sendable, Hashable {
  private var first: UInt64 = 0
  private var rest: [UInt64] = []

  /// An empty set for places below a count.
  init(count: Int) {
    if count > 64 { rest = Array(repeating: 0, count: (count - 1) / 64) }
  }

  /// A set of some places below a count.
  init(_ places: some Sequence<Int>, count: Int) {
    self.init(count: count)
    for place in places { self[place] = true }
  }

  /// Whether a place is in it; constant time.
  subscript(place: Int) -> Bool {
    get {
      let bit = UInt64(1) << UInt64(place & 63)
      return (place < 64 ? first : rest[place / 64 - 1]) & bit != 0
    }
    set {
      let bit = UInt64(1) << UInt64(place & 63)
      switch (place < 64, newValue) {
      case (true, true): first |= bit
      case (true, false): first &= ~bit
      case (false, true): rest[place / 64 - 1] |= bit
      case (false, false): rest[place / 64 - 1] &= ~bit
      }
    }
  }

  var isEmpty: Bool { first == 0 && rest.allSatisfy { $0 == 0 } }

  /// The lowest place in it that is not below a bound of 0 or more; `nil` when there is none.
  func next(from bound: Int) -> Int? {
    if bound < 64 {
      let word = first & (~0 << UInt64(bound))
      if word != 0 { return word.trailingZeroBitCount }
      if rest.isEmpty { return nil }
    }
    var index = bound < 64 ? 0 : bound / 64 - 1
    var mask: UInt64 = bound < 64 ? ~0 : ~0 << UInt64(bound & 63)
    while index < rest.count {
      let word = rest[index] & mask
      if word != 0 { return (index + 1) * 64 + word.trailingZeroBitCount }
      index += 1
      mask = ~0
    }
    return nil
  }

  /// Whether a place in a range is in it.
  func hasAny(in range: Range<Int>) -> Bool {
    guard !range.isEmpty, let found = next(from: range.lowerBound) else { return false }
    return found < range.upperBound
  }

  /// Whether it has a place in common with a set of the same size.
  func meets(_ other: StateSet) -> Bool {
    if first & other.first != 0 { return true }
    return zip(rest, other.rest).contains { $0 & $1 != 0 }
  }
}

extension StateSet: Sequence {
  /// The places in it, lowest first.
  struct Iterator: IteratorProtocol {
    fileprivate let set: StateSet
    fileprivate var bound = 0

    mutating func next() -> Int? {
      guard let place = set.next(from: bound) else { return nil }
      bound = place + 1
      return place
    }
  }

  func makeIterator() -> Iterator { Iterator(set: self) }
}
