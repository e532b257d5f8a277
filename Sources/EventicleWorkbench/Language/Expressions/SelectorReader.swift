import EventicleCore

/// Reads selectors, and the values that expectations compare with.
enum SelectorReader {
  /// Reads a selector with its test, which ends at the next blank.
  static func selector(_ reader: inout ExpressionReader) throws(LanguageError) -> Selector {
    let selector = try subject(&reader)
    guard !selector.kind.isAlone, selector.kind != .timer else { return selector }
    let place = reader.index
    if let state = try became(&reader, selector) { return state }
    guard let comparison = reader.takeComparison() else { return selector }
    try requirePath(selector, reader, place)
    let test = try FilterTermReader.test(comparison, &reader) { _ in false }
    return selector.testing(test)
  }

  /// Reads `becomes STATE` of a saga or an aggregate, short for `.status = STATE`.
  private static func became(
    _ reader: inout ExpressionReader, _ selector: Selector
  ) throws(LanguageError) -> Selector? {
    guard selector.path == nil, selector.kind == .saga || selector.kind == .aggregate else {
      return nil
    }
    let start = reader.index
    reader.skipBlanks()
    guard reader.takeWord("becomes") else {
      reader.index = start
      return nil
    }
    reader.skipBlanks()
    let state = try reader.chunk { _ in false }
    guard !state.isEmpty else {
      throw reader.failure("After becomes comes a state, as in S PaymentSaga becomes failed.")
    }
    return Selector(
      selector.kind, selector.name, id: selector.id, path: JSONPath([.member("status")]),
      test: ValueTest(.equal, .json(.string(state.string))))
  }

  /// Throws when a comparison has no field to compare.
  static func requirePath(
    _ selector: Selector, _ reader: ExpressionReader, _ place: Int
  ) throws(LanguageError) {
    guard selector.path == nil else { return }
    throw reader.text.error(
      place..<reader.index,
      "A comparison needs a field before it, as in \(selector) .status = paid.")
  }

  /// Reads a selector up to its comparison.
  static func subject(_ reader: inout ExpressionReader) throws(LanguageError) -> Selector {
    reader.skipBlanks()
    let kind = try kind(&reader)
    guard !kind.isAlone else { return Selector(kind) }
    reader.skipBlanks()
    let name = try reader.chunk { $0 == Byte.slash || isOperator($0) }
    guard !name.isEmpty else {
      throw reader.failure("After \(kind.rawValue) comes \(kind.noun).")
    }
    var id: SourceText?
    var timer: SourceText?
    if reader.take(Byte.slash) {
      id = try part(&reader, of: kind)
      if kind == .timer {
        guard reader.take(Byte.slash) else {
          throw reader.failure("A timer is written T SAGA/KEY/TIMER; the name of it is missing.")
        }
        timer = try part(&reader, of: kind)
      }
    }
    let path = kind == .timer || kind == .stream ? nil : try path(&reader, kind)
    return Selector(
      kind, name.string, id: id?.string, timer: timer?.string, path: path)
  }

  private static func part(
    _ reader: inout ExpressionReader, of kind: Selector.Kind
  ) throws(LanguageError) -> SourceText {
    let part = try reader.chunk {
      isOperator($0)
        || (kind == .timer
          ? $0 == Byte.slash
          : $0 == Byte.dot || $0 == Byte.openBracket)
    }
    guard !part.isEmpty else { throw reader.failure("After the slash an id is missing.") }
    return part
  }

  private static func isOperator(_ byte: UInt8) -> Bool {
    switch byte {
    case Byte.equals, Byte.less, Byte.greater, Byte.tilde, Byte.exclamation: true
    default: false
    }
  }

  private static func kind(_ reader: inout ExpressionReader) throws(LanguageError) -> Selector.Kind
  {
    let word = try reader.chunk { _ in false }
    if let kind = Selector.Kind(rawValue: word.string) { return kind }
    let names = Selector.Kind.allCases.map(\.rawValue)
    let upper = word.string.uppercased()
    let nearest = names.contains(upper) ? upper : nil
    let question = nearest.map { "; did you mean \"\($0)\"?" } ?? "."
    let found = word.isEmpty ? "nothing" : "\"\(LanguageError.shortened(word.string))\""
    throw word.error(
      "A selector starts with E, C, S, A, V, T, error, change, stream, failure or refusal, found "
        + "\(found)\(question)",
      suggestion: nearest)
  }

  /// Reads `.field`, directly after the id or after a blank, or a bare field before a comparison.
  private static func path(
    _ reader: inout ExpressionReader, _ kind: Selector.Kind
  ) throws(LanguageError) -> JSONPath? {
    let start = reader.index
    reader.skipBlanks()
    guard let byte = reader.current, !isOperator(byte) else {
      reader.index = start
      return nil
    }
    if byte == Byte.dot || (byte == Byte.openBracket && reader.index == start) {
      if byte == Byte.dot { reader.index += 1 }
      return try fieldPath(reader.chunk(stops: isOperator), kind)
    }
    let field = try reader.chunk(stops: isOperator)
    let end = reader.index
    guard reader.takeComparison() != nil else {
      reader.index = start
      return nil
    }
    reader.index = end
    return try fieldPath(field, kind)
  }

  private static func fieldPath(
    _ text: SourceText, _ kind: Selector.Kind
  ) throws(LanguageError) -> JSONPath {
    let path = try JSONPath(text)
    let isOfData = kind == .event || kind == .command
    guard isOfData, path.steps.count > 1, path.steps.first == .member("data") else { return path }
    return JSONPath(Array(path.steps.dropFirst()))
  }

  // MARK: - Values to the end of the line

  /// Reads the rest after an operator: JSON, a quoted text, or bare text.
  static func test(
    _ comparison: Comparison, _ reader: inout ExpressionReader
  ) throws(LanguageError) -> ValueTest {
    if comparison == .isOneOf {
      let list = try reader.list()
      reader.skipBlanks()
      guard reader.isAtEnd else { throw reader.failure("The list is the last thing here.") }
      return ValueTest(.isOneOf, .json(list))
    }
    if comparison == .contains, let pattern = try wholePattern(&reader) {
      return ValueTest(.contains, .pattern(pattern))
    }
    let text = reader.rest.trimmed
    reader.index = reader.text.count
    guard !text.isEmpty else {
      throw reader.failure("After \(comparison) a value is missing.")
    }
    let value = try value(text)
    guard comparison == .contains else { return ValueTest(comparison, .json(value)) }
    return ValueTest(
      .contains, .pattern(TextPattern(containing: value.string ?? text.string)))
  }

  /// Reads `/…/` when nothing follows it.
  static func wholePattern(
    _ reader: inout ExpressionReader
  ) throws(LanguageError) -> TextPattern? {
    let text = reader.rest.trimmed
    guard let close = ExpressionReader.patternEnd(text, from: 0), text.byte(at: 0) == Byte.slash,
      close == text.count - 1 || (close == text.count - 2 && text.byte(at: close + 1) == 0x69)
    else { return nil }
    reader.skipBlanks()
    let pattern = try reader.takePattern()
    reader.index = reader.text.count
    return pattern
  }

  private static func value(_ text: SourceText) throws(LanguageError) -> JSON {
    switch text.byte(at: 0) {
    case Byte.openBrace, Byte.openBracket: return try text.json()
    case let byte? where Byte.isQuote(byte):
      if byte == Byte.doubleQuote, let value = try? text.json() { return value }
      return .string(try quotedWhole(text).string)
    default: return ExpressionReader.scalar(text) ?? .string(text.string)
    }
  }

  /// The text inside quotes that enclose all of it; throws when the quotes do not match.
  static func quotedWhole(_ text: SourceText) throws(LanguageError) -> SourceText {
    var reader = ExpressionReader(text)
    let units = try reader.quoted()
    guard reader.isAtEnd else {
      throw reader.failure("After the closing quote nothing more is expected.")
    }
    return SourceText(source: text.source, units: units, end: text.end)
  }
}

extension Selector.Kind {
  /// Whether nothing follows the word.
  var isAlone: Bool { self == .error || self == .failure || self == .refusal }
}
