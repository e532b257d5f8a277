/// A value of a record, in the order of sorts and indexes.
///
/// A missing value comes first, then `null`, Booleans, numbers by value, texts by bytes, arrays and
/// objects. Arrays are not ordered among themselves, and neither are objects.
enum SortValue: Sendable, Hashable {
  case missing
  case null
  case bool(Bool)
  case number(ExactNumber)
  case text(String)
  case array
  case object

  /// The kinds in their order.
  enum Kind: Int, Sendable, Comparable {
    case missing, null, bool, number, text, array, object

    static func < (left: Kind, right: Kind) -> Bool { left.rawValue < right.rawValue }
  }

  /// The sort value of some JSON; `nil` for a missing one.
  init(_ value: JSON?) {
    switch value {
    case nil: self = .missing
    case .null?: self = .null
    case .bool(let value)?: self = .bool(value)
    case .number(let number)?: self = .number(ExactNumber(number))
    case .string(let text)?: self = .text(text)
    case .array?: self = .array
    case .object?: self = .object
    }
  }

  var kind: Kind {
    switch self {
    case .missing: .missing
    case .null: .null
    case .bool: .bool
    case .number: .number
    case .text: .text
    case .array: .array
    case .object: .object
    }
  }

  /// Whether equal sort values of this kind mean equal values.
  var isScalar: Bool { kind < .array }

  /// Negative, zero or positive as this comes before, with or after another.
  func order(to other: SortValue) -> Int {
    switch (self, other) {
    case (.number(let a), .number(let b)): a < b ? -1 : (a == b ? 0 : 1)
    case (.text(let a), .text(let b)): orderOfBytes(a, b)
    case (.bool(let a), .bool(let b)): a == b ? 0 : (b ? -1 : 1)
    default: kind.rawValue - other.kind.rawValue
    }
  }

  static func == (left: SortValue, right: SortValue) -> Bool { left.order(to: right) == 0 }

  func hash(into hasher: inout Hasher) {
    hasher.combine(kind)
    switch self {
    case .bool(let value): hasher.combine(value)
    case .number(let number): hasher.combine(number)
    case .text(let text): hashBytes(of: text, into: &hasher)
    default: break
    }
  }
}

extension SortValue: Comparable {
  static func < (left: SortValue, right: SortValue) -> Bool { left.order(to: right) < 0 }
}

/// Negative, zero or positive as the bytes of one text come before, with or after those of another.
func orderOfBytes(_ left: String, _ right: String) -> Int {
  var left = left
  var right = right
  return left.withUTF8 { a in
    right.withUTF8 { b in
      let shorter = min(a.count, b.count)
      var index = 0
      while index < shorter {
        if a[index] != b[index] { return a[index] < b[index] ? -1 : 1 }
        index += 1
      }
      return a.count - b.count
    }
  }
}
