/// An ordered set whose copies share the elements they have in common.
///
/// Elements are kept in sorted chunks of about half a kilobyte (16 to 128 elements), and chunks in
/// groups of at most 64, so that a change copies one chunk, one group's list of chunks and the list
/// of groups. Finding is O(log n); the element at an offset is O(groups).
struct SortedChunks<Element: Comparable & Sendable>: Sendable {
  private static var chunkSize: Int { max(16, min(128, 512 / MemoryLayout<Element>.stride)) }
  private static var groupSize: Int { 64 }

  private struct Group: Sendable {
    var chunks: [[Element]]
    /// The last element of each chunk, so that finding a chunk touches no other.
    var lasts: [Element]
    var count: Int
    /// The last element of the group.
    var last: Element

    init(_ chunks: [[Element]], _ lasts: [Element], last: Element, count: Int) {
      self.chunks = chunks
      self.lasts = lasts
      self.last = last
      self.count = count
    }

    /// Records the last element of a chunk.
    mutating func note(_ element: Element, lastOf chunk: Int) {
      lasts[chunk] = element
      if chunk == lasts.count - 1 { last = element }
    }
  }

  private struct Place {
    var group: Int
    var chunk: Int
    var index: Int
  }

  private var groups: [Group] = []
  private(set) var count = 0

  /// An empty set.
  init() {}

  /// The smallest element.
  var first: Element? { groups.first?.chunks.first?.first }

  /// The greatest element.
  var last: Element? { groups.last?.last }

  /// Adds an element unless it is there.
  mutating func insert(_ element: Element) {
    guard !groups.isEmpty else {
      groups = [Group([[element]], [element], last: element, count: 1)]
      count = 1
      return
    }
    let place = place { $0 < element }
    let (group, chunk) = (place.group, place.chunk)
    let size = groups[group].chunks[chunk].count
    if place.index < size, groups[group].chunks[chunk][place.index] == element { return }
    // Appending in order must not leave half-filled chunks behind.
    let isAppend = place.index == size && chunk == groups[group].chunks.count - 1
    groups[group].chunks[chunk].insert(element, at: place.index)
    groups[group].count += 1
    count += 1
    if place.index == size { groups[group].note(element, lastOf: chunk) }
    guard size == Self.chunkSize else { return }
    let middle = isAppend ? Self.chunkSize : Self.chunkSize / 2
    let upper = Array(groups[group].chunks[chunk][middle...])
    groups[group].chunks[chunk].removeSubrange(middle...)
    groups[group].chunks.insert(upper, at: chunk + 1)
    groups[group].lasts.insert(groups[group].lasts[chunk], at: chunk + 1)
    groups[group].lasts[chunk] = groups[group].chunks[chunk][middle - 1]
    if groups[group].chunks.count > Self.groupSize { split(group, isAppend: isAppend) }
  }

  private mutating func split(_ group: Int, isAppend: Bool) {
    let middle = isAppend ? Self.groupSize : Self.groupSize / 2
    let upper = Array(groups[group].chunks[middle...])
    let lasts = Array(groups[group].lasts[middle...])
    let moved = upper.reduce(0) { $0 + $1.count }
    groups[group].chunks.removeSubrange(middle...)
    groups[group].lasts.removeSubrange(middle...)
    groups[group].count -= moved
    let last = groups[group].last
    groups[group].last = groups[group].lasts[middle - 1]
    groups.insert(Group(upper, lasts, last: last, count: moved), at: group + 1)
  }

  /// Removes an element if it is there.
  mutating func remove(_ element: Element) {
    guard !groups.isEmpty else { return }
    let place = place { $0 < element }
    let (group, chunk) = (place.group, place.chunk)
    let size = groups[group].chunks[chunk].count
    guard place.index < size, groups[group].chunks[chunk][place.index] == element else { return }
    groups[group].chunks[chunk].remove(at: place.index)
    groups[group].count -= 1
    count -= 1
    if size == 1 {
      groups[group].chunks.remove(at: chunk)
      groups[group].lasts.remove(at: chunk)
      if let last = groups[group].lasts.last {
        groups[group].last = last
      } else {
        groups.remove(at: group)
      }
      return
    }
    if place.index == size - 1 {
      groups[group].note(groups[group].chunks[chunk][size - 2], lastOf: chunk)
    }
    if size <= Self.chunkSize / 4 { merge(chunk, of: group) }
  }

  /// Joins a small chunk with the next when both fit in one, so that churn leaves no tiny chunks.
  private mutating func merge(_ chunk: Int, of group: Int) {
    guard chunk + 1 < groups[group].chunks.count else { return }
    let size = groups[group].chunks[chunk].count + groups[group].chunks[chunk + 1].count
    guard size <= Self.chunkSize / 2 else { return }
    let next = groups[group].chunks.remove(at: chunk + 1)
    groups[group].chunks[chunk].append(contentsOf: next)
    groups[group].lasts.remove(at: chunk)
  }

  /// The element at an offset from 0 in the order.
  subscript(offset: Int) -> Element {
    precondition(offset >= 0 && offset < count, "offset \(offset) is outside 0..<\(count)")
    let place = place(at: offset)
    return groups[place.group].chunks[place.chunk][place.index]
  }

  /// Whether an element is there; O(log n).
  func contains(_ element: Element) -> Bool {
    guard !groups.isEmpty else { return false }
    let place = place { $0 < element }
    let elements = groups[place.group].chunks[place.chunk]
    return place.index < elements.count && elements[place.index] == element
  }

  /// The number of elements less than `element`.
  func offset(of element: Element) -> Int { offset { $0 < element } }

  /// The number of elements that satisfy a condition that holds for the smallest ones only.
  func offset(where holds: (Element) -> Bool) -> Int {
    guard !groups.isEmpty else { return 0 }
    let place = place(holds)
    var before = place.index
    for group in groups[..<place.group] { before += group.count }
    for chunk in groups[place.group].chunks[..<place.chunk] { before += chunk.count }
    return before
  }

  /// Visits the elements in order until the body returns `false`.
  func forEach(from start: Int = 0, _ body: (Element) -> Bool) {
    guard start < count else { return }
    var place = place(at: max(0, start))
    while place.group < groups.count {
      let chunks = groups[place.group].chunks
      while place.chunk < chunks.count {
        for element in chunks[place.chunk][place.index...] where !body(element) { return }
        place.chunk += 1
        place.index = 0
      }
      place.group += 1
      place.chunk = 0
    }
  }

  private func place(at offset: Int) -> Place {
    var place = Place(group: 0, chunk: 0, index: offset)
    while place.group < groups.count - 1, place.index >= groups[place.group].count {
      place.index -= groups[place.group].count
      place.group += 1
    }
    let chunks = groups[place.group].chunks
    while place.chunk < chunks.count - 1, place.index >= chunks[place.chunk].count {
      place.index -= chunks[place.chunk].count
      place.chunk += 1
    }
    return place
  }

  /// The place of the first element for which the condition does not hold, else the end; the
  /// condition holds for the smallest elements only.
  private func place(_ holds: (Element) -> Bool) -> Place {
    let group = (0..<groups.count - 1).partitioningIndex { !holds(groups[$0].last) }
    let lasts = groups[group].lasts
    let chunk = (0..<lasts.count - 1).partitioningIndex { !holds(lasts[$0]) }
    let elements = groups[group].chunks[chunk]
    return Place(
      group: group, chunk: chunk, index: elements.partitioningIndex { !holds($0) })
  }
}
