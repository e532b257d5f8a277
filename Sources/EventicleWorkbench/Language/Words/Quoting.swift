import EventicleCore

/// Reads quotes and escapes, and writes text so that it reads back.
package enum Quoting {
  /// The text as one word of a command line: as it is, or in quotes when it needs them.
  ///
  /// Reading the line gives the same text, and nothing in it is taken for an option, a file, a field
  /// or a template.
  package static func word(_ text: String) -> String {
    let isPlain =
      !text.isEmpty
      && text.utf8.allSatisfy { Byte.isDigit($0) || Byte.isLetter($0) || isSafe($0) }
      && !text.utf8.starts(with: "--".utf8) && text.utf8.first != Byte.at
      && !text.contains("%{") && !text.unicodeScalars.contains(where: HiddenScalar.contains)
    return isPlain ? text : quoted(text)
  }

  /// The text in double quotes, with everything escaped that would end a line or hide in it.
  package static func quoted(_ text: String) -> String {
    var output = "\""
    let scalars = Array(text.unicodeScalars)
    for (index, scalar) in scalars.enumerated() {
      switch scalar {
      case "\"": output += "\\\""
      case "\\": output += "\\\\"
      case "\n": output += "\\n"
      case "\r": output += "\\r"
      case "\t": output += "\\t"
      // Else they would open a blank, as in {{Count}} and %{clock}.
      case "{" where scalars.dropFirst(index + 1).first == "{",
        "%" where scalars.dropFirst(index + 1).first == "{":
        output += "\\\(scalar)"
      case _ where HiddenScalar.contains(scalar):
        output += "\\u{\(String(scalar.value, radix: 16))}"
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

  /// Quoted text as it was read.
  struct Piece {
    /// The resolved bytes, all literal.
    var units: [SourceText.Unit] = []
    /// The index after the closing quote.
    var next: Int
    /// What is wrong with an escape in it, and where.
    var problem: LanguageError?
  }

  /// Reads quoted text whose opening quote is at an index; `nil` when there is no closing quote.
  static func read(_ text: SourceText, at start: Int) -> Piece? {
    guard let quote = text.byte(at: start) else { return nil }
    var piece = Piece(next: start + 1)
    while piece.next < text.count {
      var unit = text.units[piece.next]
      unit.isLiteral = true
      unit.takesBlanks = quote == Byte.doubleQuote
      if unit.byte == quote {
        piece.next += 1
        return piece
      }
      if quote == Byte.doubleQuote, unit.byte == Byte.backslash {
        readEscape(text, into: &piece)
      } else {
        piece.units.append(unit)
        piece.next += 1
      }
    }
    return nil
  }

  /// Reads an escape in double quotes; one that has no meaning stands for itself.
  private static func readEscape(_ text: SourceText, into piece: inout Piece) {
    let index = piece.next
    var unit = text.units[index]
    unit.isLiteral = true
    unit.takesBlanks = false
    piece.next = index + 1
    guard let next = text.byte(at: index + 1) else { return piece.units.append(unit) }
    switch next {
    case 0x62: unit.byte = 0x08
    case 0x66: unit.byte = 0x0C
    case 0x6E: unit.byte = Byte.newline
    case 0x72: unit.byte = Byte.carriageReturn
    case 0x74: unit.byte = Byte.tab
    case 0x75:
      guard let (scalar, end) = scalar(text, from: index, into: &piece) else {
        return piece.units.append(unit)
      }
      for byte in String(scalar).utf8 {
        unit.byte = byte
        piece.units.append(unit)
      }
      piece.next = end
      return
    case _ where Byte.isPunctuation(next): unit.byte = next
    default: return piece.units.append(unit)
    }
    piece.units.append(unit)
    piece.next = index + 2
  }

  /// Reads the character after `\u`, which beyond U+FFFF JSON writes in two escapes.
  private static func scalar(
    _ text: SourceText, from index: Int, into piece: inout Piece
  ) -> (scalar: Unicode.Scalar, end: Int)? {
    guard let (value, end) = hexadecimal(text, from: index + 2) else { return nil }
    if let scalar = Unicode.Scalar(value) { return (scalar, end) }
    if value < 0xDC00, text.byte(at: end) == Byte.backslash, text.byte(at: end + 1) == 0x75,
      let (low, lowEnd) = hexadecimal(text, from: end + 2), (0xDC00...0xDFFF).contains(low),
      let scalar = Unicode.Scalar(0x10000 + (value - 0xD800) << 10 + (low - 0xDC00))
    {
      return (scalar, lowEnd)
    }
    if piece.problem == nil {
      piece.problem = text.error(
        index..<end,
        (0xD800...0xDFFF).contains(value)
          ? "This is one half of a pair; a character beyond U+FFFF is written in both, as in "
            + "\\ud83d\\ude00."
          : "There is no character U+\(String(value, radix: 16, uppercase: true)).")
    }
    return nil
  }

  /// Reads `XXXX` or `{X…}` in hexadecimal digits.
  private static func hexadecimal(
    _ text: SourceText, from start: Int
  ) -> (value: UInt32, end: Int)? {
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
    guard digits == 4 || (isBraced && digits > 0) else { return nil }
    guard isBraced else { return (value, index) }
    return text.byte(at: index) == Byte.closeBrace ? (value, index + 1) : nil
  }
}
