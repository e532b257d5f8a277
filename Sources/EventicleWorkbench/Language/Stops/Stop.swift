import EventicleCore

/// Something at which the engine stops and waits for a person: an event of a type, a step of a saga,
/// a failure, a value that changes.
package struct Stop: Hashable, Sendable, CustomStringConvertible {
  /// What a hit leads to.
  package enum Then: Hashable, Sendable {
    case stop
    /// It is counted, and the engine goes on.
    case note
    /// A text is noted in the log, and the engine goes on.
    case log(ValueTemplate)

    /// The word for it.
    package var word: String {
      switch self {
      case .stop: "stop"
      case .note: "note"
      case .log: "log"
      }
    }
  }

  /// What it is about.
  package let selector: Selector
  /// What must also hold of the saga, the event or the command that it is about; `nil` when nothing
  /// must.
  package let condition: FilterExpression?
  /// The first hit at which the engine stops, from 1; those before it are only counted.
  package let from: Int
  /// Whether it turns itself off after the engine stopped at it.
  package let isOnce: Bool
  /// What a hit leads to.
  package let then: Then

  /// Creates a stop.
  package init(
    _ selector: Selector, if condition: FilterExpression? = nil, from: Int = 1,
    isOnce: Bool = false, then: Then = .stop
  ) {
    (self.selector, self.condition, self.from) = (selector, condition, from)
    (self.isOnce, self.then) = (isOnce, then)
  }

  /// Whether the engine stops before the step that would be a hit, so that it can be watched.
  ///
  /// What is about events and commands is known only when they are there; their deliveries wait then.
  package var isBeforeStep: Bool {
    switch selector.kind {
    case .saga, .view, .timer, .error, .failure: true
    case .event, .command, .stream, .aggregate, .change, .refusal: false
    }
  }

  /// The stop as it is written after the verb: `E PaymentDeclined hits 3 once if data.amount > 50`.
  package var description: String {
    var text = "\(selector)"
    if from > 1 { text += " hits \(from)" }
    if isOnce { text += " once" }
    switch then {
    case .stop: break
    case .note: text += " note"
    case .log(let template): text += " log \(Quoting.quoted(template.source))"
    }
    if let condition { text += " if \(condition)" }
    return text
  }
}

extension Stop {
  /// Reads what stands after the verb.
  ///
  /// - Throws: ``LanguageError`` at the column of the mistake.
  package init(parsing text: String) throws(LanguageError) {
    try self.init(SourceText(text).trimmed)
  }

  init(_ text: SourceText) throws(LanguageError) {
    var reader = ExpressionReader(text)
    let selector = try SelectorReader.selector(&reader)
    var (from, isOnce, then) = (1, false, Then.stop)
    while true {
      reader.skipBlanks()
      guard !reader.isAtEnd else {
        self.init(selector, from: from, isOnce: isOnce, then: then)
        return
      }
      if reader.takeWord("if") { break }
      if reader.takeWord("once") {
        isOnce = true
      } else if reader.takeWord("note") {
        then = .note
      } else if reader.takeWord("log") {
        guard let read = try ValueTemplate.read(reader.rest.trimmed) else {
          throw reader.rest.error(
            "After log comes a text in quotes, with values as in \"try {attempts}\".")
        }
        then = .log(read.template)
        reader = ExpressionReader(read.rest)
      } else if reader.takeWord("hits") {
        reader.skipBlanks()
        let word = try reader.chunk { _ in false }
        guard let count = PositionExpression.count(word.string), count >= 1 else {
          throw word.error("After hits comes the number of the first hit that stops, from 1 on.")
        }
        from = count
      } else {
        throw reader.rest.error(
          "After the selector comes nothing, or hits N, once, note, log and a text in quotes, or if "
            + "and a filter.")
      }
    }
    let condition = reader.rest.trimmed
    guard !condition.isEmpty else { throw condition.error("After if a filter is missing.") }
    self.init(
      selector, if: try FilterExpression(condition), from: from, isOnce: isOnce, then: then)
  }
}
