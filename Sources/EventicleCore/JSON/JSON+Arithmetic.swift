/// Why numbers could not be reckoned with.
public struct NumberError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What was expected, what was found, and the way out.
  public let reason: String

  /// The same in words.
  public var description: String { reason }
}

extension JSONNumber {
  /// The exact sum.
  ///
  /// - Throws: ``NumberError`` when it has more than ``Limits/numberDigits`` digits.
  public static func + (left: JSONNumber, right: JSONNumber) throws(NumberError) -> JSONNumber {
    if let a = left.whole, let b = right.whole {
      let (sum, isTooLarge) = a.addingReportingOverflow(b)
      if !isTooLarge { return JSONNumber(sum) }
    }
    return try JSONNumber(ExactNumber(left).adding(ExactNumber(right)), "sum", left, right)
  }

  /// The exact difference.
  ///
  /// - Throws: ``NumberError`` when it has more than ``Limits/numberDigits`` digits.
  public static func - (left: JSONNumber, right: JSONNumber) throws(NumberError) -> JSONNumber {
    let difference = ExactNumber(left).adding(ExactNumber(right).negated)
    return try JSONNumber(difference, "difference", left, right)
  }

  /// The exact product.
  ///
  /// - Throws: ``NumberError`` when it has more than ``Limits/numberDigits`` digits.
  public static func * (left: JSONNumber, right: JSONNumber) throws(NumberError) -> JSONNumber {
    let product = ExactNumber(left).multiplied(by: ExactNumber(right))
    return try JSONNumber(product, "product", left, right)
  }

  /// The nearest number with at most so many digits after the decimal point, exactly; a half goes
  /// away from zero.
  ///
  /// - Parameter places: From 0 on; 2 for whole cents.
  public func roundedTo(places: Int) -> JSONNumber {
    let exact = ExactNumber(self)
    let rounded = exact.roundedTo(places: max(0, min(places, Limits.numberDigits)))
    return rounded == exact ? self : JSONNumber(trusted: rounded.text)
  }

  private init(
    _ result: ExactNumber?, _ name: String, _ left: JSONNumber, _ right: JSONNumber
  ) throws(NumberError) {
    guard let result else {
      throw NumberError(
        reason: "The \(name) of \(left.shown) and \(right.shown) has more than "
          + "\(Limits.numberDigits) digits, which is the most that is reckoned exactly; round one "
          + "of them first.")
    }
    self.init(trusted: result.text)
  }

  /// The number for a sentence, long ones cut.
  private var shown: String { text.utf8.count <= 40 ? text : "\(text.prefix(40))…" }
}

extension JSONNumber: ExpressibleByIntegerLiteral {
  /// A whole number.
  public init(integerLiteral value: Int) { self.init(value) }
}

extension JSON {
  /// Adds a number exactly, whatever its size: `try state["balance"] += event.data["sum"]`.
  ///
  /// On the left a value that is missing or `null` counts as 0, so that a sum can begin.
  ///
  /// - Throws: ``NumberError`` when one of them is no number, or the sum has more than
  ///   ``Limits/numberDigits`` digits; the left side stays as it was.
  public static func += (left: inout JSON, right: JSON) throws(NumberError) {
    left = .number(try left.startingNumber("added to") + right.operand("added"))
  }

  /// Subtracts a number exactly, whatever its size.
  ///
  /// On the left a value that is missing or `null` counts as 0.
  ///
  /// - Throws: As `+=` does.
  public static func -= (left: inout JSON, right: JSON) throws(NumberError) {
    left = .number(try left.startingNumber("subtracted from") - right.operand("subtracted"))
  }

  /// Multiplies by a number exactly, whatever its size.
  ///
  /// - Throws: As `+=` does; also when the left side is missing or `null`.
  public static func *= (left: inout JSON, right: JSON) throws(NumberError) {
    left = .number(try left.operand("multiplied") * right.operand("multiplied by"))
  }

  /// The exact sum with another number.
  ///
  /// - Throws: As `+=` does.
  public func plus(_ other: JSON) throws(NumberError) -> JSON {
    var sum = self
    try sum += other
    return sum
  }

  /// The exact difference from another number.
  ///
  /// - Throws: As `+=` does.
  public func minus(_ other: JSON) throws(NumberError) -> JSON {
    var difference = self
    try difference -= other
    return difference
  }

  /// The exact product with another number.
  ///
  /// - Throws: As `*=` does.
  public func times(_ other: JSON) throws(NumberError) -> JSON {
    var product = self
    try product *= other
    return product
  }

  /// The number rounded as ``JSONNumber/roundedTo(places:)`` does; anything else unchanged.
  public func roundedTo(places: Int) -> JSON {
    if case .number(let number) = self { .number(number.roundedTo(places: places)) } else { self }
  }

  private func startingNumber(_ use: String) throws(NumberError) -> JSONNumber {
    isNull ? JSONNumber(0) : try operand(use)
  }

  private func operand(_ use: String) throws(NumberError) -> JSONNumber {
    if case .number(let number) = self { return number }
    let shown = isNull ? "" : ": \(description.prefix(60))"
    throw NumberError(
      reason: "Only a number can be \(use), but this is \(kindName)\(shown); "
        + "look whether the member is there and what it holds.")
  }
}

extension JSON {
  /// Whether both are numbers and the left one is less, exactly, or both are texts and the left one
  /// comes first by its bytes; values of other or different kinds compare with nothing.
  public static func < (left: JSON, right: JSON) -> Bool {
    switch (left, right) {
    case (.number(let a), .number(let b)): a < b
    case (.string(let a), .string(let b)): a.utf8.lexicographicallyPrecedes(b.utf8)
    default: false
    }
  }

  /// Whether the left one is more; compares what `<` compares.
  public static func > (left: JSON, right: JSON) -> Bool { right < left }

  /// Whether the left one is less or the same; compares what `<` compares.
  public static func <= (left: JSON, right: JSON) -> Bool {
    left < right || left.hasOrder && left == right
  }

  /// Whether the left one is more or the same; compares what `<` compares.
  public static func >= (left: JSON, right: JSON) -> Bool { right <= left }

  private var hasOrder: Bool {
    switch self {
    case .number, .string: true
    default: false
    }
  }
}
