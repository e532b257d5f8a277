import EventicleCore

/// A piece of a command line whose bytes remember where they were written.
///
/// After quotes and escapes are resolved, each byte still knows its place, so that an error inside
/// a quoted filter or a JSON value points at the exact column.
struct SourceText: Sendable {
  /// One byte, its place in the line, and what quoting made of it.
  struct Unit: Sendable {
    var byte: UInt8
    var isLiteral: Bool
    var offset: UInt32
    /// Whether it may open a blank such as `{{Count}}`: in double quotes too, but not escaped.
    var takesBlanks = true
  }

  let source: SourceLine
  let units: [Unit]
  /// Where the piece ends in the line, in bytes.
  let end: Int

  init(source: SourceLine, units: [Unit], end: Int) {
    self.source = source
    self.units = units
    self.end = end
  }

  /// A whole line as it was written.
  init(_ text: some StringProtocol) {
    source = SourceLine(text)
    var units: [Unit] = []
    units.reserveCapacity(source.bytes.count)
    for byte in source.bytes {
      units.append(Unit(byte: byte, isLiteral: false, offset: UInt32(units.count)))
    }
    self.units = units
    end = source.bytes.count
  }

  var count: Int { units.count }

  var isEmpty: Bool { units.isEmpty }

  /// The byte at an index, unless it is literal.
  func mark(at index: Int) -> UInt8? {
    guard units.indices.contains(index), !units[index].isLiteral else { return nil }
    return units[index].byte
  }

  /// The byte at an index, or `nil` past the end.
  func byte(at index: Int) -> UInt8? { units.indices.contains(index) ? units[index].byte : nil }

  /// The resolved bytes.
  var bytes: [UInt8] { units.map(\.byte) }

  /// The resolved text.
  var string: String { String(decoding: units.lazy.map(\.byte), as: UTF8.self) }

  /// Whether no byte was quoted or escaped.
  var isPlain: Bool { !units.contains(where: \.isLiteral) }

  /// Where a byte was written; the end of the piece for an index past it.
  func offset(at index: Int) -> Int {
    units.indices.contains(index) ? Int(units[index].offset) : end
  }

  /// The part of the line that some bytes were written in.
  func span(_ range: Range<Int>) -> Span {
    let start = offset(at: range.lowerBound)
    guard !range.isEmpty else { return source.span(start..<start) }
    return source.span(start..<max(start, offset(at: range.upperBound - 1) + 1))
  }

  /// The part of the line that the whole piece was written in.
  var span: Span { span(0..<units.count) }

  /// A part of the piece.
  func slice(_ range: Range<Int>) -> SourceText {
    let bounded = range.clamped(to: 0..<units.count)
    let last =
      bounded.isEmpty ? offset(at: bounded.lowerBound) : offset(at: bounded.upperBound - 1) + 1
    return SourceText(source: source, units: Array(units[bounded]), end: last)
  }

  /// The part from an index to the end.
  func suffix(from index: Int) -> SourceText {
    let start = min(max(index, 0), units.count)
    return SourceText(source: source, units: Array(units[start...]), end: end)
  }

  /// The piece without blanks at both ends.
  var trimmed: SourceText {
    let first = units.firstIndex { !Byte.isBlank($0.byte) || $0.isLiteral } ?? units.count
    let last = units.lastIndex { !Byte.isBlank($0.byte) || $0.isLiteral } ?? (first - 1)
    return slice(first..<max(first, last + 1))
  }

  /// The piece with nothing literal, to be read as an expression.
  var unquoted: SourceText {
    SourceText(
      source: source,
      units: units.map { Unit(byte: $0.byte, isLiteral: false, offset: $0.offset) }, end: end)
  }

  /// The first index from `start` with a byte that is not literal.
  func firstMark(_ byte: UInt8, from start: Int = 0) -> Int? {
    guard start <= units.count else { return nil }
    return units[start...].firstIndex { $0.byte == byte && !$0.isLiteral }
  }

  /// Whether these bytes are at an index, none of them literal.
  func hasMarks(_ text: StaticString, at index: Int) -> Bool {
    for step in 0..<text.utf8CodeUnitCount where mark(at: index + step) != text.utf8Start[step] {
      return false
    }
    return true
  }

  /// An error about some of the bytes.
  func error(
    _ range: Range<Int>, _ message: String, suggestion: String? = nil
  ) -> LanguageError {
    LanguageError(at: span(range), message, suggestion: suggestion)
  }

  /// An error about the whole piece.
  func error(_ message: String, suggestion: String? = nil) -> LanguageError {
    LanguageError(at: span, message, suggestion: suggestion)
  }

  /// Parses the piece as JSON; errors have the column in the line.
  func json() throws(LanguageError) -> JSON {
    do throws(JSONError) {
      return try JSON(parsing: bytes)
    } catch {
      let place = min(error.offset, units.count)
      throw self.error(
        place..<min(place + 1, units.count), "This is not JSON: \(error.reason).")
    }
  }
}
