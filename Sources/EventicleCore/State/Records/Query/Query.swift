/// A question about the content of records.
///
/// One meaning everywhere: a field that is missing satisfies no comparison, `null` equals only
/// `null`, texts compare by bytes, numbers by value and exactly, and values of different kinds
/// compare with nothing. `not` turns an answer round, so that the opposite of a comparison holds
/// for records without the field.
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
  /// The text at a path contains a text, or a text in the array there does; upper and lower case
  /// differ and no character is special. Numbers and booleans count as they are written.
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
    /// The same value.
    case equal = "EQ"
    /// Another value.
    case notEqual = "NE"
    /// A value that comes before.
    case less = "LT"
    /// The same value, or one that comes before.
    case lessOrEqual = "LTE"
    /// A value that comes after.
    case greater = "GT"
    /// The same value, or one that comes after.
    case greaterOrEqual = "GTE"
  }
}

/// Why a question could not be read or answered.
public struct QueryError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What was expected, what was found, and the way out.
  public let reason: String

  /// The same in words.
  public var description: String { reason }
}

/// One key of a sort.
///
/// What is missing comes first, then `null`, booleans, numbers by value, texts by bytes, arrays
/// and objects; with the largest first it is the other way round. Records that are equal by all
/// keys stay in the order of their creation.
public struct SortKey: Sendable, Hashable {
  /// What to sort by.
  public enum Subject: Sendable, Hashable {
    /// The value at a path of the content.
    case path(JSONPath)
    /// The moment at which the record was created.
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

  /// The path, unless it sorts by the moment of creation.
  var path: JSONPath? {
    if case .path(let path) = subject { path } else { nil }
  }

  func value(of record: Record) -> SortValue {
    switch subject {
    case .path(let path): SortValue(record.content.found(at: path))
    case .createdAt: .number(.whole(Int(record.createdAt.milliseconds)))
    }
  }
}
