import EventicleCore

/// The words after a verb, taken one by one.
struct Arguments {
  let verb: Verb
  /// The place after the last word, where a missing one belongs.
  let end: Span
  private let words: [Token]
  private var index = 0

  init(verb: Verb, _ words: [Token], end: Span) {
    self.verb = verb
    self.words = words
    self.end = words.last.map { Arguments.after($0.span) } ?? end
  }

  private static func after(_ span: Span) -> Span {
    Span(
      line: span.line, column: span.column + span.length, length: 0,
      bytes: span.bytes.upperBound..<span.bytes.upperBound)
  }

  var isAtEnd: Bool { index >= words.count }

  /// The next word without taking it.
  var next: Token? { isAtEnd ? nil : words[index] }

  /// Takes the next word, if there is one.
  mutating func take() -> Token? {
    guard let word = next else { return nil }
    index += 1
    return word
  }

  /// Takes the next word, which has to be there.
  mutating func require(_ what: String) throws(LanguageError) -> Token {
    guard let word = take() else { throw missing(what) }
    return word
  }

  /// A complaint about a word that is not there.
  func missing(_ what: String) -> LanguageError {
    LanguageError(at: end, "\(what) is missing. Write \(verb.signature).")
  }

  /// A complaint about a word that makes no sense.
  func unexpected(_ word: Token) -> LanguageError {
    let text = LanguageError.shortened(word.string)
    guard word.isFlag else {
      return word.error("\"\(text)\" is too much here. Write \(verb.signature).")
    }
    return word.error("\(verb.name.rawValue) has no flag \(text). Write \(verb.signature).")
  }

  /// Makes sure that nothing is left over.
  func finish() throws(LanguageError) {
    if let word = next { throw unexpected(word) }
  }

  /// Takes a whole number from 1 on, if one is next.
  mutating func takeCount() -> Located<Int>? {
    guard let word = next, let count = PositionExpression.count(word.string), count > 0 else {
      return nil
    }
    index += 1
    return Located(count, word.span)
  }

  /// Takes a word, or nothing, and reads it as text.
  mutating func takeText() throws(LanguageError) -> Located<String>? {
    guard let word = take() else { return nil }
    if word.isFlag { throw unexpected(word) }
    return Located(word.string, word.span)
  }

  /// Takes a word that has to be there, as text.
  mutating func requireText(_ what: String) throws(LanguageError) -> Located<String> {
    guard let text = try takeText() else { throw missing(what) }
    guard !text.value.isEmpty else { throw text.error("\(what) is empty.") }
    return text
  }
}
