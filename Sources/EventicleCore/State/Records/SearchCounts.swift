/// How often records were looked for by an equal value that no index leads to, and the indexes that
/// were adopted because of it.
///
/// Only speed depends on it: a query means the same with and without an index. The counts follow
/// from the steps, so the same inputs adopt the same indexes.
struct SearchCounts: Sendable {
  private var counts: [RecordIndex: Int] = [:]
  /// The adopted indexes, in the order of adoption.
  private(set) var adopted: [RecordIndex] = []

  /// Counts a search; returns whether its index is to be adopted now.
  mutating func count(_ index: RecordIndex) -> Bool {
    let count = (counts[index] ?? 0) + 1
    guard count >= Limits.searchesBeforeIndex else {
      // A type with countless properties must not fill the memory.
      if counts.count < Limits.automaticIndexes * 16 || count > 1 { counts[index] = count }
      return false
    }
    guard adopted.count < Limits.automaticIndexes else { return false }
    counts[index] = nil
    adopted.append(index)
    return true
  }
}

extension World {
  /// Counts a search by equal values, and adopts an index for the value that is searched for often.
  ///
  /// From search number ``Limits/searchesBeforeIndex`` on, the records with a value are found by an
  /// index, as if the domain had declared it.
  ///
  /// - Returns: The number of records that a new index took in.
  mutating func countSearch(of type: String, where query: Query) -> Int {
    let paths = query.equalPaths()
    guard !paths.isEmpty else { return 0 }
    let known = indexes(of: type)
    guard !known.contains(where: { index in paths.contains { $0.isSame(as: index.path) } }) else {
      return 0
    }
    var counts = searches ?? SearchCounts()
    defer { searches = counts }
    for path in paths {
      let index = RecordIndex(type, on: path)
      if counts.count(index) { return adopt(index) }
    }
    return 0
  }

  /// The indexes that were adopted although the domain does not declare them, oldest first.
  public var automaticIndexes: [RecordIndex] { searches?.adopted ?? [] }
}

extension Query {
  /// The paths of values that must equal one given, or one of a few given.
  ///
  /// - Parameter depth: How deep this part lies; what lies too deep for a query is left out.
  fileprivate func equalPaths(at depth: Int = 1) -> [JSONPath] {
    guard depth <= Limits.jsonDepth else { return [] }
    switch self {
    case .compare(let path, .equal, _): return [path]
    case .anyOf(let path, _): return [path]
    case .and(let queries): return queries.flatMap { $0.equalPaths(at: depth + 1) }
    default: return []
    }
  }
}
