import EventicleCore

/// Reads the verbs whose argument is one expression.
enum ExpressionCommands {
  /// Reads the expression after such a verb.
  static func parse(_ verb: Verb, _ text: SourceText) throws(LanguageError) -> Instruction {
    switch verb.name {
    case .filter: return try filter(text)
    case .events: return try events(verb, text)
    case .find: return .find(try find(verb, text))
    case .run:
      let (stop, condition) = try run(verb, text)
      return .run(to: stop, condition: condition)
    case .runBack:
      let (stop, condition) = try run(verb, text)
      return .runBack(to: stop, condition: condition)
    case .stop: return .stop(try StopChange(verb, text))
    case .probe: return .probe(try Probe(verb, text))
    case .whatIf: return .whatIf(try tried(verb, text))
    default:
      guard !text.isEmpty else {
        throw text.error("What is expected is missing. Write \(Expectation.forms).")
      }
      return .expect(Located(try Expectation(text), text.span))
    }
  }

  /// The text inside the quotes when the whole expression is quoted.
  private static func inner(_ text: SourceText) throws(LanguageError) -> SourceText {
    guard let first = text.byte(at: 0), Byte.isQuote(first),
      let piece = Quoting.read(text, at: 0), piece.next == text.count
    else { return text }
    if let problem = piece.problem { throw problem }
    return SourceText(source: text.source, units: piece.units, end: text.end).unquoted
  }

  /// Reads `[FILTER] [> FILE]`: a `>` where a condition would begin is followed by a file.
  private static func events(
    _ verb: Verb, _ text: SourceText
  ) throws(LanguageError) -> Instruction {
    var (filter, rest): (FilterExpression?, SourceText)
    if let first = text.byte(at: 0), Byte.isQuote(first), let piece = Quoting.read(text, at: 0),
      text.suffix(from: piece.next).trimmed.isEmptyOrWritesFile
    {
      if let problem = piece.problem { throw problem }
      let inner = SourceText(source: text.source, units: piece.units, end: text.end).unquoted
      filter = inner.trimmed.isEmpty ? nil : try FilterExpression(inner)
      rest = text.suffix(from: piece.next).trimmed
    } else {
      var parser = FilterParser(ExpressionReader(text), endsAtFile: true)
      let node = try parser.parse()
      rest = parser.reader.rest.trimmed
      guard rest.isEmptyOrWritesFile else {
        throw parser.reader.failure("This ) has no (. Remove it, or put it in quotes.")
      }
      filter = node == .all ? nil : FilterExpression(node)
      if rest.isEmpty { try Redirection.refuseComparison(in: text) }
    }
    let events = Instruction.events(filter.map { Located($0, text.span) })
    guard !rest.isEmpty else { return events }
    var lexer = Lexer(rest, comments: false)
    var words = try lexer.words()
    return try Redirection.take(from: &words, of: verb)?.applied(to: events) ?? events
  }

  private static func filter(_ text: SourceText) throws(LanguageError) -> Instruction {
    let inner = try inner(text)
    guard !inner.trimmed.isEmpty else { return .filter(nil, text: "") }
    return .filter(Located(try FilterExpression(inner), text.span), text: inner.string)
  }

  private static func find(
    _ verb: Verb, _ text: SourceText
  ) throws(LanguageError) -> Located<TextPattern> {
    guard !text.isEmpty else { throw text.error("The text is missing. Write \(verb.signature).") }
    var reader = ExpressionReader(text)
    if let pattern = try SelectorReader.wholePattern(&reader) { return Located(pattern, text.span) }
    let isQuoted = text.byte(at: 0).map(Byte.isQuote) ?? false
    let wanted = isQuoted ? try SelectorReader.quotedWhole(text) : text
    return Located(TextPattern(containing: wanted.string), text.span)
  }

  /// Reads `if COMMAND`.
  private static func tried(
    _ verb: Verb, _ text: SourceText
  ) throws(LanguageError) -> Located<String> {
    var reader = ExpressionReader(text)
    guard reader.takeWord("if") else {
      throw text.error("After what comes if and a command. Write \(verb.signature).")
    }
    let line = reader.rest.trimmed
    guard !line.isEmpty else { throw text.error("After if the command is missing.") }
    let span = line.span
    return Located(String(decoding: line.source.bytes[span.bytes], as: UTF8.self), span)
  }

  private static func run(
    _ verb: Verb, _ text: SourceText
  ) throws(LanguageError) -> (Located<Selector>?, Located<FilterExpression>?) {
    guard !text.isEmpty else { return (nil, nil) }
    var reader = ExpressionReader(text)
    guard reader.takeWord("to") else {
      throw text.error(
        "After \(verb.name.rawValue) comes nothing, or to and a selector. Write \(verb.signature).")
    }
    reader.skipBlanks()
    let start = reader.index
    let selector = try SelectorReader.selector(&reader)
    let stop = Located(selector, text.span(start..<reader.index))
    reader.skipBlanks()
    guard !reader.isAtEnd else { return (stop, nil) }
    guard reader.takeWord("if") else {
      throw reader.rest.error("After the selector comes nothing, or if and a filter.")
    }
    let condition = reader.rest.trimmed
    guard !condition.isEmpty else { throw condition.error("After if a filter is missing.") }
    return (stop, Located(try FilterExpression(condition), condition.span))
  }
}
