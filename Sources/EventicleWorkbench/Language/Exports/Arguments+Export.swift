import EventicleCore

extension Arguments {
  /// Reads `test LANGUAGE [A..B] [FILE]` or `diagram WHAT … LANGUAGE [FILE]`.
  mutating func exported() throws(LanguageError) -> Instruction {
    let word = try require("What to export")
    let content: ExportRequest.Content
    switch word.string {
    case "test": content = try exportedTest()
    case "diagram": content = try exportedDiagram()
    case let other:
      if word.isFlag { throw unexpected(word) }
      throw LanguageError.unknown(
        "export of", other, at: word.span, among: ["test", "diagram"],
        hint: "Write \(verb.signature).")
    }
    return .export(ExportRequest(content: content, path: try takeText(), force: isForced))
  }

  private mutating func exportedTest() throws(LanguageError) -> ExportRequest.Content {
    let language: ExportRequest.TestLanguage = try language(of: "test")
    guard let next, let range = MomentRange(parsing: next.string) else {
      return .test(language, nil)
    }
    _ = take()
    return .test(language, Located(range, next.span))
  }

  private mutating func exportedDiagram() throws(LanguageError) -> ExportRequest.Content {
    let word = try require("What the diagram is of")
    switch word.string {
    case "flow":
      if let next, ExportRequest.DiagramLanguage(rawValue: next.string) != nil {
        return .flow(nil, try language(of: "diagram"))
      }
      return .flow(try position(), try language(of: "diagram"))
    case "saga":
      let name = try require("The saga")
      if name.isFlag { throw unexpected(name) }
      let (saga, key) = name.text.nameAndKey
      guard !saga.isEmpty, key?.isEmpty != true else {
        throw name.error("A saga is written NAME or NAME/KEY.")
      }
      let reference = SagaReference(name: saga.string, key: key?.string)
      return .saga(Located(reference, name.span), try language(of: "diagram"))
    case "chart":
      let name = try require("The type of aggregate")
      if name.isFlag { throw unexpected(name) }
      let (type, id) = name.text.nameAndKey
      guard !type.isEmpty, id?.isEmpty != true else {
        throw name.error("A type of aggregate is written TYPE or TYPE/ID.")
      }
      return .chart(
        Located(type.string, name.span), key: id.map { Located(DomainID($0.string), $0.span) },
        try language(of: "chart"))
    case "map": return .map(try language(of: "diagram"))
    case let other:
      if word.isFlag { throw unexpected(word) }
      throw LanguageError.unknown(
        "diagram of", other, at: word.span, among: ["flow", "saga", "chart", "map"],
        hint: "There are flow, saga, chart and map.")
    }
  }

  /// Reads the language in which something is written.
  private mutating func language<Language: RawRepresentable & CaseIterable>(
    of what: String
  ) throws(LanguageError) -> Language where Language.RawValue == String {
    let known = Language.allCases.map(\.rawValue)
    let choices = known.dropLast().joined(separator: ", ") + " or " + (known.last ?? "")
    let word = try require("The language of the \(what), \(choices),")
    guard let language = Language(rawValue: word.string) else {
      throw LanguageError.unknown(
        "\(what) in", word.string, at: word.span, among: known,
        hint: "There are \(TypoCorrection.list(known)).")
    }
    return language
  }
}
