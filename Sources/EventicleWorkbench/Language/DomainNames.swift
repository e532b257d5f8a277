package import EventicleCore

/// The names of a domain that may begin a line, as verbs do: `PlaceOrder customer=c-19` is
/// `do PlaceOrder customer=c-19`, and `order-1` shows that order.
package struct DomainNames: Sendable {
  /// What a name stands for.
  package enum Meaning: Hashable, Sendable {
    case command
    case aggregateType
    case aggregate(AggregateReference)
    case saga
    case view
  }

  /// What a word stands for; `nil` for no name of the domain.
  let meaning: @Sendable (String) -> Meaning?
  /// The names of what is declared.
  let declared: [String]

  /// No names, where no domain is known.
  package static let none = DomainNames(declared: []) { _ in nil }

  private init(declared: [String], _ meaning: @escaping @Sendable (String) -> Meaning?) {
    self.declared = declared
    self.meaning = meaning
  }

  /// The names in a moment: what is declared, and the aggregates that have events.
  package init(_ moment: MomentView) {
    let domain = moment.domain
    let histories = moment.timeline.head.histories
    self.init(
      declared: domain.commands.map(\.type) + domain.views.map(\.name) + domain.sagas.map(\.name)
        + domain.aggregates.map(\.type)
    ) { word in
      if domain.command(word) != nil { return .command }
      if domain.view(word) != nil { return .view }
      if domain.saga(word) != nil { return .saga }
      if domain.aggregate(word) != nil { return .aggregateType }
      let type = domain.aggregates.map(\.type).first { type in
        histories.version(of: AggregateKey(stored: type, DomainID(word))).number > 0
      }
      return type.map { .aggregate(AggregateReference(type: $0, id: DomainID(word))) }
    }
  }

  /// The names nearest to a mistyped word, for its error.
  func nearest(to word: String) -> String? { TypoCorrection.nearest(to: word, among: declared) }
}

extension Instruction {
  /// What a line means that begins with a name of the domain; `nil` when its first word is none.
  static func named(
    _ token: Token, _ names: DomainNames, _ lexer: inout Lexer
  ) throws(LanguageError) -> Instruction? {
    let parts = try nameParts(of: token)
    guard let meaning = names.meaning(parts.name) else { return nil }
    let words = try lexer.words()
    guard meaning != .command else {
      var arguments = Arguments(verb: .named(.dispatch), [token] + words, end: lexer.here)
      let instruction = try arguments.instruction()
      try arguments.finish()
      return instruction
    }
    let key = parts.key ?? words.first?.string
    if let extra = words.dropFirst(parts.key == nil ? 1 : 0).first {
      throw extra.error("\"\(LanguageError.shortened(extra.string))\" is too much behind a name.")
    }
    let span = key == nil || words.isEmpty ? token.span : words[0].span
    switch meaning {
    case .command: return nil
    case .aggregateType:
      guard let key else { return .aggregates(Located(parts.name, token.span)) }
      let reference = AggregateReference(type: parts.name, id: DomainID(key))
      return .aggregate(Located(reference, span), version: nil)
    case .aggregate(let reference):
      guard key == nil else {
        throw token.error("Behind \(reference.id.text) nothing more is expected; it is shown.")
      }
      return .aggregate(Located(reference, token.span), version: nil)
    case .saga: return .saga(Located(SagaReference(name: parts.name, key: key), span))
    case .view:
      return .view(
        name: Located(parts.name, token.span), key: key.map { Located($0, span) })
    }
  }

  /// `PaymentSaga/order-1` is a name and a key.
  private static func nameParts(
    of token: Token
  ) throws(LanguageError) -> (name: String, key: String?) {
    let text = token.string
    guard let slash = text.firstIndex(of: "/") else { return (text, nil) }
    let key = String(text[text.index(after: slash)...])
    return (String(text[..<slash]), key.isEmpty ? nil : key)
  }
}
