import EventicleCore

/// A part of a command line, in columns for people and in bytes for programs.
package struct Span: Hashable, Sendable {
  /// The line of the text, from 1; more than 1 only in text of several lines.
  package let line: Int
  /// The first character in that line, from 1.
  package let column: Int
  /// The number of characters; 0 for a place between two characters.
  package let length: Int
  /// The same part in UTF-8 bytes from the start of the text.
  package let bytes: Range<Int>

  /// A part with these bounds.
  package init(line: Int, column: Int, length: Int, bytes: Range<Int>) {
    self.line = line
    self.column = column
    self.length = length
    self.bytes = bytes
  }

  /// The start of a line.
  package static let start = Span(line: 1, column: 1, length: 0, bytes: 0..<0)

  /// The columns covered, in characters from 1.
  package var columns: Range<Int> { column..<(column + length) }
}

/// A value with the place where it was written.
package struct Located<Value> {
  package var value: Value
  package var span: Span

  /// A value written at a place.
  package init(_ value: Value, _ span: Span) {
    self.value = value
    self.span = span
  }

  /// The same place with another value.
  package func map<Other>(_ transform: (Value) -> Other) -> Located<Other> {
    Located<Other>(transform(value), span)
  }

  /// An error about the value, at its place.
  package func error(_ message: String, suggestion: String? = nil) -> LanguageError {
    LanguageError(at: span, message, suggestion: suggestion)
  }
}

extension Located: Sendable where Value: Sendable {}
extension Located: Equatable where Value: Equatable {}
extension Located: Hashable where Value: Hashable {}
