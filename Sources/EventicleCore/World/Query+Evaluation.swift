extension Query {
  /// Whether some content fits.
  public func matches(_ content: JSON) -> Bool {
    switch self {
    case .all: true
    case .compare(let path, let comparison, let value):
      content.value(at: path).map { comparison.holds($0, value) } ?? false
    case .anyOf(let path, let values):
      content.value(at: path).map { values.contains($0) } ?? false
    case .between(let path, let low, let high):
      content.value(at: path).map {
        Relation.greaterOrEqual.holds($0, low) && Relation.lessOrEqual.holds($0, high)
      } ?? false
    case .exists(let path): content.value(at: path) != nil
    case .like(let path, let text):
      switch content.value(at: path) {
      case .array(let values): values.contains { $0.string?.contains(text) ?? false }
      case .string(let value): value.contains(text)
      case .number(let number): number.text.contains(text)
      default: false
      }
    case .matches(let pattern): content.includes(pattern)
    case .contains(let path, let value):
      content.value(at: path)?.array?.contains { $0.includes(value) } ?? false
    case .and(let queries): queries.allSatisfy { $0.matches(content) }
    case .or(let queries): queries.contains { $0.matches(content) }
    case .not(let query): !query.matches(content)
    }
  }
}

extension Query.Relation {
  /// Whether two values compare so.
  public func holds(_ left: JSON, _ right: JSON) -> Bool {
    switch self {
    case .equal: return left == right
    case .notEqual: return left != right
    case .less, .lessOrEqual, .greater, .greaterOrEqual:
      guard let order = left.order(to: right) else { return false }
      switch self {
      case .less: return order < 0
      case .lessOrEqual: return order <= 0
      case .greater: return order > 0
      default: return order >= 0
      }
    }
  }
}

extension JSON {
  /// Less than, equal to or greater than 0 as this comes before, with or after another value;
  /// `nil` for values that do not compare.
  func order(to other: JSON) -> Int? {
    switch (self, other) {
    case (.number(let a), .number(let b)): a < b ? -1 : (a == b ? 0 : 1)
    case (.string(let a), .string(let b)):
      sameBytes(a, b) ? 0 : (a.utf8.lexicographicallyPrecedes(b.utf8) ? -1 : 1)
    case (.bool(let a), .bool(let b)): a == b ? 0 : (b ? -1 : 1)
    case (.null, .null): 0
    default: nil
    }
  }

  /// Whether this has at least what a pattern has.
  func includes(_ pattern: JSON) -> Bool {
    switch (self, pattern) {
    case (.object(let own), .object(let wanted)):
      wanted.members.allSatisfy { own[$0.key]?.includes($0.value) ?? false }
    case (.array(let own), .array(let wanted)):
      wanted.allSatisfy { element in own.contains { $0.includes(element) } }
    default: self == pattern
    }
  }

  fileprivate var sortRank: Int {
    switch self {
    case .null: 0
    case .bool: 1
    case .number: 2
    case .string: 3
    case .array: 4
    case .object: 5
    }
  }
}

extension SortKey {
  /// Sorts records by several keys; equal ones stay in order, missing values come first.
  static func sorted(_ records: [Record], by keys: [SortKey]) -> [Record] {
    let columns = keys.map { key in records.map { key.value(of: $0) } }
    return records.indices.sorted { left, right in
      for (key, column) in zip(keys, columns) {
        let order = SortKey.order(column[left], column[right])
        if order != 0 { return key.isAscending ? order < 0 : order > 0 }
      }
      return left < right
    }.map { records[$0] }
  }

  private func value(of record: Record) -> JSON? {
    switch subject {
    case .path(let path): record.content.value(at: path)
    case .createdAt: .int(Int(record.createdAt.milliseconds))
    }
  }

  private static func order(_ left: JSON?, _ right: JSON?) -> Int {
    guard let left, let right else { return (left == nil ? 0 : 1) - (right == nil ? 0 : 1) }
    return left.order(to: right) ?? left.sortRank - right.sortRank
  }
}

extension Query {
  /// Reads Eventicle's form: `{field: value}` or `{field: {op: "GT", value: …}}`, all of which
  /// must hold.
  ///
  /// - Throws: ``QueryError`` for an operator that does not exist or gets a wrong operand.
  public init(_ form: JSON) throws(QueryError) {
    guard case .object(let members) = form else {
      throw QueryError(reason: "A query is an object of fields, but this is \(form.kindName).")
    }
    var parts: [Query] = []
    for member in members.members {
      guard let path = JSONPath(parsing: member.key) else {
        throw QueryError(reason: "\"\(member.key)\" is not a path such as customer.name.")
      }
      parts.append(try Query.condition(path, member.value))
    }
    self = parts.count == 1 ? parts[0] : .and(parts)
  }

  private static func condition(_ path: JSONPath, _ form: JSON) throws(QueryError) -> Query {
    guard case .object(let members) = form, let name = members["op"]?.string else {
      return .compare(path, .equal, form)
    }
    let value = members["value"] ?? .null
    if let comparison = Relation(rawValue: name) { return .compare(path, comparison, value) }
    switch (name, value) {
    case ("IN", .array(let values)): return .anyOf(path, values)
    case ("BETWEEN", .array(let ends)) where ends.count == 2:
      return .between(path, ends[0], ends[1])
    case ("EXISTS", _): return .exists(path)
    case ("LIKE", .string(let text)): return .like(path, text)
    case ("LIKE", .object(let parts)):
      let steps = (parts["path"]?.array ?? []).compactMap(\.string).map { JSONPath.Step.member($0) }
      guard let text = parts["like"]?.string, !steps.isEmpty else { break }
      return .like(JSONPath(steps), text)
    case ("OBJECT", .object): return .matches(value)
    case ("ARRAY_CONTAINS", _): return .contains(path, value)
    default: break
    }
    throw QueryError(
      reason: "\(name) with \(value.kindName) is not a query operator; there are EQ NE GT GTE LT "
        + "LTE IN BETWEEN EXISTS LIKE OBJECT ARRAY_CONTAINS.")
  }
}
