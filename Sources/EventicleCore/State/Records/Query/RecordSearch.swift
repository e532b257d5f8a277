/// A query on one table, and the cheapest way to answer it.
struct RecordSearch {
  private let table: RecordTable
  private let query: Query
  private let sort: [SortKey]
  private let index: IndexTable?
  private let ranges: [Range<Int>]
  let plan: QueryPlan

  /// Plans a search: the index with the fewest candidates; of equal ones the one that also sorts.
  init(_ table: RecordTable, where query: Query, sortedBy sort: [SortKey]) {
    self.table = table
    self.query = query
    self.sort = sort
    let isAll = query == .all
    var best: (index: IndexTable, ranges: [Range<Int>], count: Int, exact: Bool, sorts: Bool)?
    for index in table.indexes {
      let found = index.stretches(of: query) ?? ([0..<table.count], isAll)
      let count = found.ranges.reduce(0) { $0 + $1.count }
      let sorts = sort.first?.path?.isSame(as: index.index.path) ?? false
      guard sorts || count < table.count else { continue }
      if let best, (best.count, best.sorts ? 0 : 1) <= (count, sorts ? 0 : 1) { continue }
      best = (index, found.ranges, count, found.isExact, sorts)
    }
    guard let best else {
      index = nil
      ranges = []
      plan = QueryPlan(
        access: .scan, candidates: table.count, total: table.count, isExact: isAll,
        isInOrder: sort.isEmpty)
      return
    }
    index = best.index
    ranges = best.ranges
    plan = QueryPlan(
      access: .index(best.index.index), candidates: best.count, total: table.count,
      isExact: best.exact,
      isInOrder: sort.isEmpty
        ? RecordSearch.hasOneValue(best.index, best.ranges) : best.sorts)
  }

  /// Whether index ranges hold a single value, so that they are in the order of creation.
  private static func hasOneValue(_ index: IndexTable, _ ranges: [Range<Int>]) -> Bool {
    guard let range = ranges.first, !range.isEmpty else { return true }
    let entries = index.entries
    return ranges.count == 1
      && entries[range.lowerBound].value == entries[range.upperBound - 1].value
  }

  /// The number of matching records.
  func count(_ work: inout QueryWork) -> Int {
    if plan.isExact { return plan.candidates }
    var count = 0
    forEachCandidate(&work) { _ in
      count += 1
      return true
    }
    return count
  }

  /// Visits the matches in the requested order until the body returns `false`.
  ///
  /// - Parameters:
  ///   - skipped: How many to leave out at the beginning.
  ///   - cursor: Where to begin instead of the first.
  func forEach(
    skipping skipped: Int = 0, after cursor: RecordCursor? = nil, _ work: inout QueryWork,
    _ body: (Record) -> Bool
  ) {
    var skipped = skipped
    guard plan.isInOrder else {
      var found: [Record] = []
      forEachCandidate(&work) { record in
        if cursor?.isBefore(record, by: sort) ?? true { found.append(record) }
        return true
      }
      work.sorted += found.count
      for record in SortKey.sorted(found, by: sort).dropFirst(skipped) where !body(record) {
        return
      }
      return
    }
    guard let index, !sort.isEmpty else {
      return forEachCandidate(
        from: cursor.map { position(after: $0) } ?? 0, skipping: &skipped, &work, body)
    }
    for group in RecordGroups(index, ranges, sort: sort, after: cursor) {
      if plan.isExact, cursor == nil, skipped >= group.count {
        skipped -= group.count
        continue
      }
      var goesOn = true
      if sort.count == 1 {
        forEach(of: [group], in: index, from: 0, skipping: &skipped, after: cursor, &work) {
          goesOn = body($0)
          return goesOn
        }
      } else {
        var found: [Record] = []
        var none = 0
        forEach(of: [group], in: index, from: 0, skipping: &none, after: cursor, &work) {
          found.append($0)
          return true
        }
        work.sorted += found.count
        for record in SortKey.sorted(found, by: sort) where goesOn {
          if skipped > 0 { skipped -= 1 } else { goesOn = body(record) }
        }
      }
      if !goesOn { return }
    }
  }

  /// The number of candidates before a place in the order of creation.
  private func position(after cursor: RecordCursor) -> Int {
    guard let index else { return table.count(upTo: cursor.sequence) }
    guard let range = ranges.first, !range.isEmpty else { return 0 }
    let value = index.entries[range.lowerBound].value
    let place = IndexTable.Entry(value: value, sequence: cursor.sequence + 1, id: "")
    return max(0, index.entries.offset(of: place) - range.lowerBound)
  }

  private func forEachCandidate(_ work: inout QueryWork, _ body: (Record) -> Bool) {
    var none = 0
    forEachCandidate(from: 0, skipping: &none, &work, body)
  }

  private func forEachCandidate(
    from start: Int, skipping skipped: inout Int, _ work: inout QueryWork, _ body: (Record) -> Bool
  ) {
    if let index {
      return forEach(
        of: ranges, in: index, from: start, skipping: &skipped, after: nil, &work, body)
    }
    let jump = plan.isExact ? min(skipped, table.count) : 0
    skipped -= jump
    table.forEach(from: start + jump) { record in
      work.visited += 1
      guard plan.isExact || query.matches(record.content) else { return true }
      guard skipped == 0 else {
        skipped -= 1
        return true
      }
      return body(record)
    }
  }

  /// Visits ranges of an index; `start` is an offset into the first one.
  private func forEach(
    of ranges: [Range<Int>], in index: IndexTable, from start: Int, skipping skipped: inout Int,
    after cursor: RecordCursor?, _ work: inout QueryWork, _ body: (Record) -> Bool
  ) {
    var start = start
    var goesOn = true
    for range in ranges where goesOn {
      var low = min(range.upperBound, range.lowerBound + start)
      start = 0
      if plan.isExact, cursor == nil {
        let jump = min(skipped, range.upperBound - low)
        skipped -= jump
        low += jump
      }
      var rest = range.upperBound - low
      guard rest > 0 else { continue }
      index.entries.forEach(from: low) { entry in
        rest -= 1
        work.visited += 1
        guard let record = table.record(entry.id),
          plan.isExact || query.matches(record.content),
          cursor?.isBefore(record, by: sort) ?? true
        else { return rest > 0 }
        if skipped > 0 { skipped -= 1 } else { goesOn = body(record) }
        return goesOn && rest > 0
      }
    }
  }
}

/// Ranges of an index in the order of a sort that begins with its value.
private struct RecordGroups: Sequence, IteratorProtocol {
  private let index: IndexTable
  private let isAscending: Bool
  /// Whether a range of several values is already in order.
  private let isOneKey: Bool
  private var rest: [Range<Int>]

  init(_ index: IndexTable, _ ranges: [Range<Int>], sort: [SortKey], after cursor: RecordCursor?) {
    self.index = index
    isAscending = sort.first?.isAscending ?? true
    isOneKey = sort.count == 1
    rest = ranges
    guard let value = cursor?.values.first else { return }
    let clip =
      isAscending
      ? index.offset(of: .before(value))..<index.entries.count
      : 0..<index.offset(of: .after(value))
    rest = IndexTable.common(rest, [clip])
  }

  mutating func next() -> Range<Int>? {
    while let range = isAscending ? rest.first : rest.last {
      if isAscending { rest.removeFirst() } else { rest.removeLast() }
      if range.isEmpty { continue }
      if isAscending, isOneKey { return range }
      if isAscending {
        let value = index.entries[range.lowerBound].value
        let end = Swift.min(range.upperBound, index.offset(of: .after(value)))
        if end < range.upperBound { rest.insert(end..<range.upperBound, at: 0) }
        return range.lowerBound..<end
      }
      let value = index.entries[range.upperBound - 1].value
      let start = Swift.max(range.lowerBound, index.offset(of: .before(value)))
      if range.lowerBound < start { rest.append(range.lowerBound..<start) }
      return start..<range.upperBound
    }
    return nil
  }
}
