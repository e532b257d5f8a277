extension Query {
  /// Whether some content matches.
  public func matches(_ content: JSON) -> Bool {
    switch self {
    case .all: true
    case .compare(let path, let relation, let value):
      content.found(at: path).map { relation.holds($0, value) } ?? false
    case .anyOf(let path, let values):
      content.found(at: path).map { found in values.contains { found.means($0) } } ?? false
    case .between(let path, let low, let high):
      content.found(at: path).map {
        Relation.greaterOrEqual.holds($0, low) && Relation.lessOrEqual.holds($0, high)
      } ?? false
    case .exists(let path): content.found(at: path) != nil
    case .like(let path, let text):
      switch content.found(at: path) {
      case .array(let values): values.contains { $0.string?.hasBytes(of: text) ?? false }
      case .string(let value): value.hasBytes(of: text)
      case .number(let number): number.text.hasBytes(of: text)
      case .bool(let value): (value ? "true" : "false").hasBytes(of: text)
      default: false
      }
    case .matches(let pattern): content.includes(pattern)
    case .contains(let path, let value):
      content.found(at: path)?.array?.contains { $0.includes(value) } ?? false
    case .and(let queries): queries.allSatisfy { $0.matches(content) }
    case .or(let queries): queries.contains { $0.matches(content) }
    case .not(let query): !query.matches(content)
    }
  }
}

extension Query.Relation {
  /// Whether the relation holds between two values.
  public func holds(_ left: JSON, _ right: JSON) -> Bool {
    switch self {
    case .equal: left.means(right)
    case .notEqual: !left.means(right)
    case .less: left.order(to: right).map { $0 < 0 } ?? false
    case .lessOrEqual: left.order(to: right).map { $0 <= 0 } ?? false
    case .greater: left.order(to: right).map { $0 > 0 } ?? false
    case .greaterOrEqual: left.order(to: right).map { $0 >= 0 } ?? false
    }
  }
}

extension JSON {
  /// The value at a path; `nil` when there is none, while an explicit `null` is found.
  func found(at path: JSONPath) -> JSON? {
    var value = self
    for step in path.steps {
      switch (step, value) {
      case (.member(let name), .object(let members)):
        guard let member = members[name] else { return nil }
        value = member
      case (.element(let index), .array(let values)):
        guard values.indices.contains(index) else { return nil }
        value = values[index]
      default: return nil
      }
    }
    return value
  }

  /// Negative, zero or positive as this comes before, with or after another value; `nil` for values
  /// that cannot be compared.
  func order(to other: JSON) -> Int? {
    switch (self, other) {
    case (.number(let a), .number(let b)):
      let (left, right) = (ExactNumber(a), ExactNumber(b))
      return left < right ? -1 : (left == right ? 0 : 1)
    case (.string(let a), .string(let b)): return orderOfBytes(a, b)
    case (.bool(let a), .bool(let b)): return a == b ? 0 : (b ? -1 : 1)
    case (.null, .null): return 0
    default: return nil
    }
  }

  /// Whether both are the same value: numbers exactly, texts by bytes, objects in any order of
  /// members.
  func means(_ other: JSON) -> Bool {
    switch (self, other) {
    case (.null, .null): return true
    case (.bool(let a), .bool(let b)): return a == b
    case (.number(let a), .number(let b)): return ExactNumber(a) == ExactNumber(b)
    case (.string(let a), .string(let b)): return isSameText(a, b)
    case (.array(let a), .array(let b)):
      return a.count == b.count && zip(a, b).allSatisfy { $0.means($1) }
    case (.object(let a), .object(let b)): return JSON.areSame(a, b)
    default: return false
    }
  }

  private static func areSame(_ left: JSONObject, _ right: JSONObject) -> Bool {
    // Nearly always the members come in the same order.
    if left.count == right.count,
      zip(left.members, right.members).allSatisfy({
        isSameText($0.key, $1.key) && $0.value.means($1.value)
      })
    {
      return true
    }
    return right.members.allSatisfy { left[$0.key] != nil }
      && left.members.allSatisfy { member in
        guard let own = left[member.key], let other = right[member.key] else { return false }
        return own.means(other)
      }
  }

  /// Whether this contains at least what a pattern contains.
  func includes(_ pattern: JSON) -> Bool {
    switch (self, pattern) {
    case (.object(let own), .object(let wanted)):
      wanted.members.allSatisfy { own[$0.key]?.includes($0.value) ?? false }
    case (.array(let own), .array(let wanted)):
      wanted.allSatisfy { element in own.contains { $0.includes(element) } }
    default: means(pattern)
    }
  }
}

extension String {
  /// Whether the bytes of a text occur anywhere in this one.
  fileprivate func hasBytes(of text: String) -> Bool {
    var whole = self
    var part = text
    return whole.withUTF8 { whole in
      part.withUTF8 { part in
        guard let first = part.first else { return true }
        guard whole.count >= part.count else { return false }
        for start in 0...(whole.count - part.count) where whole[start] == first {
          var length = 1
          while length < part.count, whole[start + length] == part[length] { length += 1 }
          if length == part.count { return true }
        }
        return false
      }
    }
  }
}
