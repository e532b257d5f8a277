/// The events of one aggregate in 32 bytes: the first six inline, the others in a list elsewhere.
///
/// An event is a log position from 1, or the negated number, from -1, of one that was persisted
/// without being published.
struct HistoryRow: Sendable {
  static var room: Int { 6 }

  /// Six events, their count, and the number of the list of the others, from 1.
  private var lanes = SIMD8<Int32>()

  @inline(__always)
  var count: Int {
    get { Int(lanes[6]) }
    set { lanes[6] = Int32(newValue) }
  }

  /// The number, from 1, of the list of the other events; 0 when there is none.
  @inline(__always)
  var overflow: Int {
    get { Int(lanes[7]) }
    set { lanes[7] = Int32(newValue) }
  }

  /// One of the first six events.
  @inline(__always)
  subscript(index: Int) -> Int32 {
    get { lanes[index] }
    set { lanes[index] = newValue }
  }
}

/// The visible events of one aggregate, oldest first; reading one is O(1).
struct AggregateEntries: Sendable {
  private let row: HistoryRow
  private let others: PersistentArray<Int32>
  /// The older events, which are not resident, and their number.
  private let paged: PagedEntries?
  private let before: Int

  /// The number of visible events.
  let count: Int

  init() { self.init(HistoryRow(), PersistentArray(), count: 0) }

  /// Some resident events of an aggregate, after those that are not resident.
  init(
    _ row: HistoryRow, _ others: PersistentArray<Int32>, count: Int,
    after paged: PagedEntries? = nil
  ) {
    self.row = row
    self.others = others
    self.paged = paged
    before = paged?.count ?? 0
    self.count = before + count
  }

  /// A log position, or the negated number of an unpublished event.
  @inline(__always)
  subscript(index: Int) -> Int32 {
    let place = index - before
    if place < 0 { return paged?[index] ?? 0 }
    return place < HistoryRow.room ? row[place] : others[place - HistoryRow.room]
  }

  /// The first index from which a condition holds to the end; O(log n).
  func partitionPoint(_ holds: (Int32) -> Bool) -> Int {
    (0..<count).partitioningIndex { holds(self[$0]) }
  }

  /// Visits the events between two indices, from 0, the upper one excluded.
  @inline(__always)
  func forEach(
    from start: Int = 0, upTo end: Int, _ body: (Int32) throws -> Void
  ) rethrows {
    if start < before { try paged?.forEach(from: max(0, start), upTo: min(end, before), body) }
    let end = end - before
    var index = max(0, start - before)
    while index < end, index < HistoryRow.room {
      try body(row[index])
      index += 1
    }
    if index < end {
      try others.forEach(from: index - HistoryRow.room, to: end - HistoryRow.room, body)
    }
  }
}
