package import EventicleCore

/// How one value is compared with another.
package enum Comparison: String, Hashable, Sendable, CaseIterable, CustomStringConvertible {
  case equal = "="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  /// Equal to one of a list.
  case isOneOf = "in"
  /// Contains a text, ignoring case, or matches `/…/`.
  case contains = "~"

  /// The operator as it is written and read.
  package var description: String { rawValue }
}

/// A comparison with a value: `>= 2`, `= paid`, `in [1, 2]`, `~ /card/`.
package struct ValueTest: Hashable, Sendable, CustomStringConvertible {
  /// What a value is compared with.
  package enum Operand: Hashable, Sendable {
    case json(JSON)
    case pattern(TextPattern)
  }

  package let comparison: Comparison
  package let operand: Operand

  /// A comparison with a value or pattern.
  package init(_ comparison: Comparison, _ operand: Operand) {
    self.comparison = comparison
    self.operand = operand
  }

  /// Whether a value satisfies the comparison.
  ///
  /// Numbers compare as numbers, strings by their bytes; values of different kinds are neither
  /// equal nor ordered. A missing value satisfies only `!=`.
  package func matches(_ value: JSON?) -> Bool {
    guard let value else { return comparison == .notEqual }
    switch comparison {
    case .equal: return isEqual(value)
    case .notEqual: return !isEqual(value)
    case .less: return order(value) { $0 < 0 }
    case .lessOrEqual: return order(value) { $0 <= 0 }
    case .greater: return order(value) { $0 > 0 }
    case .greaterOrEqual: return order(value) { $0 >= 0 }
    case .isOneOf:
      guard case .json(.array(let values)) = operand else { return isEqual(value) }
      return values.contains(value)
    case .contains: return isContained(in: value)
    }
  }

  private func isEqual(_ value: JSON) -> Bool {
    switch operand {
    case .json(let wanted): value == wanted
    case .pattern(let pattern): pattern.matches(value.string ?? value.description)
    }
  }

  private func order(_ value: JSON, _ isWanted: (Int) -> Bool) -> Bool {
    guard case .json(let wanted) = operand else { return false }
    switch (value, wanted) {
    case (.number(let left), .number(let right)):
      return isWanted(left < right ? -1 : left == right ? 0 : 1)
    case (.string(let left), .string(let right)):
      if isSameText(left, right) { return isWanted(0) }
      return isWanted(left.utf8.lexicographicallyPrecedes(right.utf8) ? -1 : 1)
    default: return false
    }
  }

  private func isContained(in value: JSON) -> Bool {
    switch operand {
    case .json(let wanted): value == wanted
    case .pattern(let pattern):
      value.string.map(pattern.matches) ?? pattern.matches(utf8: value.utf8)
    }
  }

  /// The comparison as it is written and read: ` = paid`.
  package var description: String {
    switch operand {
    case .json(let value): "\(comparison) \(FilterPrinter.value(value))"
    case .pattern(let pattern): "\(comparison) \(pattern)"
    }
  }
}
