/// Which items were caused by which, for items numbered from 1.
///
/// Uses no memory until the first item names a cause, then twelve bytes an item. Adding is O(1),
/// listing O(children).
struct LinkedChildren: Sendable {
  private struct Links: Sendable {
    var first: Int32 = 0
    var last: Int32 = 0
    var next: Int32 = 0
  }

  private var links = PersistentArray<Links>()
  private var count = 0

  /// Adds the next item; its cause, if any, has been added before.
  mutating func append(causedBy cause: Int?) {
    count += 1
    guard let cause, cause >= 1, cause < count else { return }
    while links.count < count { links.append(Links()) }
    let child = Int32(count)
    let last = Int(links[cause - 1].last)
    if last == 0 { links[cause - 1].first = child } else { links[last - 1].next = child }
    links[cause - 1].last = child
  }

  /// Adds items that name no cause; O(1).
  mutating func skip(_ items: Int) { count += items }

  /// The items caused by one, oldest first, at most `limit`.
  func children(of item: Int, limit: Int = Int.max) -> [Int] {
    guard item >= 1, item <= links.count else { return [] }
    var found: [Int] = []
    var child = Int(links[item - 1].first)
    while child != 0, found.count < limit {
      found.append(child)
      child = Int(links[child - 1].next)
    }
    return found
  }
}
