import EventicleCore

/// The words after a verb, consumed one by one.
struct Arguments {
  let verb: Verb
  /// The place after the last word, where a missing one would go.
  let end: Span
  /// Whether a `!` followed the verb.
  let isForced: Bool
  private let words: [Token]
  private var index = 0

  init(verb: Verb, _ words: [Token], end: Span, isForced: Bool = false) {
    self.verb = verb
    self.isForced = isForced
    self.words = words
    self.end = words.last.map { Arguments.after($0.span) } ?? end
  }

  private static func after(_ span: Span) -> Span {
    Span(
      line: span.line, column: span.column + span.length, length: 0,
      bytes: span.bytes.upperBound..<span.bytes.upperBound)
  }

  var isAtEnd: Bool { index >= words.count }

  /// The next word, not yet consumed.
  var next: Token? { isAtEnd ? nil : words[index] }

  /// The word after the next one.
  var following: Token? { index + 1 < words.count ? words[index + 1] : nil }

  /// Consumes the next word, if there is one.
  mutating func take() -> Token? {
    guard let word = next else { return nil }
    index += 1
    return word
  }

  /// Consumes the next word, which must be there.
  mutating func require(_ what: String) throws(LanguageError) -> Token {
    guard let word = take() else { throw missing(what) }
    return word
  }

  /// The error for a missing word.
  func missing(_ what: String) -> LanguageError {
    LanguageError(at: end, "\(what) is missing. Write \(verb.signature).")
  }

  /// The error for a word that is not expected.
  func unexpected(_ word: Token) -> LanguageError {
    let text = LanguageError.shortened(word.string)
    guard word.isFlag else {
      return word.error("\"\(text)\" is too much here. Write \(verb.signature).")
    }
    return word.error("\(verb.name.rawValue) has no flag \(text). Write \(verb.signature).")
  }

  /// Throws when words are left over.
  func finish() throws(LanguageError) {
    if let word = next { throw unexpected(word) }
  }

  /// Consumes a whole number from 1 on, if one comes next.
  mutating func takeCount() -> Located<Int>? {
    guard let word = next, let count = PositionExpression.count(word.string), count > 0 else {
      return nil
    }
    index += 1
    return Located(count, word.span)
  }

  /// Consumes a word as text, if there is one.
  mutating func takeText() throws(LanguageError) -> Located<String>? {
    guard let word = take() else { return nil }
    if word.isFlag { throw unexpected(word) }
    return Located(word.string, word.span)
  }

  /// Consumes a word as text, which must be there.
  mutating func requireText(_ what: String) throws(LanguageError) -> Located<String> {
    guard let text = try takeText() else { throw missing(what) }
    guard !text.value.isEmpty else { throw text.error("\(what) is empty.") }
    return text
  }
}
