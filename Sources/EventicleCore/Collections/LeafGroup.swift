/// Up to 256 full leaves of a persistent array and the address where each begins.
///
/// Safe to share: changed only while one array alone holds it.
final class LeafGroup<Element: Sendable>: @unchecked Sendable {
  typealias Table = UnsafeMutablePointer<UnsafeMutablePointer<Element>>

  @inline(__always)
  static var bits: Int { 8 }
  @inline(__always)
  static var mask: Int { (1 << bits) - 1 }

  private(set) var leaves: [AppendOnlyLeaf<Element>]

  /// The addresses of the leaves; valid while the group is held.
  let starts: Table

  init(_ leaves: ArraySlice<AppendOnlyLeaf<Element>>) {
    self.leaves = Array(leaves)
    starts = Table.allocate(capacity: Self.mask + 1)
    for (place, leaf) in self.leaves.enumerated() { (starts + place).initialize(to: leaf.start) }
  }

  deinit { starts.deallocate() }

  var isFull: Bool { leaves.count > Self.mask }

  /// Adds a leaf; only for a group held once.
  func append(_ leaf: AppendOnlyLeaf<Element>) {
    (starts + leaves.count).initialize(to: leaf.start)
    leaves.append(leaf)
  }

  /// Copies a leaf unless the group alone holds it.
  func makeLeafUnique(_ place: Int, count: Int) {
    if isKnownUniquelyReferenced(&leaves[place]) { return }
    let leaf = leaves[place]
    leaves[place] = AppendOnlyLeaf(capacity: leaf.capacity, copying: leaf.start, count: count)
    starts[place] = leaves[place].start
  }
}
