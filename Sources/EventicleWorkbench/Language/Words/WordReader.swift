import EventicleCore

/// Reads one word of a command line.
struct WordReader {
  let line: SourceText
  let start: Int
  let isLenient: Bool
  private(set) var index: Int

  private var units: [SourceText.Unit] = []
  private var isOpen = false
  /// Where the quotation that begins the word ends.
  private var quotedEnd: Int?
  /// Where the latest quotation ends; another may follow directly.
  private var lastQuotedEnd: Int?
  /// Whether the `=` or `:` that makes the word an item has been read.
  private var hasOperator = false

  init(line: SourceText, start: Int, isLenient: Bool) {
    self.line = line
    self.start = start
    self.isLenient = isLenient
    index = start
  }

  /// Reads up to a blank, a `;` or the end.
  mutating func read() throws(LanguageError) -> Token {
    while let byte = line.byte(at: index), !Byte.isBlank(byte), byte != Byte.semicolon {
      if byte == Byte.backslash {
        readEscape()
      } else if Byte.isQuote(byte), canQuoteOpen {
        try readQuoted(byte)
      } else if line.hasMarks("{{", at: index), let end = templateEnd {
        take(upTo: end)
      } else if !hasOperator, byte == Byte.equals || byte == Byte.colon {
        try readOperator(byte)
      } else {
        take(upTo: index + 1)
      }
    }
    return token
  }

  private var token: Token {
    let text = SourceText(source: line.source, units: units, end: line.offset(at: index))
    let first = line.byte(at: start)
    return Token(
      text: text, span: line.span(start..<index),
      openingQuote: first.flatMap { Byte.isQuote($0) ? $0 : nil }, isQuoted: quotedEnd == index,
      isOpen: isOpen)
  }

  private var canQuoteOpen: Bool {
    guard index > start, index != lastQuotedEnd else { return true }
    return units.last?.isLiteral == false && Byte.letsQuoteOpen(line.units[index - 1].byte)
  }

  private mutating func take(upTo end: Int) {
    units.append(contentsOf: line.units[index..<min(end, line.count)])
    index = min(end, line.count)
  }

  private mutating func readEscape() {
    guard let next = line.byte(at: index + 1),
      Byte.isPunctuation(next) || next == Byte.space || next == Byte.tab
    else { return take(upTo: index + 1) }
    var unit = line.units[index + 1]
    unit.isLiteral = true
    unit.takesBlanks = false
    units.append(unit)
    index += 2
  }

  private mutating func readQuoted(_ quote: UInt8) throws(LanguageError) {
    if let piece = Quoting.read(line, at: index) {
      if let problem = piece.problem, !isLenient { throw problem }
      units.append(contentsOf: piece.units)
      if index == start { quotedEnd = piece.next }
      lastQuotedEnd = piece.next
      index = piece.next
      return
    }
    guard isLenient else {
      throw line.error(
        index..<(index + 1),
        "This quote \(Unicode.Scalar(quote)) is never closed. "
          + "Close it, or put a backslash before it.")
    }
    isOpen = true
    index += 1
    while index < line.count {
      var unit = line.units[index]
      unit.isLiteral = true
      unit.takesBlanks = quote == Byte.doubleQuote
      units.append(unit)
      index += 1
    }
  }

  /// Reads the operator of an item, and the JSON after it.
  private mutating func readOperator(_ byte: UInt8) throws(LanguageError) {
    hasOperator = true
    take(upTo: index + 1)
    guard byte == Byte.colon else { return }
    if line.byte(at: index) == Byte.equals {
      take(upTo: index + 1)
      try readJSON()
    } else if line.byte(at: index) == Byte.openBrace, !line.hasMarks("{{", at: index) {
      try readJSON()
    }
  }

  private mutating func readJSON() throws(LanguageError) {
    let first = line.byte(at: index)
    guard let first, !line.hasMarks("{{", at: index),
      first == Byte.openBrace || first == Byte.openBracket || first == Byte.doubleQuote
    else { return }
    if let end = JSONExtent.end(line, from: index) { return take(upTo: end) }
    guard isLenient else {
      throw line.error(
        index..<(index + 1),
        "This \(Unicode.Scalar(first)) is never closed; the JSON needs its end.")
    }
    isOpen = true
    take(upTo: line.count)
  }

  /// The index after `}}` when a template such as `{{Random 1 9}}` starts here.
  private var templateEnd: Int? {
    guard let letter = line.byte(at: index + 2), Byte.isLetter(letter) else { return nil }
    var place = index + 2
    while let byte = line.byte(at: place), byte != Byte.newline, byte != Byte.openBrace {
      if line.hasMarks("}}", at: place) { return place + 2 }
      place += 1
    }
    return nil
  }
}

/// Finds the end of JSON within other text.
enum JSONExtent {
  /// The index after the object, array or string that starts at an index; `nil` when it is
  /// unclosed.
  static func end(_ text: SourceText, from start: Int) -> Int? {
    var depth = 0
    var index = start
    while let byte = text.byte(at: index) {
      switch byte {
      case Byte.doubleQuote:
        guard let close = stringEnd(text, from: index) else { return nil }
        index = close
      case Byte.openBrace, Byte.openBracket:
        depth += 1
        index += 1
      case Byte.closeBrace, Byte.closeBracket:
        depth -= 1
        index += 1
      default: index += 1
      }
      if depth <= 0 { return index }
    }
    return nil
  }

  private static func stringEnd(_ text: SourceText, from start: Int) -> Int? {
    var index = start + 1
    while let byte = text.byte(at: index) {
      if byte == Byte.doubleQuote { return index + 1 }
      index += byte == Byte.backslash ? 2 : 1
    }
    return nil
  }
}
