internal import EventicleCore

/// Bytes as pairs of hexadecimal digits.
enum Hex {
  /// The text of some bytes, in lower case.
  static func text(of bytes: [UInt8]) -> String {
    bytes.map { hexDigits($0, width: 2) }.joined()
  }

  /// The bytes of a text; `nil` unless it is pairs of hexadecimal digits.
  static func bytes(of text: String) -> [UInt8]? {
    let digits = text.utf8.map(hexDigitValue)
    guard digits.count.isMultiple(of: 2) else { return nil }
    var output: [UInt8] = []
    for index in stride(from: 0, to: digits.count, by: 2) {
      guard let high = digits[index], let low = digits[index + 1] else { return nil }
      output.append(UInt8(high << 4 | low))
    }
    return output
  }
}
