/// A piece of memory for elements that several arrays share as far as they agree.
///
/// An array whose own elements are all that is taken may take the next place and write it there,
/// though other arrays hold the leaf too: none of them looks past its own count.
// Safe to share: a place is written by the one who claimed it, before anybody else counts it in;
// what is written already changes only while nobody else holds the leaf.
final class AppendOnlyLeaf<Element: Sendable>: @unchecked Sendable {
  private let claimed: ClaimCounter
  let start: UnsafeMutablePointer<Element>
  let capacity: Int

  /// A leaf with room for so many elements that begins with a copy of others.
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

  /// Writes an element to the place after the first so many, unless it is taken or there is no
  /// room.
  @inline(__always)
  func append(_ element: Element, after count: Int) -> Bool {
    guard count < capacity, claimed.claimPlace(count) else { return false }
    (start + count).initialize(to: element)
    return true
  }

  /// Forgets the elements from a place on; only for a leaf that nobody shares.
  func trim(to count: Int) {
    let known = claimed.count
    guard count < known else { return }
    (start + count).deinitialize(count: known - count)
    claimed.giveBack(downTo: count)
  }
}
