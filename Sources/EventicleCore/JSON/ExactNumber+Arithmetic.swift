extension ExactNumber {
  /// Digits from the first to the last, and the power of ten of the last one.
  private struct Scaled {
    var isNegative: Bool
    var digits: [UInt8]
    var power: Int

    /// How many digits there are down to a lower power.
    func count(downTo lowest: Int) -> Int { digits.count + power - lowest }

    mutating func scale(to lowest: Int) {
      digits += Array(repeating: 0, count: power - lowest)
      power = lowest
    }
  }

  private var scaled: Scaled {
    switch self {
    case .whole(let value):
      let digits = String(value.magnitude).utf8.map { $0 - 0x30 }
      return Scaled(isNegative: value < 0, digits: value == 0 ? [] : digits, power: 0)
    case .decimal(let decimal):
      return Scaled(
        isNegative: decimal.isNegative, digits: decimal.digits,
        power: decimal.exponent - decimal.digits.count)
    }
  }

  private init(_ scaled: Scaled) {
    var digits = scaled.digits
    var power = scaled.power
    let zeros = digits.prefix { $0 == 0 }.count
    digits.removeFirst(zeros)
    while digits.last == 0 {
      digits.removeLast()
      power += 1
    }
    let exponent = power + digits.count
    if digits.isEmpty {
      self = .whole(0)
    } else if exponent <= 18, exponent >= digits.count {
      var value = digits.reduce(0) { $0 * 10 + Int($1) }
      for _ in digits.count..<exponent { value *= 10 }
      self = .whole(scaled.isNegative ? -value : value)
    } else {
      self = .decimal(Decimal(isNegative: scaled.isNegative, exponent: exponent, digits: digits))
    }
  }

  /// The same with the other sign.
  var negated: ExactNumber {
    var scaled = scaled
    scaled.isNegative.toggle()
    return ExactNumber(scaled)
  }

  /// The sum; `nil` when it has more than ``Limits/numberDigits`` digits.
  func adding(_ other: ExactNumber) -> ExactNumber? {
    var (left, right) = (scaled, other.scaled)
    guard !left.digits.isEmpty else { return other }
    guard !right.digits.isEmpty else { return self }
    let lowest = min(left.power, right.power)
    guard left.count(downTo: lowest) <= Limits.numberDigits,
      right.count(downTo: lowest) <= Limits.numberDigits
    else { return nil }
    left.scale(to: lowest)
    right.scale(to: lowest)
    let count = max(left.digits.count, right.digits.count) + 1
    left.digits = Array(repeating: 0, count: count - left.digits.count) + left.digits
    right.digits = Array(repeating: 0, count: count - right.digits.count) + right.digits
    if left.isNegative == right.isNegative {
      var carry: UInt8 = 0
      for place in stride(from: count - 1, through: 0, by: -1) {
        let sum = left.digits[place] + right.digits[place] + carry
        left.digits[place] = sum % 10
        carry = sum / 10
      }
      return ExactNumber(left)
    }
    if left.digits.lexicographicallyPrecedes(right.digits) { swap(&left, &right) }
    var borrow: UInt8 = 0
    for place in stride(from: count - 1, through: 0, by: -1) {
      let taken = right.digits[place] + borrow
      borrow = left.digits[place] < taken ? 1 : 0
      left.digits[place] = left.digits[place] + borrow * 10 - taken
    }
    return ExactNumber(left)
  }

  /// The product; `nil` when it has more than ``Limits/numberDigits`` digits.
  func multiplied(by other: ExactNumber) -> ExactNumber? {
    let (left, right) = (scaled, other.scaled)
    let count = left.digits.count + right.digits.count
    guard count <= Limits.numberDigits else { return nil }
    var sums = Array(repeating: 0, count: count)
    for (row, digit) in left.digits.enumerated() {
      for (column, factor) in right.digits.enumerated() {
        sums[row + column + 1] += Int(digit) * Int(factor)
      }
    }
    for place in stride(from: count - 1, to: 0, by: -1) {
      sums[place - 1] += sums[place] / 10
      sums[place] %= 10
    }
    return ExactNumber(
      Scaled(
        isNegative: left.isNegative != right.isNegative, digits: sums.map(UInt8.init),
        power: left.power + right.power))
  }

  /// The nearest number with so many digits after the decimal point; a half goes away from zero.
  func roundedTo(places: Int) -> ExactNumber {
    guard case .decimal(let decimal) = self else { return self }
    let kept = decimal.exponent + places
    guard kept < decimal.digits.count else { return self }
    guard kept >= 0 else { return .whole(0) }
    var digits = Array(decimal.digits[..<kept])
    let power = -places
    if decimal.digits[kept] >= 5 {
      var place = kept - 1
      while place >= 0, digits[place] == 9 {
        digits[place] = 0
        place -= 1
      }
      if place >= 0 { digits[place] += 1 } else { digits.insert(1, at: 0) }
    }
    return ExactNumber(Scaled(isNegative: decimal.isNegative, digits: digits, power: power))
  }

  /// The number when it is whole and fits.
  var integer: Int? {
    switch self {
    case .whole(let value): return value
    case .decimal(let decimal):
      guard decimal.exponent == 19, decimal.digits.count <= 19 else { return nil }
      let zeros = String(repeating: "0", count: 19 - decimal.digits.count)
      return Int((decimal.isNegative ? "-" : "") + decimal.text + zeros)
    }
  }

  /// The shortest text of the number that needs no more than some zeros, else one with an exponent.
  var text: String {
    switch self {
    case .whole(let value): return DecimalText.text(of: value)
    case .decimal(let decimal):
      let (sign, digits) = (decimal.isNegative ? "-" : "", decimal.text)
      let (exponent, count) = (decimal.exponent, decimal.digits.count)
      switch exponent {
      case count...max(count, Self.plainPlaces):
        return sign + digits + String(repeating: "0", count: exponent - count)
      case 1..<max(1, count):
        return "\(sign)\(digits.prefix(exponent)).\(digits.dropFirst(exponent))"
      case -Self.plainPlaces...0:
        return "\(sign)0." + String(repeating: "0", count: -exponent) + digits
      default:
        let rest = digits.dropFirst()
        return "\(sign)\(digits.prefix(1))\(rest.isEmpty ? "" : ".\(rest)")e\(exponent - 1)"
      }
    }
  }

  /// So many places are written out; numbers beyond get an exponent.
  private static var plainPlaces: Int { 30 }
}

extension ExactNumber.Decimal {
  /// The digits alone.
  fileprivate var text: String { String(decoding: digits.map { $0 + 0x30 }, as: UTF8.self) }
}
