import EventicleCore

/// One word of a command line, with its quotes and escapes resolved.
struct Token: Sendable {
  /// The resolved text.
  let text: SourceText
  /// The word as it stands in the line, quotes included.
  let span: Span
  /// The quote that the word starts with, when it starts with one.
  let openingQuote: UInt8?
  /// Whether the whole word is one quoted piece.
  let isQuoted: Bool
  /// Whether a quote or bracket in it is never closed; only when reading leniently.
  let isOpen: Bool

  /// The resolved text as a string.
  var string: String { text.string }

  /// A complaint about the word.
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
