import EventicleCore

/// Splits a command line into commands and words.
///
/// `'…'` is literal, `"…"` resolves escapes, `` `…` `` is raw; a backslash makes the space or
/// punctuation after it literal. `;` and a line break separate commands. After `:=`, and in
/// `id:{…}`, JSON is one word with all its spaces, quotes and braces; so is `{{Random 1 9}}`.
struct Lexer: Sendable {
  let line: SourceText
  /// Whether a `#` that begins no position begins a comment.
  let allowsComments: Bool
  /// Whether unclosed quotes run to the end instead of being an error.
  let isLenient: Bool
  private(set) var index = 0

  init(_ line: SourceText, comments: Bool, isLenient: Bool = false) {
    self.line = line
    allowsComments = comments
    self.isLenient = isLenient
  }

  /// The current place.
  var here: Span { line.span(index..<index) }

  private var current: UInt8? { line.byte(at: index) }

  /// Moves to the next command; `false` when there is none.
  mutating func moveToCommand() -> Bool {
    while let byte = current {
      if Byte.isBlank(byte) || byte == Byte.semicolon || byte == Byte.colon {
        index += 1
      } else if startsComment {
        skipComment()
      } else {
        return true
      }
    }
    return false
  }

  /// Reads the first word of a command, which is never quoted.
  mutating func verb() -> Token {
    let start = index
    if current == Byte.ampersand {
      index += 1
    } else {
      while let byte = current, !Byte.isBlank(byte), byte != Byte.semicolon { index += 1 }
    }
    let text = line.slice(start..<index)
    return Token(text: text, span: text.span, openingQuote: nil, isQuoted: false, isOpen: false)
  }

  /// Reads the words up to the end of the command.
  mutating func words() throws(LanguageError) -> [Token] {
    var tokens: [Token] = []
    while true {
      while let byte = current, Byte.isSpace(byte) { index += 1 }
      if startsComment { skipComment() }
      guard !isAtCommandEnd else { return tokens }
      var reader = WordReader(line: line, start: index, isLenient: isLenient)
      tokens.append(try reader.read())
      index = reader.index
    }
  }

  /// Consumes the raw text up to the end of the command, for an expression's own parser.
  mutating func expression() -> SourceText {
    while let byte = current, Byte.isSpace(byte) { index += 1 }
    let start = index
    var isAtWordStart = true
    while let byte = current {
      if byte == Byte.newline || byte == Byte.semicolon { break }
      if isAtWordStart, startsComment, !isComparison { break }
      isAtWordStart = Byte.isBlank(byte)
      skipPiece(byte, from: start)
    }
    let text = line.slice(start..<index).trimmed
    if startsComment, !isComparison { skipComment() }
    return text
  }

  private mutating func skipPiece(_ byte: UInt8, from start: Int) {
    let previous = index > start ? line.units[index - 1].byte : Byte.space
    if byte == Byte.backslash {
      index = min(index + 2, line.count)
    } else if Byte.isQuote(byte), Byte.letsQuoteOpen(previous),
      let next = Quoting.read(line, at: index)?.next
    {
      index = next
    } else if byte == Byte.slash, ExpressionReader.letsPatternOpen(previous),
      let close = ExpressionReader.patternEnd(line, from: index)
    {
      index = close + 1
    } else {
      index += 1
    }
  }

  private var isAtCommandEnd: Bool {
    guard let byte = current else { return true }
    return byte == Byte.newline || byte == Byte.semicolon
  }

  private var startsComment: Bool {
    guard allowsComments, current == Byte.hash else { return false }
    // `#12`, `#-3` and `#+3` are positions.
    let next = line.byte(at: index + 1)
    let isSigned = next == Byte.hyphen || next == Byte.plus
    let digit = isSigned ? line.byte(at: index + 2) : next
    return !(digit.map(Byte.isDigit) ?? false)
  }

  /// Whether a `#` is followed by an operator, as in `#>10`.
  private var isComparison: Bool {
    switch line.byte(at: index + 1) {
    case Byte.less, Byte.greater, Byte.equals, Byte.exclamation: true
    default: false
    }
  }

  private mutating func skipComment() {
    while let byte = current, byte != Byte.newline { index += 1 }
  }
}
