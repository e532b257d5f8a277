import EventicleCore

/// The text of a command line, with a map from bytes to characters.
struct SourceLine: Sendable {
  /// The text in UTF-8.
  let bytes: [UInt8]
  /// The character that each byte, and the end, belongs to; `nil` when they are the same.
  private let characters: [Int32]?
  /// Where each line starts, in bytes.
  private let lineStarts: [Int]

  init(_ text: some StringProtocol) {
    let bytes = Array(text.utf8)
    self.bytes = bytes
    var lineStarts = [0]
    var isPlain = true
    for (index, byte) in bytes.enumerated() {
      if byte == Byte.newline { lineStarts.append(index + 1) }
      if byte >= 0x80 || byte == Byte.carriageReturn { isPlain = false }
    }
    self.lineStarts = lineStarts
    guard !isPlain else {
      characters = nil
      return
    }
    var map: [Int32] = []
    map.reserveCapacity(bytes.count + 1)
    var count: Int32 = 0
    for character in text {
      map.append(contentsOf: repeatElement(count, count: character.utf8.count))
      count += 1
    }
    map.append(count)
    characters = map
  }

  /// The number of characters before a byte.
  func character(at byte: Int) -> Int {
    let byte = min(max(byte, 0), bytes.count)
    return characters.map { Int($0[byte]) } ?? byte
  }

  /// The lines and columns between two bytes.
  func span(_ range: Range<Int>) -> Span {
    let start = min(max(range.lowerBound, 0), bytes.count)
    let end = min(max(range.upperBound, start), bytes.count)
    let line = lineNumber(at: start)
    let first = character(at: start)
    let length = end > start ? character(at: end - 1) - first + 1 : 0
    return Span(
      line: line, column: first - character(at: lineStarts[line - 1]) + 1, length: length,
      bytes: start..<end)
  }

  private func lineNumber(at byte: Int) -> Int {
    max(1, lineStarts.partitioningIndex { $0 > byte })
  }
}

/// The bytes that have a meaning in the grammar.
enum Byte {
  static let tab: UInt8 = 0x09
  static let newline: UInt8 = 0x0A
  static let carriageReturn: UInt8 = 0x0D
  static let space: UInt8 = 0x20
  static let exclamation: UInt8 = 0x21
  static let doubleQuote: UInt8 = 0x22
  static let hash: UInt8 = 0x23
  static let percent: UInt8 = 0x25
  static let ampersand: UInt8 = 0x26
  static let singleQuote: UInt8 = 0x27
  static let openParenthesis: UInt8 = 0x28
  static let closeParenthesis: UInt8 = 0x29
  static let asterisk: UInt8 = 0x2A
  static let plus: UInt8 = 0x2B
  static let comma: UInt8 = 0x2C
  static let hyphen: UInt8 = 0x2D
  static let dot: UInt8 = 0x2E
  static let slash: UInt8 = 0x2F
  static let colon: UInt8 = 0x3A
  static let semicolon: UInt8 = 0x3B
  static let less: UInt8 = 0x3C
  static let equals: UInt8 = 0x3D
  static let greater: UInt8 = 0x3E
  static let question: UInt8 = 0x3F
  static let at: UInt8 = 0x40
  static let openBracket: UInt8 = 0x5B
  static let backslash: UInt8 = 0x5C
  static let closeBracket: UInt8 = 0x5D
  static let backquote: UInt8 = 0x60
  static let openBrace: UInt8 = 0x7B
  static let closeBrace: UInt8 = 0x7D
  static let tilde: UInt8 = 0x7E

  static func isSpace(_ byte: UInt8) -> Bool {
    byte == space || byte == tab || byte == carriageReturn
  }

  static func isBlank(_ byte: UInt8) -> Bool { isSpace(byte) || byte == newline }

  static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  static func isLetter(_ byte: UInt8) -> Bool {
    (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A
  }

  /// Printable ASCII that is neither a letter nor a digit.
  static func isPunctuation(_ byte: UInt8) -> Bool {
    byte > space && byte < 0x7F && !isDigit(byte) && !isLetter(byte)
  }

  static func isQuote(_ byte: UInt8) -> Bool {
    byte == doubleQuote || byte == singleQuote || byte == backquote
  }

  /// Whether a quote after this byte opens a quotation, rather than being an apostrophe.
  static func letsQuoteOpen(_ byte: UInt8) -> Bool {
    switch byte {
    case equals, colon, openParenthesis, openBracket, comma, less, greater, tilde, exclamation,
      slash, dot:
      true
    default: isBlank(byte)
    }
  }
}
