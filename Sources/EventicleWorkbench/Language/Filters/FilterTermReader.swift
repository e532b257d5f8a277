import EventicleCore

/// Reads one condition of a filter.
struct FilterTermReader {
  private var reader: ExpressionReader

  /// Reads the next condition.
  static func read(_ reader: inout ExpressionReader) throws(LanguageError) -> FilterNode {
    var terms = FilterTermReader(reader: reader)
    let node = try terms.term()
    reader = terms.reader
    return node
  }

  private mutating func term() throws(LanguageError) -> FilterNode {
    if let pattern = try reader.takePattern() { return .term(.word(pattern)) }
    if let position = try position() { return .term(position) }
    let start = reader.index
    let head = try reader.chunk(stops: FilterTermReader.endsHead)
    if reader.current == Byte.colon, head.isPlain, !head.isEmpty {
      return try key(head, start: start)
    }
    if head.isEmpty { throw missingHead() }
    if let changed = try changed(head) { return .term(changed) }
    if let refusal = FilterTermReader.refusal(of: head, before: reader.current) { throw refusal }
    let place = reader.index
    if let comparison = reader.takeComparison() {
      return try test(head, comparison, operatorRange: place..<reader.index)
    }
    guard reader.current != Byte.colon else {
      throw reader.failure("A colon needs one of the keys before it; quote a text that has one.")
    }
    return .term(word(head))
  }

  /// Reads what is in the parentheses of `changed(status)`.
  private mutating func changed(_ head: SourceText) throws(LanguageError) -> FilterTerm? {
    guard head.isPlain, head.string == "changed", reader.take(Byte.openParenthesis) else {
      return nil
    }
    let open = reader.index - 1
    let text = try reader.chunk(stops: FilterTermReader.endsValue)
    guard reader.take(Byte.closeParenthesis) else {
      throw reader.text.error(open..<(open + 1), "This ( is never closed; it needs its ).")
    }
    guard !text.isEmpty else {
      throw reader.text.error(
        open..<reader.index, "changed needs a member of the state, as in changed(status).")
    }
    var steps = try JSONPath(text).steps
    if steps.count > 1, steps[0] == .member(FilterMoment.after.rawValue) { steps.removeFirst() }
    return .changed(JSONPath(steps))
  }

  private static func endsHead(_ byte: UInt8) -> Bool {
    switch byte {
    case Byte.openParenthesis, Byte.closeParenthesis, Byte.equals, Byte.less, Byte.greater,
      Byte.tilde, Byte.exclamation, Byte.colon:
      true
    default: false
    }
  }

  static func endsValue(_ byte: UInt8) -> Bool {
    byte == Byte.openParenthesis || byte == Byte.closeParenthesis
  }

  private func missingHead() -> LanguageError {
    let found = reader.current.map { "\"\(Unicode.Scalar($0))\"" } ?? "the end"
    return reader.failure("A condition is expected here, found \(found).")
  }

  private func word(_ head: SourceText) -> FilterTerm {
    head.isPlain && head.string == "error" ? .isError : .word(TextPattern(head, isPart: true))
  }

  /// Reads `#12`, `#>10`, `# >= 10`.
  private mutating func position() throws(LanguageError) -> FilterTerm? {
    guard reader.current == Byte.hash else { return nil }
    let start = reader.index
    reader.index += 1
    let comparison: Comparison
    if let byte = reader.current, Byte.isDigit(byte) {
      comparison = .equal
    } else if let found = reader.takeComparison(), found != .contains, found != .isOneOf {
      comparison = found
      _ = reader.take(Byte.hash)
    } else {
      reader.index = start
      return nil
    }
    let digits = try reader.chunk(stops: FilterTermReader.endsValue)
    guard digits.isPlain, let number = PositionExpression.count(digits.string) else {
      throw digits.error("A position in a filter is a number, as in #12 or #>=10.")
    }
    return .position(comparison, Position(number))
  }

  // MARK: - Keys

  private mutating func key(_ head: SourceText, start: Int) throws(LanguageError) -> FilterNode {
    reader.index += 1
    let name = head.string
    if let key = FilterKey(rawValue: name) { return try .term(.key(key, pattern(key))) }
    guard FilterKey.words.contains(name) else {
      throw LanguageError.unknown(
        "key", name, at: head.span, among: FilterKey.words,
        hint: "A field of the data is compared with =, as in \(LanguageError.shortened(name))=…; "
          + "a text with a colon needs quotes.")
    }
    let value = try value(of: name)
    switch name {
    case "cause": return .term(.cause(CauseReference(value)))
    case "is": return .term(try state(value))
    default: return .term(try time(name, value))
    }
  }

  private mutating func value(of name: String) throws(LanguageError) -> SourceText {
    let value = try reader.chunk(stops: FilterTermReader.endsValue)
    guard !value.isEmpty || !value.isPlain else {
      throw reader.failure("After \(name): a value is missing.")
    }
    return value
  }

  private mutating func pattern(_ key: FilterKey) throws(LanguageError) -> TextPattern {
    if let pattern = try reader.takePattern() { return pattern }
    let start = reader.index
    let value = try reader.chunk(stops: FilterTermReader.endsValue)
    guard reader.index > start else {
      throw reader.failure(
        "After \(key.rawValue): a value is missing, as in \(key.rawValue):Order*.")
    }
    return TextPattern(value, isPart: false)
  }

  private func state(_ value: SourceText) throws(LanguageError) -> FilterTerm {
    switch value.string {
    case "error": return .isError
    case "orphan": return .isOrphan
    case let other:
      throw LanguageError.unknown(
        "state", other, at: value.span, among: ["error", "orphan"],
        hint: "Known are is:error and is:orphan.")
    }
  }

  private func time(_ name: String, _ value: SourceText) throws(LanguageError) -> FilterTerm {
    let text = value.string
    let ago = Interval(parsing: text).map {
      TimeExpression.relative(Interval(milliseconds: -$0.milliseconds))
    }
    let isSigned = text.hasPrefix("+") || text.hasPrefix("-")
    guard let time = isSigned ? TimeExpression(parsing: text) : ago ?? TimeExpression(parsing: text)
    else {
      throw value.error(
        "\"\(LanguageError.shortened(text))\" is not a time. A time is \(TimeExpression.forms).")
    }
    return name == "since" ? .since(time) : .until(time)
  }

  // MARK: - Comparisons

  private mutating func test(
    _ head: SourceText, _ comparison: Comparison, operatorRange: Range<Int>
  ) throws(LanguageError) -> FilterNode {
    if head.isPlain, let key = FilterKey(rawValue: head.string) {
      return try keyTest(key, comparison, operatorRange: operatorRange)
    }
    var steps = try JSONPath(head).steps
    let moment = FilterTermReader.moment(of: steps, head)
    if steps.count > 1, moment != nil || steps.first == .member("data") { steps.removeFirst() }
    let test = try FilterTermReader.test(comparison, &reader, stops: FilterTermReader.endsValue)
    let path = JSONPath(steps)
    return .term(moment.map { .state($0, path, test) } ?? .field(path, test))
  }

  /// The state that a path such as `state.status` begins with; `nil` for one into the data.
  private static func moment(of steps: [JSONPath.Step], _ head: SourceText) -> FilterMoment? {
    guard steps.count > 1, case .member(let first) = steps[0], head.isPlain else { return nil }
    return FilterMoment(rawValue: first)
  }

  private mutating func keyTest(
    _ key: FilterKey, _ comparison: Comparison, operatorRange: Range<Int>
  ) throws(LanguageError) -> FilterNode {
    switch comparison {
    case .equal: return .term(.key(key, try pattern(key)))
    case .notEqual: return .not(.term(.key(key, try pattern(key))))
    case .contains:
      if let pattern = try reader.takePattern() { return .term(.key(key, pattern)) }
      let value = try value(of: key.rawValue)
      return .term(.key(key, TextPattern(value, isPart: true)))
    case .isOneOf:
      let open = reader.index
      let texts = try reader.list().array ?? []
      guard !texts.isEmpty else {
        throw reader.text.error(open..<reader.index, "This list is empty; nothing is in it.")
      }
      let nodes = texts.map { value -> FilterNode in
        .term(.key(key, TextPattern(exactly: value.string ?? value.description)))
      }
      return nodes.count == 1 ? nodes[0] : .or(nodes)
    case .less, .lessOrEqual, .greater, .greaterOrEqual:
      throw reader.text.error(
        operatorRange,
        "\(key.rawValue) compares with : = != ~ or in. "
          + "For a field of the data of that name write data.\(key.rawValue)\(comparison)….")
    }
  }

  /// Reads the operand of a comparison with a field.
  static func test(
    _ comparison: Comparison, _ reader: inout ExpressionReader, stops: (UInt8) -> Bool
  ) throws(LanguageError) -> ValueTest {
    if comparison == .isOneOf { return ValueTest(.isOneOf, .json(try reader.list())) }
    let takesPattern =
      comparison == .contains || comparison == .equal || comparison == .notEqual
    if takesPattern, let pattern = try reader.takePattern() {
      return ValueTest(comparison, .pattern(pattern))
    }
    if reader.current == Byte.openBrace || reader.current == Byte.openBracket {
      return ValueTest(comparison, .json(try reader.json(stops: stops)))
    }
    let start = reader.index
    let word = try reader.chunk(stops: stops)
    guard reader.index > start else {
      throw reader.failure("After \(comparison) a value is missing.")
    }
    if comparison == .contains {
      return ValueTest(.contains, .pattern(TextPattern(word, isPart: true)))
    }
    if let scalar = ExpressionReader.scalar(word) { return ValueTest(comparison, .json(scalar)) }
    let pattern = TextPattern(word, isPart: false)
    return ValueTest(
      comparison,
      pattern.style == .glob && takesPattern ? .pattern(pattern) : .json(.string(word.string)))
  }
}
