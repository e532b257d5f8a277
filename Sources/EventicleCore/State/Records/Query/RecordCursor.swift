/// A place in a sorted walk, just after a record.
///
/// Walking with it is stable: records created, deleted or changed in between shift nothing, and no
/// record that keeps its place is met twice or missed.
public struct RecordCursor: Sendable, Hashable {
  let values: [SortValue]
  let sequence: Int

  /// The place just after a record.
  ///
  /// - Parameter sort: The sort of the walk.
  public init(after record: Record, sortedBy sort: [SortKey] = []) {
    values = sort.map { $0.value(of: record) }
    sequence = record.sequence
  }

  /// Whether a record comes after this place.
  func isBefore(_ record: Record, by sort: [SortKey]) -> Bool {
    for (value, key) in zip(values, sort) {
      let order = value.order(to: key.value(of: record))
      if order != 0 { return (order < 0) == key.isAscending }
    }
    return sequence < record.sequence
  }
}

/// The records on one page of a query, and how many match in all.
public struct RecordPage: Sendable, Hashable {
  /// Those of this page, in the order of the query; empty behind the last page.
  public let entries: [Record]
  /// The number of records that match the query.
  public let totalCount: Int
  /// The number of this page, from 1.
  public let page: Int
  /// The greatest number of records on a page.
  public let size: Int
}

/// Some records of a walk, the total, and where the walk continues.
public struct RecordSlice: Sendable, Hashable {
  /// Those that follow the place where the walk stood, in the order of the query.
  public let entries: [Record]
  /// The number of records that match the query, those before this slice included.
  public let totalCount: Int
  /// The place after the last of them; `nil` at the end of the walk.
  public let next: RecordCursor?
}

extension SortKey {
  /// Sorts records by several keys; equal ones stay in the order of creation.
  static func sorted(_ records: [Record], by keys: [SortKey]) -> [Record] {
    let columns = keys.map { key in records.map { key.value(of: $0) } }
    return records.indices.sorted { left, right in
      for (key, column) in zip(keys, columns) {
        let order = column[left].order(to: column[right])
        if order != 0 { return key.isAscending ? order < 0 : order > 0 }
      }
      return records[left].sequence < records[right].sequence
    }.map { records[$0] }
  }
}

extension JSONPath {
  /// Whether both are the same path, name by name and byte by byte.
  func isSame(as other: JSONPath) -> Bool {
    steps.count == other.steps.count
      && zip(steps, other.steps).allSatisfy { mine, theirs in
        switch (mine, theirs) {
        case (.member(let a), .member(let b)): isSameText(a, b)
        case (.element(let a), .element(let b)): a == b
        default: false
        }
      }
  }
}
