/// An array whose copies share what they have in common.
///
/// A copy costs O(1). Appending costs O(1) amortised; after a copy the first change of either
/// side copies one leaf and the short way to it. Elements rest in leaves of 64, leaves in groups
/// of 256.
struct PersistentArray<Element: Sendable>: Sendable {
  private static var leafBits: Int { 6 }
  private static var leafSize: Int { 1 << leafBits }
  private static var groupBits: Int { 8 }
  private static var groupSize: Int { 1 << groupBits }

  private var groups: [[[Element]]] = []
  private var tail: [Element] = []
  private var sealed = 0

  /// An empty array.
  init() {}

  /// How many elements there are.
  var count: Int { sealed + tail.count }

  /// Whether there are none.
  var isEmpty: Bool { count == 0 }

  /// The last element.
  var last: Element? { isEmpty ? nil : self[count - 1] }

  /// The element at an index from 0; reading and changing cost O(1).
  subscript(index: Int) -> Element {
    get {
      if index >= sealed { return tail[index - sealed] }
      let leaf = index >> Self.leafBits
      return groups[leaf >> Self.groupBits][leaf & (Self.groupSize - 1)][
        index & (Self.leafSize - 1)]
    }
    _modify {
      if index >= sealed {
        yield &tail[index - sealed]
      } else {
        let leaf = index >> Self.leafBits
        yield &groups[leaf >> Self.groupBits][leaf & (Self.groupSize - 1)][
          index & (Self.leafSize - 1)]
      }
    }
  }

  /// Adds an element at the end.
  mutating func append(_ element: Element) {
    if tail.isEmpty { tail.reserveCapacity(Self.leafSize) }
    tail.append(element)
    guard tail.count == Self.leafSize else { return }
    if groups.last.map({ $0.count == Self.groupSize }) ?? true { groups.append([]) }
    groups[groups.count - 1].append(tail)
    sealed += Self.leafSize
    tail = []
  }

  /// Removes the last element, if there is one, and returns it.
  @discardableResult
  mutating func popLast() -> Element? {
    if tail.isEmpty {
      guard sealed > 0 else { return nil }
      tail = groups[groups.count - 1].removeLast()
      if groups[groups.count - 1].isEmpty { groups.removeLast() }
      sealed -= Self.leafSize
    }
    return tail.popLast()
  }

  /// The first index at which a condition holds, when it holds from there on; O(log n).
  func partitionPoint(_ holds: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if holds(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

extension PersistentArray: Sequence {
  func makeIterator() -> AnyIterator<Element> {
    var index = 0
    return AnyIterator {
      guard index < count else { return nil }
      defer { index += 1 }
      return self[index]
    }
  }
}
