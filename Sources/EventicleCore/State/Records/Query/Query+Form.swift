extension Query {
  /// Reads a query written as JSON: `{field: value}` or `{field: {op: "GT", value: …}}`, all of
  /// which must hold.
  ///
  /// Fields are paths such as `customer.name`. `{"AND": [query, …]}`, `{"OR": [query, …]}` and
  /// `{"NOT": query}` combine queries; a field with such a name is written `["AND"]`. A path that
  /// text cannot write is spelled out: `{"AT": {"path": ["a.b", 0], "op": "EQ", "value": 1}}`; an
  /// empty one means the whole content.
  ///
  /// - Throws: ``QueryError`` for an unknown operator or a wrong operand.
  public init(_ form: JSON) throws(QueryError) {
    guard case .object(let members) = form else {
      throw QueryError(
        reason: "A query is an object of fields, as in {\"status\": \"open\"}, "
          + "but this is \(form.kindName).")
    }
    var parts: [Query] = []
    for member in members.members { parts.append(try Query.part(member)) }
    self = parts.isEmpty ? .all : parts.count == 1 ? parts[0] : .and(parts)
  }

  private static func part(_ member: JSONObject.Member) throws(QueryError) -> Query {
    switch member.key {
    case "AND": return .and(try list(member))
    case "OR": return .or(try list(member))
    case "NOT": return .not(try Query(member.value))
    case "AT":
      guard let steps = member.value["path"].array, let path = JSONPath(form: steps) else {
        throw QueryError(
          reason: "AT needs a path of names and numbers, as in {\"AT\": {\"path\": [\"a.b\", 0], "
            + "\"op\": \"EQ\", \"value\": 1}}; a field of that name is written [\"AT\"].")
      }
      return try condition(path, member.value)
    default:
      guard let path = JSONPath(parsing: member.key) else {
        throw QueryError(reason: "\"\(member.key)\" is not a path such as customer.name.")
      }
      return try condition(path, member.value)
    }
  }

  private static func list(_ member: JSONObject.Member) throws(QueryError) -> [Query] {
    guard case .array(let forms) = member.value else {
      throw QueryError(
        reason: "\(member.key) takes an array of queries, but got \(member.value.kindName); "
          + "a field of that name is written [\"\(member.key)\"].")
    }
    var queries: [Query] = []
    for form in forms { queries.append(try Query(form)) }
    return queries
  }

  private static func condition(_ path: JSONPath, _ form: JSON) throws(QueryError) -> Query {
    guard case .object(let members) = form, let operation = members["op"] else {
      return .compare(path, .equal, form)
    }
    guard let name = operation.string else {
      throw QueryError(
        reason: "The op of \(path) is a name such as EQ, but this is \(operation.kindName).")
    }
    guard let known = Operator(rawValue: name) else { throw Operator.unknown(name) }
    guard let value = members["value"] else {
      if known == .exists { return .exists(path) }
      throw QueryError(
        reason: "\(name) of \(path) has no value; write {\"op\": \"\(name)\", \"value\": …}.")
    }
    guard let query = known.query(path, value) else {
      throw QueryError(
        reason: "\(name) of \(path) takes \(known.operand), but got \(value.kindName).")
    }
    return query
  }

  /// The values of `op`.
  private enum Operator: String, CaseIterable {
    case equal = "EQ"
    case notEqual = "NE"
    case greater = "GT"
    case greaterOrEqual = "GTE"
    case less = "LT"
    case lessOrEqual = "LTE"
    case anyOf = "IN"
    case between = "BETWEEN"
    case exists = "EXISTS"
    case like = "LIKE"
    case object = "OBJECT"
    case contains = "ARRAY_CONTAINS"

    static func unknown(_ name: String) -> QueryError {
      let names = allCases.map(\.rawValue)
      let nearest = TypoCorrection.nearest(to: name, among: names).map {
        "did you mean \($0)? There"
      }
      return QueryError(
        reason: "There is no query operator \"\(name.prefix(40))\"; \(nearest ?? "there") are "
          + "\(names.joined(separator: " ")).")
    }

    var operand: String {
      switch self {
      case .anyOf: "an array of values"
      case .between: "an array of the least and the greatest value"
      case .exists: "true or false"
      case .like: "a text, or {\"path\": [names], \"like\": text}"
      case .object: "an object"
      default: "a value"
      }
    }

    func query(_ path: JSONPath, _ value: JSON) -> Query? {
      if let relation = Relation(rawValue: rawValue) { return .compare(path, relation, value) }
      switch (self, value) {
      case (.anyOf, .array(let values)): return .anyOf(path, values)
      case (.between, .array(let ends)) where ends.count == 2:
        return .between(path, ends[0], ends[1])
      case (.exists, .bool(false)): return .not(.exists(path))
      case (.exists, .bool), (.exists, .null): return .exists(path)
      case (.like, .string(let text)): return .like(path, text)
      case (.like, .object(let parts)):
        guard let text = parts["like"]?.string, let steps = parts["path"]?.array,
          let path = JSONPath(form: steps), !steps.isEmpty
        else { return nil }
        return .like(path, text)
      case (.object, .object): return .matches(value)
      case (.object, _) where path.steps.isEmpty: return .matches(value)
      case (.contains, _): return .contains(path, value)
      default: return nil
      }
    }
  }

  // MARK: - Writing

  /// The query as JSON; reading it gives an equal query.
  public var form: JSON {
    switch self {
    case .all: return .emptyObject
    case .compare(let path, let relation, let value):
      return path.condition(relation.rawValue, value)
    case .anyOf(let path, let values): return path.condition("IN", .array(values))
    case .between(let path, let low, let high):
      return path.condition("BETWEEN", .array([low, high]))
    case .exists(let path): return path.condition("EXISTS", .bool(true))
    case .like(let path, let text): return path.condition("LIKE", .string(text))
    case .matches(let pattern):
      let steps: [JSONPath.Step] = pattern.object == nil ? [] : [.member("content")]
      return JSONPath(steps).condition("OBJECT", pattern)
    case .contains(let path, let value): return path.condition("ARRAY_CONTAINS", value)
    case .and(let queries): return Query.member("AND", .array(queries.map(\.form)))
    case .or(let queries): return Query.member("OR", .array(queries.map(\.form)))
    case .not(let query): return Query.member("NOT", query.form)
    }
  }

  private static func member(_ name: String, _ value: JSON) -> JSON {
    .object(JSONObject([JSONObject.Member(key: name, value: value)]))
  }
}

extension Query: CustomStringConvertible {
  /// The JSON form as text.
  public var description: String { form.description }
}

extension JSONPath {
  /// Reads a path from an array of names and numbers.
  fileprivate init?(form: [JSON]) {
    var steps: [JSONPath.Step] = []
    for step in form {
      if let name = step.string {
        steps.append(.member(name))
      } else if let index = step.integer {
        steps.append(.element(index))
      } else {
        return nil
      }
    }
    self.init(steps)
  }

  fileprivate func condition(_ name: String, _ value: JSON) -> JSON {
    let parts: [(String, JSON)] = [("op", .string(name)), ("value", value)]
    let text = description
    if JSONPath(parsing: text)?.isSame(as: self) == true,
      !["AND", "OR", "NOT", "AT"].contains(text)
    {
      return .object(JSONObject([(text, .object(JSONObject(parts)))]))
    }
    let names = steps.map { (step: JSONPath.Step) -> JSON in
      switch step {
      case .member(let name): .string(name)
      case .element(let index): .int(index)
      }
    }
    let spelled = JSONObject([("path", JSON.array(names))] + parts)
    return .object(JSONObject([("AT", .object(spelled))]))
  }
}
