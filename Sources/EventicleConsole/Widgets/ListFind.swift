import EventicleCore

/// What a list is searched for, which of its rows were found, and whether the rest is folded.
struct ListFind: Hashable, Sendable {
  /// One row while the rest is folded.
  enum Row: Hashable, Sendable {
    case row(Int)
    /// A run of rows that were not found, and how many they are without headings.
    case more(Range<Int>, Int)

    /// The rows that it stands for.
    var rows: Range<Int> {
      switch self {
      case .row(let row): row..<(row + 1)
      case .more(let rows, _): rows
      }
    }
  }

  /// The text as it was typed; it is found whatever its case.
  let text: String
  var isFolded = false
  /// The rows that were found, in order.
  private(set) var hits: [Int] = []
  /// The rows while the rest is folded.
  private(set) var folded: [Row] = []
  /// How many rows were looked at, of how many.
  private(set) var looked = 0
  private(set) var count = 0
  private var key: FindableRows.Key?

  /// The most rows that a key has time to look at.
  static let most = 10_000

  /// A search of which nothing is known yet.
  init(_ text: String, isFolded: Bool = false) {
    self.text = text
    self.isFolded = isFolded
  }

  /// Looks through the rows, unless it has done so already.
  ///
  /// - Returns: Whether it looked.
  @discardableResult
  mutating func look(through rows: FindableRows) -> Bool {
    guard key != rows.key else { return false }
    key = rows.key
    (hits, folded) = ([], [])
    (looked, count) = (min(rows.count, ListFind.most), rows.count)
    let needle = text.lowercased()
    var start = 0
    var (gap, head): (Int, Int?) = (0, nil)
    func fold(upTo end: Int) {
      if gap > 0 { folded.append(.more(start..<end, gap)) }
      gap = 0
    }
    for row in 0..<looked {
      if rows.isHead(row) {
        head = row
        continue
      }
      guard rows.text(row).lowercased().contains(needle) else {
        gap += 1
        continue
      }
      hits.append(row)
      fold(upTo: head ?? row)
      if let head { folded.append(.row(head)) }
      folded.append(.row(row))
      (start, head) = (row + 1, nil)
    }
    gap += count - looked
    fold(upTo: count)
    return true
  }

  /// Whether a row was found.
  func contains(_ row: Int) -> Bool {
    let place = hits.partitioningIndex { $0 >= row }
    return place < hits.count && hits[place] == row
  }

  /// The number of hits up to a row.
  func hits(upTo row: Int) -> Int { hits.partitioningIndex { $0 > row } }

  /// The first hit from a row on, else the last before it.
  func nearest(to row: Int) -> Int? {
    let place = hits.partitioningIndex { $0 >= row }
    return place < hits.count ? hits[place] : hits.last
  }

  /// The next or previous hit, and whether it lies on the other side of the end.
  func next(after row: Int, forward: Bool) -> (row: Int, isWrapped: Bool)? {
    guard let first = hits.first, let last = hits.last else { return nil }
    let place = forward ? hits(upTo: row) : hits.partitioningIndex { $0 >= row } - 1
    if hits.indices.contains(place) { return (hits[place], false) }
    return (forward ? first : last, true)
  }
}
