/// The events of one aggregate: the first six here, more elsewhere; 32 bytes.
///
/// An event is a log position from 1, or the negative number from -1 of one that was kept without
/// being published.
struct HistoryRow: Sendable {
  static var room: Int { 6 }

  /// Six events, how many there are, and where the others are, from 1.
  private var lanes = SIMD8<Int32>()

  @inline(__always)
  var count: Int {
    get { Int(lanes[6]) }
    set { lanes[6] = Int32(newValue) }
  }

  /// The number, from 1, of the list of the others; 0 when there is none.
  @inline(__always)
  var overflow: Int {
    get { Int(lanes[7]) }
    set { lanes[7] = Int32(newValue) }
  }

  /// One of the first six.
  @inline(__always)
  subscript(index: Int) -> Int32 {
    get { lanes[index] }
    set { lanes[index] = newValue }
  }
}

/// The events of one aggregate as far as they are visible, oldest first; reading one costs O(1).
struct AggregateEntries: Sendable {
  private let row: HistoryRow
  private let others: PersistentArray<Int32>

  /// How many there are.
  let count: Int

  init() { self.init(HistoryRow(), PersistentArray(), count: 0) }

  init(_ row: HistoryRow, _ others: PersistentArray<Int32>, count: Int) {
    self.row = row
    self.others = others
    self.count = count
  }

  /// A log position, or the negative number of a kept event.
  @inline(__always)
  subscript(index: Int) -> Int32 {
    index < HistoryRow.room ? row[index] : others[index - HistoryRow.room]
  }

  /// The first index at which a condition holds, when it holds from there on; O(log n).
  func partitionPoint(_ holds: (Int32) -> Bool) -> Int {
    (0..<count).partitioningIndex { holds(self[$0]) }
  }

  /// Goes through those from one, from 0, up to another.
  @inline(__always)
  func forEach(
    from start: Int = 0, upTo end: Int, _ body: (Int32) throws -> Void
  ) rethrows {
    var index = max(0, start)
    while index < end, index < HistoryRow.room {
      try body(row[index])
      index += 1
    }
    if index < end {
      try others.forEach(from: index - HistoryRow.room, to: end - HistoryRow.room, body)
    }
  }
}
