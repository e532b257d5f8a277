package import EventicleCore

/// A line of text for each place of history that fits a selector: `probe "try {attempts}" on S
/// PaymentSaga`.
package struct Probe: Hashable, Sendable {
  /// A part of the text.
  package enum Part: Hashable, Sendable {
    case text(String)
    /// `{path}`: a value of what the place is about.
    case value(JSONPath)
  }

  package let parts: [Part]
  /// Where it is said.
  package let place: Stop

  init(_ verb: Verb, _ text: SourceText) throws(LanguageError) {
    guard let first = text.byte(at: 0), Byte.isQuote(first), let piece = Quoting.read(text, at: 0)
    else {
      throw text.error("The text in quotes is missing. Write \(verb.signature).")
    }
    if let problem = piece.problem { throw problem }
    let said = SourceText(source: text.source, units: piece.units, end: text.end)
    parts = try Probe.parts(said)
    var reader = ExpressionReader(text.suffix(from: piece.next).trimmed)
    guard reader.takeWord("on") else {
      throw reader.rest.error("After the text comes on and a selector. Write \(verb.signature).")
    }
    let rest = reader.rest.trimmed
    guard !rest.isEmpty else { throw text.error("After on a selector is missing.") }
    place = try Stop(rest)
  }

  private static func parts(_ said: SourceText) throws(LanguageError) -> [Part] {
    var parts: [Part] = []
    var rest = Substring(said.string)
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
    return parts
  }
}
