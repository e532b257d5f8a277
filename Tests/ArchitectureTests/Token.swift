/// A word, a number or one other character of code.
struct Token: Equatable {
  enum Kind: Equatable {
    case word
    case mark
  }

  let kind: Kind
  let text: String
  let line: Int

  /// The column, from zero.
  let column: Int

  /// The number of open braces before it.
  let depth: Int

  /// Whether a blank or line end precedes it.
  let isSpaced: Bool
}

extension Token {
  /// The tokens of a code plane.
  static func all(of code: [UInt8]) -> [Token] {
    var tokens: [Token] = []
    var line = 1
    var lineStart = 0
    var depth = 0
    var at = 0
    var isSpaced = true
    while at < code.count {
      let byte = code[at]
      if byte == UInt8(ascii: "\n") {
        line += 1
        lineStart = at + 1
      }
      if byte <= UInt8(ascii: " ") {
        isSpaced = true
        at += 1
        continue
      }
      let start = at
      let kind: Kind = isWord(byte) ? .word : .mark
      at += 1
      while kind == .word, at < code.count, isWord(code[at]) { at += 1 }
      if byte == UInt8(ascii: "}") { depth -= 1 }
      tokens.append(
        Token(
          kind: kind, text: String(decoding: code[start..<at], as: UTF8.self), line: line,
          column: start - lineStart, depth: depth, isSpaced: isSpaced))
      if byte == UInt8(ascii: "{") { depth += 1 }
      isSpaced = false
    }
    return tokens
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "`"), 0x80...:
      true
    default: false
    }
  }
}
