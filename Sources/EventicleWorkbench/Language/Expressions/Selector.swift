package import EventicleCore

/// Something in the engine to stop at or look for: `A Order/order-1.status = paid`.
package struct Selector: Hashable, Sendable, CustomStringConvertible {
  /// The kinds of things; the letter is the one that rows of the console show.
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    case event = "E"
    case command = "C"
    case saga = "S"
    case aggregate = "A"
    case view = "V"
    case timer = "T"
    /// A handler that failed, or a command that was refused.
    case error
    /// Any change of a field: `change Order/order-77 .hold`.
    case change
    /// An event in a stream.
    case stream
    /// A handler that failed.
    case failure
    /// A command that was refused.
    case refusal

    /// What the name stands for, in messages.
    var noun: String {
      switch self {
      case .event: "a type of event, as in E OrderCreated"
      case .command: "a command, as in C PlaceOrder"
      case .saga: "a saga, as in S PaymentSaga/order-1"
      case .aggregate: "an aggregate, as in A Order/order-1"
      case .view: "a view, as in V Revenue/GBP"
      case .timer: "a timer, as in T PaymentSaga/order-1/retry"
      case .stream: "a stream, as in stream payments"
      case .error: "anything that failed or was refused"
      case .failure: "a handler that failed"
      case .refusal: "a command that was refused"
      case .change: "an aggregate, as in change Order/order-1 .status"
      }
    }
  }

  /// The kind of thing.
  package let kind: Kind
  /// The type or name; may be a glob for events and commands, and is empty for errors.
  package let name: String
  /// The id or key; `nil` for all of them.
  package let id: String?
  /// The name of the timer, for timers only.
  package let timer: String?
  /// The path of a field.
  package let path: JSONPath?
  /// The condition on the field.
  package let test: ValueTest?

  /// A selector; what is left out matches anything.
  package init(
    _ kind: Kind, _ name: String = "", id: String? = nil, timer: String? = nil,
    path: JSONPath? = nil, test: ValueTest? = nil
  ) {
    self.kind = kind
    self.name = name
    self.id = id
    self.timer = timer
    self.path = path
    self.test = test
  }

  /// Reads a selector and its test, if any.
  ///
  /// - Throws: ``LanguageError`` at the column of the mistake.
  package init(parsing text: some StringProtocol) throws(LanguageError) {
    var reader = ExpressionReader(SourceText(text).trimmed)
    self = try SelectorReader.selector(&reader)
    reader.skipBlanks()
    guard reader.isAtEnd else { throw reader.failure("A selector ends here.") }
  }

  /// Whether a name matches; `*` and `?` in the selector's name are wildcards.
  package func isNamed(_ candidate: String) -> Bool {
    guard name.utf8.contains(Byte.asterisk) || name.utf8.contains(Byte.question) else {
      return isSameText(name, candidate)
    }
    return TextPattern(SourceText(name), isPart: false).matches(candidate)
  }

  /// The same selector with a test.
  func testing(_ test: ValueTest) -> Selector {
    Selector(kind, name, id: id, timer: timer, path: path, test: test)
  }

  /// The selector as it is written and read.
  package var description: String {
    var text = kind.rawValue
    if !name.isEmpty {
      text += " \(Selector.word(name, keeping: [Byte.dot, Byte.asterisk, Byte.question]))"
    }
    if let id { text += "/\(Selector.word(id, keeping: [Byte.colon]))" }
    if let timer { text += "/\(Selector.word(timer, keeping: []))" }
    if let path { text += "\(id == nil ? " " : "").\(Selector.text(path))" }
    if let test { text += " \(test)" }
    return text
  }

  private static func word(_ text: String, keeping kept: [UInt8]) -> String {
    let isPlain =
      !text.isEmpty
      && text.utf8.allSatisfy {
        Byte.isLetter($0) || Byte.isDigit($0) || $0 == Byte.hyphen || $0 == 0x5F || $0 >= 0x80
          || kept.contains($0)
      }
    return isPlain ? text : Quoting.quoted(text)
  }

  private static func text(_ path: JSONPath) -> String {
    ItemPath(
      path.steps.map { step in
        switch step {
        case .member(let name): .member(name)
        case .element(let index): .element(index)
        }
      }
    ).description
  }
}
