import EventicleCore

/// One word of a command line, with its quotes and escapes resolved.
struct Token: Sendable {
  /// The resolved text.
  let text: SourceText
  /// Where the word was written, quotes included.
  let span: Span
  /// The quote that the word starts with, if any.
  let openingQuote: UInt8?
  /// Whether the whole word is one quoted piece.
  let isQuoted: Bool
  /// Whether a quote or bracket in it is unclosed; only with a lenient lexer.
  let isOpen: Bool

  /// The resolved text as a string.
  var string: String { text.string }

  /// An error about the word.
  func error(_ message: String, suggestion: String? = nil) -> LanguageError {
    LanguageError(at: span, message, suggestion: suggestion)
  }

  /// Whether the word is `--name` or `--name=value`, unquoted.
  var isFlag: Bool {
    text.hasMarks("--", at: 0) && (text.byte(at: 2).map(Byte.isLetter) ?? false)
  }

  /// Whether the word is the bare `--` that ends flags.
  var endsFlags: Bool { text.count == 2 && text.hasMarks("--", at: 0) }
}
