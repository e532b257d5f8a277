import EventicleCore

/// A text with values of what it is about in it: `try {attempts} of {orderId}`.
package struct ValueTemplate: Hashable, Sendable {
  /// A part of the text.
  private enum Part: Hashable, Sendable {
    case text(String)
    /// `{path}`: a value of what the text is about.
    case value(JSONPath)
  }

  /// The text as it was written.
  package let source: String
  private let parts: [Part]

  /// Reads a text in quotes at the beginning of a piece of a line.
  ///
  /// - Returns: The template and what follows it; `nil` where no text in quotes begins.
  static func read(
    _ text: SourceText
  ) throws(LanguageError) -> (template: ValueTemplate, rest: SourceText)? {
    guard let first = text.byte(at: 0), Byte.isQuote(first), let piece = Quoting.read(text, at: 0)
    else { return nil }
    if let problem = piece.problem { throw problem }
    let said = SourceText(source: text.source, units: piece.units, end: text.end)
    return (try ValueTemplate(said), text.suffix(from: piece.next).trimmed)
  }

  private init(_ said: SourceText) throws(LanguageError) {
    source = said.string
    var parts: [Part] = []
    var rest = Substring(source)
    while let open = rest.firstIndex(of: "{") {
      if open > rest.startIndex { parts.append(.text(String(rest[..<open]))) }
      guard let close = rest[open...].firstIndex(of: "}") else {
        throw said.error("This { is never closed; a value is written {attempts}.")
      }
      let name = rest[rest.index(after: open)..<close]
      guard !name.isEmpty, let path = JSONPath(parsing: name) else {
        throw said.error("Between { and } stands a path, as in {lines[0].sku}.")
      }
      parts.append(.value(path))
      rest = rest[rest.index(after: close)...]
    }
    if !rest.isEmpty { parts.append(.text(String(rest))) }
    self.parts = parts
  }

  /// The text with each value from the first of some objects that has it, or else `–`.
  func filled(from values: [JSON]) -> String {
    parts.map { part in
      switch part {
      case .text(let text): text
      case .value(let path):
        values.lazy.compactMap { $0.value(at: path) }.first.map { StepReader.word($0) } ?? "–"
      }
    }.joined()
  }
}
