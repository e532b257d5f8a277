/// A question about the content of records.
///
/// One meaning everywhere: a field that is missing satisfies no comparison, `null` equals only
/// `null`, texts compare by bytes, numbers by value, and values of different kinds compare with
/// nothing.
public indirect enum Query: Sendable, Hashable {
  /// Everything.
  case all
  /// The value at a path compares so with a value.
  case compare(JSONPath, Relation, JSON)
  /// The value at a path is one of these.
  case anyOf(JSONPath, [JSON])
  /// The value at a path lies between two values, both included.
  case between(JSONPath, JSON, JSON)
  /// There is a value at a path, `null` included.
  case exists(JSONPath)
  /// The text at a path, or a text in the array there, contains a text.
  case like(JSONPath, String)
  /// The content has at least the members of a pattern; arrays hold at least its elements.
  case matches(JSON)
  /// The array at a path has an element that is, or matches, a value.
  case contains(JSONPath, JSON)
  /// All of these hold.
  case and([Query])
  /// At least one of these holds.
  case or([Query])
  /// This does not hold.
  case not(Query)

  /// How two values compare.
  public enum Relation: String, Sendable, Hashable, CaseIterable {
    case equal = "EQ"
    case notEqual = "NE"
    case less = "LT"
    case lessOrEqual = "LTE"
    case greater = "GT"
    case greaterOrEqual = "GTE"
  }
}

/// Why a question could not be read.
public struct QueryError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What was expected and what was found.
  public let reason: String

  /// The same in words.
  public var description: String { reason }
}

/// One key of a sort.
public struct SortKey: Sendable, Hashable {
  /// What to sort by.
  public enum Subject: Sendable, Hashable {
    case path(JSONPath)
    case createdAt
  }
  /// What to sort by.
  public let subject: Subject
  /// Whether the smallest comes first.
  public let isAscending: Bool

  /// One of these parts.
  public init(_ subject: Subject, ascending: Bool = true) {
    self.subject = subject
    isAscending = ascending
  }

  /// Sorts by the value at a path, smallest first.
  public static func ascending(_ path: JSONPath) -> SortKey { SortKey(.path(path)) }

  /// Sorts by the value at a path, largest first.
  public static func descending(_ path: JSONPath) -> SortKey {
    SortKey(.path(path), ascending: false)
  }
}

/// One page of records and how many there are in all.
public struct RecordPage: Sendable, Hashable {
  /// The records of this page.
  public let entries: [Record]
  /// How many fit the query in all.
  public let totalCount: Int
  /// Which page this is, from 1.
  public let page: Int
  /// How many records a page has at most.
  public let size: Int
}

extension World {
  /// The records of a type that fit a query, sorted.
  public func records(
    of type: String, where query: Query = .all, sortedBy sort: [SortKey] = []
  ) throws(QueryError) -> [Record] {
    var found: [Record] = []
    forEachRecord(of: type) { record in
      if query.matches(record.content) { found.append(record) }
      return true
    }
    return sort.isEmpty ? found : SortKey.sorted(found, by: sort)
  }

  func page(
    of type: String, where query: Query, sortedBy sort: [SortKey], page: Int, size: Int
  ) throws(QueryError) -> RecordPage {
    guard page >= 1, size >= 1 else {
      throw QueryError(
        reason: "Pages and their sizes count from 1, but page \(page) of size \(size) was asked.")
    }
    let found = try records(of: type, where: query, sortedBy: sort)
    let (skipped, isTooFar) = (page - 1).multipliedReportingOverflow(by: size)
    let start = isTooFar ? found.count : min(found.count, skipped)
    let entries = Array(found[start...].prefix(size))
    return RecordPage(entries: entries, totalCount: found.count, page: page, size: size)
  }
}
