/// How a query will be answered.
public struct QueryPlan: Sendable, Hashable, CustomStringConvertible {
  /// The source of the candidates.
  public enum Access: Sendable, Hashable {
    /// The whole table, in the order of creation.
    case scan
    /// One or more ranges of an index.
    case index(RecordIndex)
  }

  /// Where the candidates come from.
  public let access: Access
  /// The greatest number of records that will be examined.
  public let candidates: Int
  /// The number of records in the table.
  public let total: Int
  /// Whether the candidates are the answer, without examining their content.
  public let isExact: Bool
  /// Whether they come in the requested order, without sorting.
  public let isInOrder: Bool

  /// One sentence for people.
  public var description: String {
    let source =
      switch access {
      case .scan: "All \(total) records are looked at"
      case .index(let index): "The index \(index) leads to \(candidates) of \(total) records"
      }
    let filter = isExact ? "all of which fit" : "and each one is checked"
    return "\(source), \(filter)\(isInOrder ? "" : "; what is found is sorted")."
  }
}

/// What answering a query cost.
package struct QueryWork: Sendable, Hashable {
  /// The number of records examined.
  package var visited: Int
  /// The number of records sorted.
  package var sorted: Int
  /// The number of records that an automatic index took in.
  package var indexed: Int

  /// A cost, none by default.
  package init(visited: Int = 0, sorted: Int = 0, indexed: Int = 0) {
    self.visited = visited
    self.sorted = sorted
    self.indexed = indexed
  }
}

extension IndexTable {
  /// The ranges of this index that hold the records matching a query, and perhaps others.
  ///
  /// - Returns: Offsets, and whether everything there matches; `nil` when the query does not
  ///   restrict the indexed value.
  func stretches(of query: Query) -> (ranges: [Range<Int>], isExact: Bool)? {
    switch query {
    case .all: return ([0..<entries.count], true)
    case .and(let queries): return both(queries.compactMap(stretches), of: queries.count)
    case .or(let queries):
      var found: [Range<Int>] = []
      var isExact = true
      for query in queries {
        guard let part = stretches(of: query) else { return nil }
        found += part.ranges
        isExact = isExact && part.isExact
      }
      return (IndexTable.united(found), isExact)
    case .not(let query):
      guard let part = stretches(of: query), part.isExact else { return nil }
      return (complement(of: part.ranges), true)
    case .compare(let path, let relation, let value) where path.isSame(as: index.path):
      return stretches(relation, value)
    case .anyOf(let path, let values) where path.isSame(as: index.path):
      let parts = values.map { equal(to: SortValue($0)) }
      return (IndexTable.united(parts), values.allSatisfy { SortValue($0).isScalar })
    case .between(let path, let low, let high) where path.isSame(as: index.path):
      let (low, high) = (SortValue(low), SortValue(high))
      guard low.kind == high.kind, low.isScalar else { return ([], true) }
      return (IndexTable.united([range(.before(low), .after(high))]), true)
    case .exists(let path) where path.isSame(as: index.path):
      return ([offset(of: .after(.missing))..<entries.count], true)
    case .compare, .anyOf, .between, .exists, .like, .matches, .contains: return nil
    }
  }

  private func stretches(
    _ relation: Query.Relation, _ json: JSON
  ) -> (ranges: [Range<Int>], isExact: Bool)? {
    let value = SortValue(json)
    if relation == .equal { return (IndexTable.united([equal(to: value)]), value.isScalar) }
    if relation == .notEqual {
      guard value.isScalar else { return nil }
      let present = offset(of: .after(.missing))..<entries.count
      return (IndexTable.common(complement(of: [equal(to: value)]), [present]), true)
    }
    guard value.isScalar else { return ([], true) }
    let found =
      switch relation {
      case .less: range(.beforeKind(value.kind), .before(value))
      case .lessOrEqual: range(.beforeKind(value.kind), .after(value))
      case .greater: range(.after(value), .afterKind(value.kind))
      default: range(.before(value), .afterKind(value.kind))
      }
    return (IndexTable.united([found]), true)
  }

  private func equal(to value: SortValue) -> Range<Int> { range(.before(value), .after(value)) }

  private func both(
    _ parts: [(ranges: [Range<Int>], isExact: Bool)], of count: Int
  ) -> (ranges: [Range<Int>], isExact: Bool)? {
    guard !parts.isEmpty || count == 0 else { return nil }
    var ranges = [0..<entries.count]
    for part in parts { ranges = IndexTable.common(ranges, part.ranges) }
    return (ranges, parts.count == count && parts.allSatisfy(\.isExact))
  }

  private func complement(of ranges: [Range<Int>]) -> [Range<Int>] {
    var rest: [Range<Int>] = []
    var start = 0
    for range in ranges {
      if start < range.lowerBound { rest.append(start..<range.lowerBound) }
      start = range.upperBound
    }
    if start < entries.count { rest.append(start..<entries.count) }
    return rest
  }

  /// Ranges in order, without empty ones and overlaps.
  private static func united(_ ranges: [Range<Int>]) -> [Range<Int>] {
    var result: [Range<Int>] = []
    let sorted = ranges.filter { !$0.isEmpty }.sorted { $0.lowerBound < $1.lowerBound }
    for range in sorted {
      if let last = result.last, range.lowerBound <= last.upperBound {
        let end = max(last.upperBound, range.upperBound)
        result[result.count - 1] = last.lowerBound..<end
      } else {
        result.append(range)
      }
    }
    return result
  }

  /// The intersection of two lists of ranges.
  static func common(_ left: [Range<Int>], _ right: [Range<Int>]) -> [Range<Int>] {
    var result: [Range<Int>] = []
    var (a, b) = (0, 0)
    while a < left.count, b < right.count {
      let low = max(left[a].lowerBound, right[b].lowerBound)
      let high = min(left[a].upperBound, right[b].upperBound)
      if low < high { result.append(low..<high) }
      if left[a].upperBound < right[b].upperBound { a += 1 } else { b += 1 }
    }
    return result
  }
}
