/// An ordered set whose copies share what they have in common.
///
/// Elements rest in sorted chunks of at most 128, so that a change copies one chunk and the list
/// of chunks. Finding costs O(log n); the element at an offset costs O(n / 128).
struct SortedChunks<Element: Comparable & Sendable>: Sendable {
  private static var chunkSize: Int { 128 }
  private var chunks: [[Element]] = []
  private(set) var count = 0

  /// An empty set.
  init() {}

  /// The least element.
  var first: Element? { chunks.first?.first }

  /// The greatest element.
  var last: Element? { chunks.last?.last }

  /// Adds an element unless it is there.
  mutating func insert(_ element: Element) {
    guard !chunks.isEmpty else {
      chunks = [[element]]
      count = 1
      return
    }
    let chunk = chunkIndex(for: element)
    let place = index(of: element, in: chunks[chunk])
    if place < chunks[chunk].count, chunks[chunk][place] == element { return }
    chunks[chunk].insert(element, at: place)
    count += 1
    if chunks[chunk].count > Self.chunkSize {
      // Appending in order must not leave half-filled chunks behind.
      let isLastAppend = chunk == chunks.count - 1 && place == chunks[chunk].count - 1
      let middle = isLastAppend ? chunks[chunk].count - 1 : Self.chunkSize / 2
      let upper = Array(chunks[chunk][middle...])
      chunks[chunk].removeSubrange(middle...)
      chunks.insert(upper, at: chunk + 1)
    }
  }

  /// Removes an element if it is there.
  mutating func remove(_ element: Element) {
    guard !chunks.isEmpty else { return }
    let chunk = chunkIndex(for: element)
    let place = index(of: element, in: chunks[chunk])
    guard place < chunks[chunk].count, chunks[chunk][place] == element else { return }
    chunks[chunk].remove(at: place)
    count -= 1
    if chunks[chunk].isEmpty { chunks.remove(at: chunk) }
  }

  /// The element at an offset from 0 in order.
  subscript(offset: Int) -> Element {
    var rest = offset
    for chunk in chunks {
      if rest < chunk.count { return chunk[rest] }
      rest -= chunk.count
    }
    preconditionFailure("offset \(offset) is outside 0..<\(count)")
  }

  /// How many elements are less than one.
  func offset(of element: Element) -> Int {
    guard !chunks.isEmpty else { return 0 }
    let chunk = chunkIndex(for: element)
    return chunks[..<chunk].reduce(0) { $0 + $1.count } + index(of: element, in: chunks[chunk])
  }

  /// Goes through the elements in order until the body returns `false`.
  func forEach(from start: Int = 0, _ body: (Element) -> Bool) {
    var rest = start
    for chunk in chunks {
      if rest >= chunk.count {
        rest -= chunk.count
        continue
      }
      for element in chunk[rest...] where !body(element) { return }
      rest = 0
    }
  }

  private func chunkIndex(for element: Element) -> Int {
    var low = 0
    var high = chunks.count - 1
    while low < high {
      let middle = (low + high) / 2
      if let last = chunks[middle].last, last < element { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private func index(of element: Element, in chunk: [Element]) -> Int {
    var low = 0
    var high = chunk.count
    while low < high {
      let middle = (low + high) / 2
      if chunk[middle] < element { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
