import EventicleCore

/// Reads quotes and escapes, and writes text so that it reads back.
package enum Quoting {
  /// The text as one word of a command line, quoted where necessary.
  package static func word(_ text: String) -> String {
    let isPlain =
      !text.isEmpty
      && text.utf8.allSatisfy { Byte.isDigit($0) || Byte.isLetter($0) || isSafe($0) }
      && !text.hasPrefix("--")
    return isPlain ? text : quoted(text)
  }

  /// The text in double quotes, or in single ones when something in it would expand.
  package static func quoted(_ text: String) -> String {
    if text.contains("{{") || text.contains("%{"), !text.utf8.contains(Byte.singleQuote) {
      return "'\(text)'"
    }
    var output = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": output += "\\\""
      case "\\": output += "\\\\"
      case "\n": output += "\\n"
      case "\r": output += "\\r"
      case "\t": output += "\\t"
      case "\0"..<" ", "\u{7F}": output += "\\u{\(String(scalar.value, radix: 16))}"
      default: output.unicodeScalars.append(scalar)
      }
    }
    return output + "\""
  }

  private static func isSafe(_ byte: UInt8) -> Bool {
    switch byte {
    case Byte.hyphen, Byte.dot, Byte.at, Byte.percent, 0x2B, 0x5F, 0x80...: true
    default: false
    }
  }

  /// Reads quoted text whose opening quote is at an index.
  ///
  /// - Returns: The resolved bytes, all literal, and the index after the closing quote; `nil` when
  ///   there is no closing quote.
  static func read(
    _ text: SourceText, at start: Int
  ) -> (units: [SourceText.Unit], next: Int)? {
    guard let quote = text.byte(at: start) else { return nil }
    var units: [SourceText.Unit] = []
    var index = start + 1
    while index < text.count {
      var unit = text.units[index]
      unit.isLiteral = true
      if unit.byte == quote { return (units, index + 1) }
      if quote == Byte.doubleQuote, unit.byte == Byte.backslash {
        index = readEscape(text, at: index, into: &units)
      } else {
        units.append(unit)
        index += 1
      }
    }
    return nil
  }

  /// Reads an escape in double quotes; an unknown one stands for itself.
  private static func readEscape(
    _ text: SourceText, at index: Int, into units: inout [SourceText.Unit]
  ) -> Int {
    var unit = text.units[index]
    unit.isLiteral = true
    guard let next = text.byte(at: index + 1) else {
      units.append(unit)
      return index + 1
    }
    switch next {
    case 0x6E: unit.byte = Byte.newline
    case 0x72: unit.byte = Byte.carriageReturn
    case 0x74: unit.byte = Byte.tab
    case 0x75:
      if let (scalar, end) = unicodeEscape(text, from: index + 2) {
        for byte in String(scalar).utf8 {
          unit.byte = byte
          units.append(unit)
        }
        return end
      }
      units.append(unit)
      return index + 1
    case _ where Byte.isPunctuation(next): unit.byte = next
    default:
      units.append(unit)
      return index + 1
    }
    units.append(unit)
    return index + 2
  }

  /// Reads `XXXX` or `{X…}` in hexadecimal digits.
  private static func unicodeEscape(
    _ text: SourceText, from start: Int
  ) -> (scalar: Unicode.Scalar, end: Int)? {
    let isBraced = text.byte(at: start) == Byte.openBrace
    var index = isBraced ? start + 1 : start
    var value: UInt32 = 0
    var digits = 0
    while digits < (isBraced ? 6 : 4), let byte = text.byte(at: index),
      let digit = hexDigitValue(byte)
    {
      value = value << 4 | digit
      digits += 1
      index += 1
    }
    guard digits == 4 || (isBraced && digits > 0), let scalar = Unicode.Scalar(value) else {
      return nil
    }
    guard isBraced else { return (scalar, index) }
    return text.byte(at: index) == Byte.closeBrace ? (scalar, index + 1) : nil
  }
}
