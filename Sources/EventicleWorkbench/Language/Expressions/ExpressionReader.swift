import EventicleCore

/// Reads the elements that filters, selectors and expectations are made of.
struct ExpressionReader {
  let text: SourceText
  var index = 0

  init(_ text: SourceText) { self.text = text }

  var isAtEnd: Bool { index >= text.count }

  var current: UInt8? { text.byte(at: index) }

  /// What has not been read yet.
  var rest: SourceText { text.suffix(from: index) }

  mutating func skipBlanks() {
    while let byte = current, Byte.isBlank(byte) { index += 1 }
  }

  /// Consumes a byte if it comes next.
  mutating func take(_ byte: UInt8) -> Bool {
    guard current == byte else { return false }
    index += 1
    return true
  }

  /// The error for what comes next.
  func failure(_ message: String) -> LanguageError {
    text.error(index..<min(index + 1, text.count), message)
  }

  /// Consumes a whole word if it comes next, ignoring case.
  mutating func takeWord(_ word: StaticString) -> Bool {
    let length = word.utf8CodeUnitCount
    for step in 0..<length {
      guard let byte = text.byte(at: index + step),
        ByteSearch.folded(byte) == word.utf8Start[step]
      else { return false }
    }
    guard let after = text.byte(at: index + length) else {
      index += length
      return true
    }
    guard Byte.isBlank(after) || after == Byte.openParenthesis || after == Byte.closeParenthesis
    else { return false }
    index += length
    return true
  }

  /// Consumes an operator and the blanks around it, if one comes next.
  mutating func takeComparison() -> Comparison? {
    let start = index
    skipBlanks()
    if let comparison = comparisonHere() {
      skipBlanks()
      return comparison
    }
    index = start
    return nil
  }

  private mutating func comparisonHere() -> Comparison? {
    let next = text.byte(at: index + 1)
    switch current {
    case Byte.equals:
      index += next == Byte.equals ? 2 : 1
      return .equal
    case Byte.exclamation where next == Byte.equals:
      index += 2
      return .notEqual
    case Byte.less:
      index += next == Byte.equals ? 2 : 1
      return next == Byte.equals ? .lessOrEqual : .less
    case Byte.greater:
      index += next == Byte.equals ? 2 : 1
      return next == Byte.equals ? .greaterOrEqual : .greater
    case Byte.tilde:
      index += 1
      return .contains
    default: return takeIn() ? .isOneOf : nil
    }
  }

  /// Consumes `in` when a list follows.
  private mutating func takeIn() -> Bool {
    guard index > 0, Byte.isBlank(text.units[index - 1].byte), text.hasMarks("in", at: index)
    else { return false }
    var place = index + 2
    while let byte = text.byte(at: place), Byte.isBlank(byte) { place += 1 }
    guard text.byte(at: place) == Byte.openBracket else { return false }
    index += 2
    return true
  }

  /// Reads up to a blank or a stop byte, with quotes and escapes resolved.
  mutating func chunk(stops: (UInt8) -> Bool) throws(LanguageError) -> SourceText {
    let start = index
    var units: [SourceText.Unit] = []
    var quotedEnd = index
    while let byte = current, !Byte.isBlank(byte), !stops(byte) || isPlainExclamation {
      if byte == Byte.backslash, let next = text.byte(at: index + 1),
        next <= Byte.space || Byte.isPunctuation(next)
      {
        var unit = text.units[index + 1]
        unit.isLiteral = true
        units.append(unit)
        index += 2
      } else if Byte.isQuote(byte),
        index == quotedEnd || Byte.letsQuoteOpen(text.units[index - 1].byte)
      {
        units += try quoted()
        quotedEnd = index
      } else {
        units.append(text.units[index])
        index += 1
      }
    }
    return SourceText(
      source: text.source, units: units,
      end: index > start ? text.offset(at: index - 1) + 1 : text.offset(at: index))
  }

  /// Whether a `!` comes next that does not begin `!=`.
  private var isPlainExclamation: Bool {
    current == Byte.exclamation && text.byte(at: index + 1) != Byte.equals
  }

  /// Reads a quoted text; an unclosed one is an error at its quote.
  mutating func quoted() throws(LanguageError) -> [SourceText.Unit] {
    guard let piece = Quoting.read(text, at: index) else {
      throw failure("This quote is never closed. Close it, or put a backslash before it.")
    }
    if let problem = piece.problem { throw problem }
    index = piece.next
    return piece.units
  }

  // MARK: - Regular expressions

  /// Whether a slash after this byte may begin a regular expression.
  static func letsPatternOpen(_ byte: UInt8) -> Bool {
    switch byte {
    case Byte.openParenthesis, Byte.exclamation, Byte.colon, Byte.equals, Byte.tilde: true
    default: Byte.isBlank(byte)
    }
  }

  /// The index of the slash that closes the regular expression opened at an index.
  static func patternEnd(_ text: SourceText, from start: Int) -> Int? {
    var index = start + 1
    while let byte = text.byte(at: index), byte != Byte.newline {
      if byte == Byte.slash { return index > start + 1 ? index : nil }
      index += byte == Byte.backslash ? 2 : 1
    }
    return nil
  }

  /// Reads `/…/` or `/…/i` if one comes next.
  mutating func takePattern() throws(LanguageError) -> TextPattern? {
    guard current == Byte.slash, let close = ExpressionReader.patternEnd(text, from: index) else {
      return nil
    }
    let inner = text.slice((index + 1)..<close)
    index = close + 1
    let ignoresCase = take(0x69)
    if let byte = current, !Byte.isBlank(byte), byte != Byte.closeParenthesis {
      throw failure("A pattern ends after its second slash; write \\/ for a slash inside it.")
    }
    return TextPattern(try RegularPatternParser.parse(inner, ignoresCase: ignoresCase))
  }

  // MARK: - Values

  /// Reads `[1, two, "three"]`.
  mutating func list() throws(LanguageError) -> JSON {
    let open = index
    index += 1
    var values: [JSON] = []
    skipBlanks()
    if take(Byte.closeBracket) { return .array(values) }
    while true {
      skipBlanks()
      values.append(try json { $0 == Byte.comma || $0 == Byte.closeBracket })
      skipBlanks()
      if take(Byte.closeBracket) { return .array(values) }
      guard take(Byte.comma) else {
        throw isAtEnd
          ? text.error(open..<(open + 1), "This list is never closed; it needs its ].")
          : failure("A list goes on with a comma or ends with ] here.")
      }
    }
  }

  /// Reads JSON, or a bare word as a string.
  mutating func json(stops: (UInt8) -> Bool) throws(LanguageError) -> JSON {
    if current == Byte.openBrace || current == Byte.openBracket {
      guard let end = JSONExtent.end(text, from: index) else {
        throw failure("This bracket is never closed; the JSON needs its end.")
      }
      let value = try text.slice(index..<end).json()
      index = end
      return value
    }
    let start = index
    let word = try chunk(stops: stops)
    guard index > start else { throw failure("A value is missing here.") }
    return ExpressionReader.scalar(word) ?? .string(word.string)
  }

  /// The number, Boolean or null that an unquoted word stands for.
  static func scalar(_ word: SourceText) -> JSON? {
    guard word.isPlain, word.count <= 64 else { return nil }
    guard let value = try? JSON(parsing: word.bytes) else { return nil }
    switch value {
    case .number, .bool, .null: return value
    default: return nil
    }
  }
}
