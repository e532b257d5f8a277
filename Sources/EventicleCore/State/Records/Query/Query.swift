/// A condition on the content of records.
///
/// A missing field satisfies no comparison, `null` equals only `null`, texts compare by bytes,
/// numbers by exact value, and values of different kinds do not compare. `not` is a plain negation,
/// so that the negated comparison does hold for records without the field.
public indirect enum Query: Sendable, Hashable {
  /// Matches everything.
  case all
  /// The value at a path compares with a value in this way.
  case compare(JSONPath, Relation, JSON)
  /// The value at a path is one of these.
  case anyOf(JSONPath, [JSON])
  /// The value at a path lies between two values, both included.
  case between(JSONPath, JSON, JSON)
  /// There is a value at a path, `null` included.
  case exists(JSONPath)
  /// The text at a path, or a text in the array there, contains a text. Case matters and no
  /// character is special. Numbers and Booleans count as the text they are written as.
  case like(JSONPath, String)
  /// The content has at least the members of a pattern; arrays hold at least its elements.
  case matches(JSON)
  /// The array at a path has an element that equals, or matches, a value.
  case contains(JSONPath, JSON)
  /// Every one of these matches.
  case and([Query])
  /// At least one of these matches.
  case or([Query])
  /// This does not match.
  case not(Query)

  /// How two values compare.
  public enum Relation: String, Sendable, Hashable, CaseIterable {
    /// The same value.
    case equal = "EQ"
    /// A different value.
    case notEqual = "NE"
    /// A smaller value.
    case less = "LT"
    /// The same value or a smaller one.
    case lessOrEqual = "LTE"
    /// A greater value.
    case greater = "GT"
    /// The same value or a greater one.
    case greaterOrEqual = "GTE"
  }
}

/// Why a query could not be read or answered.
public struct QueryError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What was expected, what was found, and the way out.
  public let reason: String

  /// The error as one sentence.
  public var description: String { reason }
}

/// One key of a sort.
///
/// A missing value comes first, then `null`, Booleans, numbers by value, texts by bytes, arrays and
/// objects; descending reverses this. Records that are equal by all keys stay in the order of
/// creation.
public struct SortKey: Sendable, Hashable {
  /// By what records are put in order.
  public enum Subject: Sendable, Hashable {
    /// The value at a path of the content.
    case path(JSONPath)
    /// The instant at which the record was created.
    case createdAt
  }
  /// By what this key orders; records that are equal in it go on to the next key.
  public let subject: Subject
  /// Whether the smallest comes first.
  public let isAscending: Bool

  /// A key that sorts by a subject, smallest first by default.
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

  /// The path; `nil` when it sorts by the instant of creation.
  var path: JSONPath? {
    if case .path(let path) = subject { path } else { nil }
  }

  func value(of record: Record) -> SortValue { value(of: record.content, record.createdAt) }

  fileprivate func value(of content: JSON, _ createdAt: Instant) -> SortValue {
    switch subject {
    case .path(let path): SortValue(content.found(at: path))
    case .createdAt: .number(.whole(Int(createdAt.milliseconds)))
    }
  }
}

extension [SortKey] {
  /// Values in the order of records with their contents.
  ///
  /// Those that are equal by all keys stay as they are. O(n log n).
  package func sorted<Value>(
    _ values: [Value], content: (Value) -> JSON, createdAt: (Value) -> Instant
  ) -> [Value] {
    let keyed = values.enumerated().map { place, value in
      let (content, instant) = (content(value), createdAt(value))
      return (place: place, sorts: map { $0.value(of: content, instant) }, value: value)
    }
    let ordered = keyed.sorted { left, right in
      for (place, key) in enumerated() {
        let order = left.sorts[place].order(to: right.sorts[place])
        if order != 0 { return key.isAscending ? order < 0 : order > 0 }
      }
      return left.place < right.place
    }
    return ordered.map(\.value)
  }
}
