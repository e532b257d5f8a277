/// The exact value of a JSON number, however many digits it has.
///
/// A double keeps 16 digits and would merge `9007199254740992` with its neighbour; here they stay
/// apart, while `1`, `1.0` and `1e0` are equal.
enum ExactNumber: Sendable, Hashable {
  /// A whole number of at most 18 digits; such a number always takes this case.
  case whole(Int)
  /// Any other number.
  indirect case decimal(Decimal)

  /// `0.` followed by the digits, times ten to the exponent.
  struct Decimal: Sendable, Hashable {
    let isNegative: Bool
    let exponent: Int
    /// Each from 0 to 9; neither the first nor the last is 0.
    let digits: [UInt8]
  }

  /// Greater exponents are clamped to this, so that adding them cannot overflow.
  private static var greatestExponent: Int { 100_000_000_000_000_000 }

  init(_ number: JSONNumber) {
    if let whole = number.whole {
      self = .whole(whole)
    } else {
      self = withTextBytes(number.text) { ExactNumber.read($0) }
    }
  }

  private static func read(_ bytes: UnsafeBufferPointer<UInt8>) -> ExactNumber {
    var digits: [UInt8] = []
    var exponent = 0
    var isFraction = false
    var index = bytes.first == 0x2D ? 1 : 0
    reading: while index < bytes.count {
      switch bytes[index] {
      case 0x30...0x39:
        let digit = bytes[index] - 0x30
        if digits.isEmpty, digit == 0 {
          if isFraction { exponent -= 1 }
        } else {
          digits.append(digit)
          if !isFraction { exponent += 1 }
        }
      case 0x2E: isFraction = true
      default: break reading
      }
      index += 1
    }
    if index < bytes.count { exponent += power(bytes, from: index + 1) }
    while digits.last == 0 { digits.removeLast() }
    guard !digits.isEmpty else { return .whole(0) }
    let isNegative = bytes.first == 0x2D
    if exponent <= 18, exponent >= digits.count {
      var value = digits.reduce(0) { $0 * 10 + Int($1) }
      for _ in digits.count..<exponent { value *= 10 }
      return .whole(isNegative ? -value : value)
    }
    return .decimal(Decimal(isNegative: isNegative, exponent: exponent, digits: digits))
  }

  /// The exponent after an `e`.
  private static func power(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var value = 0
    var isNegative = false
    for byte in bytes[min(start, bytes.count)...] {
      if byte == 0x2D { isNegative = true }
      guard (0x30...0x39).contains(byte) else { continue }
      value = min(greatestExponent, value * 10 + Int(byte - 0x30))
    }
    return isNegative ? -value : value
  }

  private var asDecimal: Decimal? {
    switch self {
    case .decimal(let decimal): return decimal
    case .whole(0): return nil
    case .whole(let value):
      var digits = String(value.magnitude).utf8.map { $0 - 0x30 }
      let exponent = digits.count
      while digits.last == 0 { digits.removeLast() }
      return Decimal(isNegative: value < 0, exponent: exponent, digits: digits)
    }
  }
}

extension ExactNumber: Comparable {
  /// Whether the left one is less.
  static func < (left: ExactNumber, right: ExactNumber) -> Bool {
    if case .whole(let a) = left, case .whole(let b) = right { return a < b }
    guard let a = left.asDecimal else { return right.asDecimal.map { !$0.isNegative } ?? false }
    guard let b = right.asDecimal else { return a.isNegative }
    if a.isNegative != b.isNegative { return a.isNegative }
    return a.isNegative ? isSmaller(b, a) : isSmaller(a, b)
  }

  private static func isSmaller(_ left: Decimal, _ right: Decimal) -> Bool {
    left.exponent != right.exponent
      ? left.exponent < right.exponent
      : left.digits.lexicographicallyPrecedes(right.digits)
  }
}
