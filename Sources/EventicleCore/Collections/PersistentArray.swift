/// An array whose copies share the elements they have in common.
///
/// A copy is O(1). Appending is O(1), even after a copy, as long as only one of the copies appends;
/// when both do, the second one copies a leaf. Changing an element copies its leaf if that is
/// shared. Two threads may append to two copies. Elements are kept in leaves of 64 (256 for small
/// ones), leaves in groups of 256.
///
/// Safe to share: the pointers lead into leaves that the array holds and that ``AppendOnlyLeaf``
/// guards.
struct PersistentArray<Element: Sendable>: @unchecked Sendable {
  typealias Leaf = AppendOnlyLeaf<Element>

  @inline(__always)
  private static var leafBits: Int { MemoryLayout<Element>.stride <= 8 ? 8 : 6 }
  @inline(__always)
  private static var leafMask: Int { (1 << leafBits) - 1 }
  private static var firstCapacity: Int { 8 }

  private var groups: [LeafGroup<Element>] = []
  /// The groups' tables of leaf addresses, so that reading retains nothing.
  private var tables: [LeafGroup<Element>.Table] = []
  private var tail: Leaf? {
    didSet {
      tailStart = tail?.start
      open = tail.map { Unmanaged.passUnretained($0) }
    }
  }
  private var tailStart: UnsafeMutablePointer<Element>?
  private var open: Unmanaged<Leaf>?

  /// The number of elements.
  private(set) var count = 0

  /// An empty array.
  init() {}

  var isEmpty: Bool { count == 0 }

  var last: Element? { isEmpty ? nil : self[count - 1] }

  /// The number of elements in full leaves.
  @inline(__always)
  private var sealed: Int { count & ~Self.leafMask }

  /// The element at an index from 0; reading is O(1), writing too unless the leaf is shared.
  subscript(index: Int) -> Element {
    @inline(__always)
    get {
      precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "no element \(index)")
      defer { _fixLifetime(self) }
      return start(of: index)[index & Self.leafMask]
    }
    @inline(__always)
    _modify {
      precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "no element \(index)")
      makeLeafUnique(of: index)
      defer { _fixLifetime(self) }
      yield &start(of: index)[index & Self.leafMask]
    }
  }

  /// The address of an element; valid while the array is held and unchanged.
  @inline(__always)
  func address(of index: Int) -> UnsafePointer<Element> {
    precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "no element \(index)")
    return UnsafePointer(start(of: index) + (index & Self.leafMask))
  }

  /// The address of an element's leaf; valid while the array is held and unchanged.
  @inline(__always)
  private func start(of index: Int) -> UnsafeMutablePointer<Element> {
    if index >= sealed, let tailStart { return tailStart }
    let leaf = index >> Self.leafBits
    return tables[leaf >> LeafGroup<Element>.bits][leaf & LeafGroup<Element>.mask]
  }

  @inline(__always)
  private mutating func makeLeafUnique(of index: Int) {
    if index >= sealed {
      if !isKnownUniquelyReferenced(&tail) { copyTail() }
    } else {
      let leaf = index >> Self.leafBits
      let group = leaf >> LeafGroup<Element>.bits
      makeGroupUnique(group)
      groups[group].makeLeafUnique(leaf & LeafGroup<Element>.mask, count: Self.leafMask + 1)
    }
  }

  @inline(__always)
  private mutating func makeGroupUnique(_ group: Int) {
    if !isKnownUniquelyReferenced(&groups[group]) {
      groups[group] = LeafGroup(groups[group].leaves[...])
      tables[group] = groups[group].starts
    }
  }

  @inline(never)
  private mutating func copyTail() {
    guard let leaf = tail else { return }
    tail = Leaf(capacity: leaf.capacity, copying: leaf.start, count: count - sealed)
  }

  /// Adds an element at the end.
  @inline(__always)
  mutating func append(_ element: Element) {
    let place = count & Self.leafMask
    if let open, open._withUnsafeGuaranteedRef({ $0.append(element, after: place) }) {
      count += 1
    } else {
      appendToNewTail(element, place)
    }
    if place == Self.leafMask { seal() }
  }

  @inline(never)
  private mutating func appendToNewTail(_ element: Element, _ place: Int) {
    if isKnownUniquelyReferenced(&tail) { tail?.trim(to: place) }
    if !(tail?.append(element, after: place) ?? false) {
      let wanted = count > Self.leafMask ? Self.leafMask + 1 : place * 2
      let capacity = Swift.max(wanted, Self.firstCapacity, tail?.capacity ?? 0)
      let leaf = Leaf(
        capacity: Swift.min(capacity, Self.leafMask + 1),
        copying: tail.map { UnsafePointer($0.start) }, count: place)
      _ = leaf.append(element, after: place)
      tail = leaf
    }
    count += 1
  }

  @inline(never)
  private mutating func seal() {
    guard let full = tail else { return }
    if groups.last?.isFull ?? true {
      let group = LeafGroup<Element>([full])
      groups.append(group)
      tables.append(group.starts)
    } else {
      makeGroupUnique(groups.count - 1)
      groups[groups.count - 1].append(full)
    }
    tail = nil
  }

  /// Removes and returns the last element, if any.
  @discardableResult
  mutating func popLast() -> Element? {
    guard let element = last else { return nil }
    truncate(to: count - 1)
    return element
  }

  /// Keeps the first `length` elements; O(leaves dropped).
  mutating func truncate(to length: Int) {
    guard length < count else { return }
    let leaves = length >> Self.leafBits
    let place = length & Self.leafMask
    if length < sealed {
      let whole = leaves >> LeafGroup<Element>.bits
      let rest = leaves & LeafGroup<Element>.mask
      tail = place > 0 ? groups[whole].leaves[rest] : nil
      groups.removeLast(groups.count - whole - (rest > 0 ? 1 : 0))
      tables.removeLast(tables.count - groups.count)
      if rest > 0, groups[whole].leaves.count > rest {
        groups[whole] = LeafGroup(groups[whole].leaves[..<rest])
        tables[whole] = groups[whole].starts
      }
    }
    count = length
    if place == 0 {
      tail = nil
    } else if isKnownUniquelyReferenced(&tail) {
      tail?.trim(to: place)
    }
  }

  /// The first index at which a condition holds that then holds for all later ones; O(log n).
  @inline(__always)
  func partitionPoint(_ holds: (Element) -> Bool) -> Int {
    partitionPoint(upTo: count, holds)
  }

  /// The same below a bound; returns the bound when the condition holds nowhere before it.
  @inline(__always)
  func partitionPoint(upTo bound: Int, _ holds: (Element) -> Bool) -> Int {
    (0..<bound).partitioningIndex { holds(self[$0]) }
  }

  /// Visits the elements from `start` up to, not including, `end`.
  @inline(__always)
  func forEach(from start: Int, to end: Int, _ body: (Element) throws -> Void) rethrows {
    precondition(start >= 0 && end <= count, "elements \(start)..<\(end) of \(count)")
    defer { _fixLifetime(self) }
    var index = start
    while index < end {
      let elements = self.start(of: index) - (index & ~Self.leafMask)
      let stop = Swift.min(end, (index | Self.leafMask) + 1)
      while index < stop {
        try body(elements[index])
        index += 1
      }
    }
  }

  /// The bytes of memory held, without what the elements themselves refer to.
  var bytesHeld: Int {
    let leaves = groups.reduce(0) { $0 + $1.leaves.count }
    let places = (leaves << Self.leafBits) + (tail?.capacity ?? 0)
    return places * MemoryLayout<Element>.stride + (leaves + 1) * 64
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
