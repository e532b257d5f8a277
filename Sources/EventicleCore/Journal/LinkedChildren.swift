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
  private var count: Int
  /// The number of older items, which are known elsewhere.
  private let offset: Int
  /// The items that older ones caused.
  private var ofOlder: [Int: [Int32]] = [:]

  /// No items.
  ///
  /// - Parameter offset: The number of the item before the first one.
  init(after offset: Int = 0) { (self.offset, count) = (offset, offset) }

  /// Adds the next item; its cause, if any, has been added before.
  mutating func append(causedBy cause: Int?) {
    count += 1
    guard let cause, cause >= 1, cause < count else { return }
    let child = Int32(count)
    guard cause > offset else { return ofOlder[cause, default: []].append(child) }
    let place = cause - 1 - offset
    while links.count < count - offset { links.append(Links()) }
    let last = Int(links[place].last)
    if last == 0 { links[place].first = child } else { links[last - 1 - offset].next = child }
    links[place].last = child
  }

  /// Adds items that name no cause; O(1).
  mutating func skip(_ items: Int) { count += items }

  /// The items caused by one, oldest first, at most `limit`.
  func children(of item: Int, limit: Int = Int.max) -> [Int] {
    guard item > offset else { return (ofOlder[item] ?? []).prefix(limit).map { Int($0) } }
    guard item - offset <= links.count else { return [] }
    var found: [Int] = []
    var child = Int(links[item - 1 - offset].first)
    while child != 0, found.count < limit {
      found.append(child)
      child = Int(links[child - 1 - offset].next)
    }
    return found
  }
}
