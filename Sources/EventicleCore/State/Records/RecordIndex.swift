/// Declares that records of a type can be found by a value without a scan.
///
///     RecordIndex("OrderBoard", on: "status")
///     RecordIndex("Customer", on: "contact.email", unique: true)
///
/// The engine keeps the index current and uses it where it helps; a query means the same with and
/// without it. Every write of a record costs O(log n) for each index of its type.
public struct RecordIndex: Sendable, Hashable, CustomStringConvertible {
  /// Which records it covers: those of a view's name, or of one that the domain chose.
  public let type: String
  /// The path of the indexed value in their content.
  public let path: JSONPath
  /// Whether two records of one workspace must not have the same value.
  ///
  /// Records without the value are exempt; `null` is a value like any other.
  public let isUnique: Bool

  /// An index of a type's records by the value at a path.
  public init(_ type: String, on path: JSONPath, unique: Bool = false) {
    self.type = type
    self.path = path
    isUnique = unique
  }

  /// The type and the path: `OrderBoard.status`.
  public var description: String { "\(type).\(path)" }
}
