// Queries as conditions are written: `where: "status" == "paid" && "total" > 100`.
extension JSONPath {
  /// The value at the path equals a value.
  public static func == (path: JSONPath, value: JSON) -> Query { .compare(path, .equal, value) }

  /// The value at the path is there and is another one.
  public static func != (path: JSONPath, value: JSON) -> Query { .compare(path, .notEqual, value) }

  /// The value at the path comes before a value of its kind.
  public static func < (path: JSONPath, value: JSON) -> Query { .compare(path, .less, value) }

  /// The value at the path comes before a value of its kind, or equals it.
  public static func <= (path: JSONPath, value: JSON) -> Query {
    .compare(path, .lessOrEqual, value)
  }

  /// The value at the path comes after a value of its kind.
  public static func > (path: JSONPath, value: JSON) -> Query { .compare(path, .greater, value) }

  /// The value at the path comes after a value of its kind, or equals it.
  public static func >= (path: JSONPath, value: JSON) -> Query {
    .compare(path, .greaterOrEqual, value)
  }
}

extension Query {
  /// Both hold.
  public static func && (left: Query, right: Query) -> Query { .and([left, right]) }

  /// At least one of both holds.
  public static func || (left: Query, right: Query) -> Query { .or([left, right]) }

  /// The query does not hold.
  public static prefix func ! (query: Query) -> Query { .not(query) }
}

extension SortKey: ExpressibleByStringLiteral {
  /// Sorts by the value at a path, smallest first: `sortedBy: ["status", .descending("total")]`.
  public init(stringLiteral value: String) { self = .ascending(JSONPath(stringLiteral: value)) }
}
