/// A block of memory that several arrays share for the elements they have in common.
///
/// An array whose own elements fill exactly the claimed part may claim the next place and write
/// there, even while other arrays hold the leaf: none of them reads past its own count.
///
/// Safe to share: a place is written by the array that claimed it, before any count includes it; an
/// element already written changes only while one array alone holds the leaf.
final class AppendOnlyLeaf<Element: Sendable>: @unchecked Sendable {
  private let claimed: ClaimCounter
  let start: UnsafeMutablePointer<Element>
  let capacity: Int

  /// A leaf with room for `capacity` elements that starts with a copy of `count` others.
  init(capacity: Int, copying others: UnsafePointer<Element>? = nil, count: Int = 0) {
    start = UnsafeMutablePointer<Element>.allocate(capacity: capacity)
    self.capacity = capacity
    if let others { start.initialize(from: others, count: count) }
    claimed = ClaimCounter(count)
  }

  deinit {
    start.deinitialize(count: claimed.count)
    start.deallocate()
  }

  /// Writes an element after the first `count`; returns `false` when that place is taken or there
  /// is no room.
  @inline(__always)
  func append(_ element: Element, after count: Int) -> Bool {
    guard count < capacity, claimed.claimPlace(count) else { return false }
    (start + count).initialize(to: element)
    return true
  }

  /// Drops the elements from `count` on; only for a leaf held once.
  func trim(to count: Int) {
    let known = claimed.count
    guard count < known else { return }
    (start + count).deinitialize(count: known - count)
    claimed.giveBack(downTo: count)
  }
}
