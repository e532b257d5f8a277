package import EventicleCore

/// A condition that a tape checks.
package enum Expectation: Hashable, Sendable, CustomStringConvertible {
  /// `count(type:OrderPaid) = 1`: the number of events that pass a filter.
  case count(FilterExpression, ValueTest)
  /// `A Order/order-1.status = paid`: a field of an aggregate, saga instance or view row. The
  /// selector has an id, a path and a test; a saga's `.ended` and `.steps` belong to the instance.
  case value(Selector)
  /// `T PaymentSaga/order-1/retry in 30s`: a timer, and when it is due from now.
  case timer(TimerReference, due: Interval)
  /// `missing A Order/order-9`: there is no such thing.
  case missing(Selector)
  /// `error`, `error ~ refused`: the previous command was rejected or failed, with this text.
  case error(TextPattern?)

  /// The accepted forms, for error messages.
  static let forms =
    "count(FILTER) = 1, A Order/ID.status = paid, S SAGA/KEY.path = VALUE, "
    + "V VIEW/KEY.path = VALUE, T SAGA/KEY/TIMER in 30s, missing SELECTOR or error"

  /// Reads what follows the verb `expect`.
  ///
  /// - Throws: ``LanguageError`` at the column of the mistake.
  package init(parsing text: some StringProtocol) throws(LanguageError) {
    try self.init(SourceText(text).trimmed)
  }

  init(_ text: SourceText) throws(LanguageError) {
    var reader = ExpressionReader(text)
    if reader.takeWord("count") {
      self = try Expectation.count(&reader)
    } else if reader.takeWord("missing") {
      self = .missing(try SelectorReader.selector(&reader))
    } else if text.byte(at: 0) == 0x65, reader.takeWord("error") {
      self = try Expectation.error(&reader)
    } else {
      self = try Expectation.state(&reader)
    }
    reader.skipBlanks()
    guard reader.isAtEnd else { throw reader.failure("An expectation ends here.") }
  }

  private static func count(_ reader: inout ExpressionReader) throws(LanguageError) -> Expectation {
    reader.skipBlanks()
    let open = reader.index
    guard reader.take(Byte.openParenthesis) else {
      throw reader.failure(
        "After count comes a filter in parentheses, as in count(type:OrderPaid) = 1.")
    }
    var parser = FilterParser(reader)
    let filter = FilterExpression(try parser.parse())
    reader = parser.reader
    guard reader.take(Byte.closeParenthesis) else {
      throw reader.text.error(open..<(open + 1), "This ( is never closed; it needs its ).")
    }
    guard let comparison = reader.takeComparison() else {
      throw reader.failure("After the filter comes a comparison with a number, as in = 1.")
    }
    let start = reader.index
    let test = try SelectorReader.test(comparison, &reader)
    guard isNumeric(test) else {
      throw reader.text.error(
        start..<reader.index, "A count is compared with a number, as in = 1 or in [1, 2].")
    }
    return .count(filter, test)
  }

  private static func isNumeric(_ test: ValueTest) -> Bool {
    switch test.operand {
    case .json(.number): true
    case .json(.array(let values)):
      test.comparison == .isOneOf && values.allSatisfy { $0.double != nil }
    default: false
    }
  }

  private static func error(_ reader: inout ExpressionReader) throws(LanguageError) -> Expectation {
    reader.skipBlanks()
    guard !reader.isAtEnd else { return .error(nil) }
    guard reader.take(Byte.tilde) else {
      throw reader.failure("After error comes nothing, or ~ and a part of its words.")
    }
    reader.skipBlanks()
    guard case .pattern(let pattern) = try SelectorReader.test(.contains, &reader).operand else {
      return .error(nil)
    }
    return .error(pattern)
  }

  private static func state(_ reader: inout ExpressionReader) throws(LanguageError) -> Expectation {
    let letter = reader.rest.trimmed.string.prefix { $0 != " " }
    guard ["A", "S", "V", "T"].contains(letter) else {
      throw reader.rest.slice(0..<letter.utf8.count).error(
        "\"\(LanguageError.shortened(String(letter)))\" cannot be expected. Write \(forms).")
    }
    let selector = try SelectorReader.subject(&reader)
    if selector.kind == .timer { return try timer(selector, &reader) }
    guard selector.id != nil else {
      throw reader.text.error(
        "Which one is missing after \(selector.name). Write \(letter) NAME/ID.path = VALUE.")
    }
    let place = reader.index
    guard let comparison = reader.takeComparison() else {
      throw reader.failure("A comparison is missing, as in \(selector).status = paid.")
    }
    try SelectorReader.requirePath(selector, reader, place)
    return .value(selector.testing(try SelectorReader.test(comparison, &reader)))
  }

  private static func timer(
    _ selector: Selector, _ reader: inout ExpressionReader
  ) throws(LanguageError) -> Expectation {
    guard let key = selector.id, let name = selector.timer else {
      throw reader.text.error(
        "A timer is written T SAGA/KEY/TIMER, as in T PaymentSaga/order-1/retry.")
    }
    reader.skipBlanks()
    guard reader.takeWord("in") else {
      throw reader.failure("After the timer comes when it is due, as in \"in 30s\".")
    }
    let text = reader.rest.trimmed
    guard let due = Interval(parsing: text.string), due.milliseconds >= 0 else {
      throw text.error("After \"in\" comes a length of time, as in 30s or 4m30s.")
    }
    reader.index = reader.text.count
    return .timer(
      TimerReference(saga: SagaReference(name: selector.name, key: key), name: name), due: due)
  }

  /// The expectation as it is written and read, without the verb.
  package var description: String {
    switch self {
    case .count(let filter, let test): "count(\(filter)) \(Expectation.text(test))"
    case .value(let selector):
      selector.test.map { test in
        let bare = Selector(selector.kind, selector.name, id: selector.id, path: selector.path)
        return "\(bare) \(Expectation.text(test))"
      } ?? selector.description
    case .timer(let timer, let due):
      "T \(timer) in \(due)"
    case .missing(let selector): "missing \(selector)"
    case .error(let pattern): pattern.map { "error ~ \($0)" } ?? "error"
    }
  }

  private static func text(_ test: ValueTest) -> String {
    guard case .json(let value) = test.operand, test.comparison != .isOneOf,
      case .string(let text) = value, FilterPrinter.word(text) != text
    else { return test.description }
    return "\(test.comparison) \(value)"
  }
}
