/// What a domain declares so that records of a type are found by a value without a search.
///
///     RecordIndex("OrderBoard", on: "status")
///     RecordIndex("Customer", on: "contact.email", unique: true)
///
/// The engine keeps the index exact and uses it where it helps; a query means the same with and
/// without it. Every write of a record pays for each index of its type, O(log n).
public struct RecordIndex: Sendable, Hashable, CustomStringConvertible {
  /// The type of the records.
  public let type: String
  /// Where in their content the value is.
  public let path: JSONPath
  /// Whether two records of one workspace may not have the same value there.
  ///
  /// Records without the value do not count; `null` is a value like any other.
  public let isUnique: Bool

  /// An index of the records of a type by the value at a path.
  public init(_ type: String, on path: JSONPath, unique: Bool = false) {
    self.type = type
    self.path = path
    isUnique = unique
  }

  /// `OrderBoard.status`.
  public var description: String { "\(type).\(path)" }
}
