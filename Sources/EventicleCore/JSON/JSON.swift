/// A parsed JSON value.
///
/// Numbers keep the text they arrived with, objects the order of their members.
public enum JSON: Sendable {
  /// The value `null`.
  case null
  /// The value `true` or `false`.
  case bool(Bool)
  /// A number with its original text.
  case number(JSONNumber)
  /// A string.
  case string(String)
  /// An array.
  case array([JSON])
  /// An object, its members in order.
  case object(JSONObject)
}

extension JSON: Hashable {
  /// Whether both mean the same: numbers by value, objects in any order of members.
  public static func == (left: JSON, right: JSON) -> Bool {
    switch (left, right) {
    case (.null, .null): true
    case (.bool(let a), .bool(let b)): a == b
    case (.number(let a), .number(let b)): a == b
    case (.string(let a), .string(let b)): isSameText(a, b)
    case (.array(let a), .array(let b)): a == b
    case (.object(let a), .object(let b)): a == b
    default: false
    }
  }

  /// Hashes what `==` compares.
  public func hash(into hasher: inout Hasher) {
    switch self {
    case .null: hasher.combine(0)
    case .bool(let value): hasher.combine(value)
    case .number(let value): hasher.combine(value)
    case .string(let value): hashBytes(of: value, into: &hasher)
    case .array(let values): hasher.combine(values)
    case .object(let object): hasher.combine(object)
    }
  }
}

extension JSON: ExpressibleByStringInterpolation, ExpressibleByIntegerLiteral,
  ExpressibleByFloatLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral,
  ExpressibleByNilLiteral
{
  /// A string literal, kept as it is.
  public init(stringLiteral value: String) { self = .string(value) }
  /// A whole number literal.
  public init(integerLiteral value: Int) { self = .number(JSONNumber(value)) }
  /// A number literal; `null` when it is not finite.
  public init(floatLiteral value: Double) { self = .double(value) }
  /// A Boolean literal.
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  /// The literal `nil`, which is JSON's `null`.
  public init(nilLiteral: ()) { self = .null }
  /// An array literal, its elements in order.
  public init(arrayLiteral elements: JSON...) { self = .array(elements) }
  /// A dictionary literal, its members in order; of a repeated name the last one counts.
  public init(dictionaryLiteral elements: (String, JSON)...) {
    self = .object(JSONObject(elements))
  }
}

extension JSON {
  /// A number from an `Int`, exactly.
  public static func int(_ value: Int) -> JSON { .number(JSONNumber(value)) }

  /// A number from a `Double`; `null` when it is not finite, which JSON cannot write.
  public static func double(_ value: Double) -> JSON {
    JSONNumber(value).map { .number($0) } ?? .null
  }

  /// An empty object.
  public static var emptyObject: JSON { .object(JSONObject()) }

  /// The content of a string; `nil` for any other kind of value.
  public var string: String? {
    if case .string(let value) = self { value } else { nil }
  }

  /// A number as the nearest double; `nil` for any other kind of value.
  public var double: Double? {
    if case .number(let value) = self { value.value } else { nil }
  }

  /// A number as an `Int`; `nil` for other kinds and for numbers that are not whole or do not fit.
  public var integer: Int? {
    if case .number(let value) = self { value.integer } else { nil }
  }

  /// The value of a Boolean; `nil` for any other kind of value.
  public var bool: Bool? {
    if case .bool(let value) = self { value } else { nil }
  }

  /// The members of an object; `nil` for any other kind of value.
  public var object: JSONObject? {
    if case .object(let value) = self { value } else { nil }
  }

  /// The elements of an array; `nil` for any other kind of value.
  public var array: [JSON]? {
    if case .array(let value) = self { value } else { nil }
  }

  /// Whether this is JSON's `null`.
  public var isNull: Bool {
    if case .null = self { true } else { false }
  }

  /// The member of an object; `null` when there is none or the value is no object.
  ///
  /// Setting a member of a value that is no object replaces the value by an object; setting `null`
  /// keeps the member.
  public subscript(key: String) -> JSON {
    get { object?[key] ?? .null }
    set {
      var members = object ?? JSONObject()
      self = .null
      members[key] = newValue
      self = .object(members)
    }
  }

  /// The element of an array; `null` when there is none or the value is no array.
  public subscript(index: Int) -> JSON {
    guard case .array(let values) = self, values.indices.contains(index) else { return .null }
    return values[index]
  }

  /// The kind of value, in one word for messages.
  public var kindName: String {
    switch self {
    case .null: "null"
    case .bool: "a boolean"
    case .number: "a number"
    case .string: "a string"
    case .array: "an array"
    case .object: "an object"
    }
  }
}
