import EventicleCore

/// Why a command line cannot be read, and where.
package struct LanguageError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The line in the text, from 1.
  package let line: Int
  /// The column of the first character at fault, from 1; one past the last when something is
  /// missing.
  package let column: Int
  /// The number of characters at fault, at least 1.
  package let length: Int
  /// What was expected, what was found, and the way out.
  package let message: String
  /// The nearest valid word, offered as a replacement.
  package let suggestion: String?

  /// An error about a part of the line.
  package init(at span: Span, _ message: String, suggestion: String? = nil) {
    line = span.line
    column = span.column
    length = max(1, span.length)
    self.message = message
    self.suggestion = suggestion
  }

  /// The message without the place.
  package var description: String { message }

  /// Carets to print under the line: `      ^^^^`.
  package var caret: String {
    String(repeating: " ", count: column - 1) + String(repeating: "^", count: length)
  }

  /// Carets to print under a line on a terminal, where some characters are wider than others.
  ///
  /// - Parameters:
  ///   - text: The line that was read.
  ///   - width: The number of cells that a character covers.
  /// - Returns: Spaces as wide as the text before the place, then a `^` for each cell of it.
  package func caret(under text: String, width: (Character) -> Int) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let shown = lines.indices.contains(line - 1) ? lines[line - 1] : ""
    let before = shown.prefix(column - 1).reduce(0) { $0 + max(0, width($1)) }
    let marked = shown.dropFirst(column - 1).prefix(length).reduce(0) { $0 + max(0, width($1)) }
    return String(repeating: " ", count: before) + String(repeating: "^", count: max(1, marked))
  }
}

extension LanguageError {
  /// The error for an unknown word, suggesting the nearest known one.
  static func unknown(
    _ kind: String, _ word: String, at span: Span, among words: [String], hint: String
  ) -> LanguageError {
    let nearest = TypoCorrection.nearest(to: word, among: words)
    let question = nearest.map { "; did you mean \"\($0)\"?" } ?? "."
    return LanguageError(
      at: span, "There is no \(kind) \"\(shortened(word))\"\(question) \(hint)",
      suggestion: nearest)
  }

  /// A word for quoting in a sentence, cut to 40 characters.
  static func shortened(_ text: String) -> String {
    text.count > 40 ? text.prefix(39) + "…" : text
  }
}
