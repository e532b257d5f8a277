/// Any JSON value, parsed.
///
/// Numbers keep the text they arrived with, objects keep the order of their members.
public enum JSON: Sendable {
  /// The value `null`.
  case null
  /// The value `true` or `false`.
  case bool(Bool)
  /// A number, with the text it was written as.
  case number(JSONNumber)
  /// A text.
  case string(String)
  /// Values in their order.
  case array([JSON])
  /// Members in their order.
  case object(JSONObject)
}

/// A JSON number: its text, and what it is worth.
public struct JSONNumber: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The digits as they were written.
  public let text: String

  /// Takes over the text of a number that a JSON parser accepted.
  init(trusted text: String) { self.text = text }

  /// A number written the shortest way; `nil` for what is not finite, which JSON cannot say.
  public init?(_ value: Double) {
    guard value.isFinite else { return nil }
    if value == value.rounded(), abs(value) <= 9_007_199_254_740_992 {
      text = String(Int64(value))
    } else {
      text = "\(value)"
    }
  }

  /// A whole number.
  public init(_ value: Int) { text = DecimalText.text(of: value) }

  /// The value, as near as a double comes.
  public var value: Double {
    DecimalText.integer(in: text).map(Double.init) ?? Double(text) ?? 0
  }

  /// The value when it is a whole number that fits.
  public var integer: Int? { DecimalText.integer(in: text) ?? ExactNumber(self).integer }

  /// The same in words.
  public var description: String { text }

  /// Whether both are the same, exactly.
  public static func == (left: JSONNumber, right: JSONNumber) -> Bool {
    if isSameText(left.text, right.text) { return true }
    // Two numbers may be nearer to each other than doubles can tell.
    return ExactNumber(left) == ExactNumber(right)
  }

  /// Whether the left one is less, exactly.
  public static func < (left: JSONNumber, right: JSONNumber) -> Bool {
    ExactNumber(left) < ExactNumber(right)
  }

  /// Feeds what counts for equality to a hasher.
  public func hash(into hasher: inout Hasher) { hasher.combine(value) }
}

extension JSON: Hashable {
  /// Whether both sides mean the same: numbers by value, objects whatever the order of members.
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

  /// Feeds what counts for equality to a hasher.
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
  /// One of these parts.
  public init(stringLiteral value: String) { self = .string(value) }
  /// One of these parts.
  public init(integerLiteral value: Int) { self = .number(JSONNumber(value)) }
  /// One of these parts.
  public init(floatLiteral value: Double) { self = .double(value) }
  /// One of these parts.
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  /// One of these parts.
  public init(nilLiteral: ()) { self = .null }
  /// One of these parts.
  public init(arrayLiteral elements: JSON...) { self = .array(elements) }
  /// One of these parts.
  public init(dictionaryLiteral elements: (String, JSON)...) {
    self = .object(JSONObject(elements))
  }
}

extension JSON {
  /// A whole number.
  public static func int(_ value: Int) -> JSON { .number(JSONNumber(value)) }

  /// A number; `null` when it is not finite, because JSON has no such number.
  public static func double(_ value: Double) -> JSON {
    JSONNumber(value).map { .number($0) } ?? .null
  }

  /// An empty object.
  public static var emptyObject: JSON { .object(JSONObject()) }

  /// The text of a string, else `nil`.
  public var string: String? {
    if case .string(let value) = self { value } else { nil }
  }

  /// The value of a number, else `nil`.
  public var double: Double? {
    if case .number(let value) = self { value.value } else { nil }
  }

  /// The value of a whole number, else `nil`.
  public var integer: Int? {
    if case .number(let value) = self { value.integer } else { nil }
  }

  /// The value of a boolean, else `nil`.
  public var bool: Bool? {
    if case .bool(let value) = self { value } else { nil }
  }

  /// The members of an object, else `nil`.
  public var object: JSONObject? {
    if case .object(let value) = self { value } else { nil }
  }

  /// The elements of an array, else `nil`.
  public var array: [JSON]? {
    if case .array(let value) = self { value } else { nil }
  }

  /// Whether this is `null`.
  public var isNull: Bool {
    if case .null = self { true } else { false }
  }

  /// The member of an object, or `null` when there is none.
  ///
  /// Setting a member of what is not an object makes it one; setting `null` keeps the member.
  public subscript(key: String) -> JSON {
    get { object?[key] ?? .null }
    set {
      var members = object ?? JSONObject()
      self = .null
      members[key] = newValue
      self = .object(members)
    }
  }

  /// The element of an array, or `null` when there is none.
  public subscript(index: Int) -> JSON {
    guard case .array(let values) = self, values.indices.contains(index) else { return .null }
    return values[index]
  }

  /// What kind of value it is, in one word for messages.
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
