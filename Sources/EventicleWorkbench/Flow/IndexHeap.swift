import EventicleCore

/// Entries that wait, of which the earliest comes first.
struct IndexHeap {
  private var items: [JournalIndex] = []

  var count: Int { items.count }

  /// Adds an entry; O(log n).
  mutating func insert(_ index: JournalIndex) {
    items.append(index)
    var place = items.count - 1
    while place > 0, items[place] < items[(place - 1) / 2] {
      items.swapAt(place, (place - 1) / 2)
      place = (place - 1) / 2
    }
  }

  /// Removes the earliest entry; O(log n).
  mutating func takeEarliest() -> JournalIndex? {
    guard let first = items.first, let last = items.popLast() else { return nil }
    guard !items.isEmpty else { return first }
    items[0] = last
    var place = 0
    while true {
      var least = place
      for child in [2 * place + 1, 2 * place + 2]
      where child < items.count && items[child] < items[least] { least = child }
      guard least != place else { return first }
      items.swapAt(place, least)
      place = least
    }
  }
}
