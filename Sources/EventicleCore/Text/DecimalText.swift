/// Whole numbers as decimal digits, faster than the standard library's general conversion.
///
/// Data is full of small whole numbers, which are read and written at every step.
enum DecimalText {
  /// This many digits always fit an `Int`.
  private static let mostDigits = 18
  /// This many bytes fit a `String` without an allocation.
  private static let mostInline = 15

  /// The digits of a number.
  static func text(of value: Int) -> String {
    var count = value < 0 ? 2 : 1
    var rest = value.magnitude
    while rest >= 10 {
      rest /= 10
      count += 1
    }
    guard count <= mostInline else { return String(value) }
    return String(unsafeUninitializedCapacity: count) { buffer in
      var digits = value.magnitude
      var place = count
      repeat {
        place -= 1
        buffer[place] = UInt8(truncatingIfNeeded: 0x30 + digits % 10)
        digits /= 10
      } while digits > 0
      if value < 0 { buffer[0] = 0x2D }
      return count
    }
  }

  /// Whether a number has few enough digits for ``whole(in:)``.
  static func isShort(_ value: Int) -> Bool { value.magnitude < 1_000_000_000_000_000_000 }

  /// Appends the digits of a number.
  static func append(_ value: Int, to output: inout [UInt8]) {
    if value < 0 { output.append(0x2D) }
    var (divisor, rest) = (1 as UInt, value.magnitude)
    while rest / divisor >= 10 { divisor *= 10 }
    while divisor > 0 {
      output.append(0x30 + UInt8(truncatingIfNeeded: rest / divisor))
      rest %= divisor
      divisor /= 10
    }
  }

  /// The number, when bytes are exactly its digits, at most 18 of them; else `nil`.
  ///
  /// So `text(of:)` gives the same bytes again: `-0`, `007`, `1.0` and `1e3` are none.
  static func whole(in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    let isNegative = bytes.first == 0x2D
    let start = isNegative ? 1 : 0
    let count = bytes.count - start
    guard count > 0, count <= mostDigits, bytes[start] != 0x30 || (count == 1 && !isNegative)
    else { return nil }
    var value = 0
    for index in start..<bytes.count {
      let digit = bytes[index] &- 0x30
      guard digit < 10 else { return nil }
      value = value &* 10 &+ Int(digit)
    }
    return isNegative ? -value : value
  }

  /// The number, when a text is nothing but its digits; else `nil`.
  static func integer(in text: String) -> Int? {
    let count = text.utf8.count
    guard count > 0, count <= mostDigits else { return Int(text) }
    return withTextBytes(text) { bytes in
      let isNegative = bytes[0] == 0x2D
      guard count > 1 || !isNegative else { return nil }
      var value = 0
      for byte in bytes[(isNegative ? 1 : 0)...] {
        let digit = byte &- 0x30
        guard digit < 10 else { return nil }
        value = value * 10 + Int(digit)
      }
      return isNegative ? -value : value
    }
  }
}

extension Int {
  /// The number with a comma between thousands: `1,000,000`.
  package var grouped: String {
    var digits = String(magnitude)
    var groups: [Substring] = []
    while digits.count > 3 {
      groups.insert(digits.suffix(3), at: 0)
      digits = String(digits.dropLast(3))
    }
    return (self < 0 ? "-" : "") + ([digits[...]] + groups).joined(separator: ",")
  }
}
