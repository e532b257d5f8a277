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
    let word = try require("The language of the test")
    guard let language = ExportRequest.TestLanguage(rawValue: word.string) else {
      throw LanguageError.unknown(
        "test in", word.string, at: word.span,
        among: ExportRequest.TestLanguage.allCases.map(\.rawValue),
        hint: "There are swift and js.")
    }
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
      if let next, diagramLanguage(next) != nil { return .flow(nil, try diagramLanguage()) }
      return .flow(try position(), try diagramLanguage())
    case "saga":
      let name = try require("The saga")
      if name.isFlag { throw unexpected(name) }
      let (saga, key) = name.text.nameAndKey
      guard !saga.isEmpty, key?.isEmpty != true else {
        throw name.error("A saga is written NAME or NAME/KEY.")
      }
      let reference = SagaReference(name: saga.string, key: key?.string)
      return .saga(Located(reference, name.span), try diagramLanguage())
    case "chart":
      let name = try require("The type of aggregate")
      if name.isFlag { throw unexpected(name) }
      let (type, id) = name.text.nameAndKey
      guard !type.isEmpty, id?.isEmpty != true else {
        throw name.error("A type of aggregate is written TYPE or TYPE/ID.")
      }
      return .chart(
        Located(type.string, name.span), key: id.map { Located(DomainID($0.string), $0.span) },
        try chartLanguage())
    case "map": return .map(try diagramLanguage())
    case let other:
      if word.isFlag { throw unexpected(word) }
      throw LanguageError.unknown(
        "diagram of", other, at: word.span, among: ["flow", "saga", "chart", "map"],
        hint: "There are flow, saga, chart and map.")
    }
  }

  private mutating func chartLanguage() throws(LanguageError) -> ExportRequest.ChartLanguage {
    let word = try require("The language of the chart, mermaid, dot or scxml,")
    guard let language = ExportRequest.ChartLanguage(rawValue: word.string) else {
      throw LanguageError.unknown(
        "chart in", word.string, at: word.span,
        among: ExportRequest.ChartLanguage.allCases.map(\.rawValue),
        hint: "There are mermaid, dot and scxml.")
    }
    return language
  }

  private func diagramLanguage(_ word: Token) -> ExportRequest.DiagramLanguage? {
    ExportRequest.DiagramLanguage(rawValue: word.string)
  }

  private mutating func diagramLanguage() throws(LanguageError) -> ExportRequest.DiagramLanguage {
    let word = try require("The language of the diagram, mermaid or dot,")
    guard let language = diagramLanguage(word) else {
      throw LanguageError.unknown(
        "diagram in", word.string, at: word.span,
        among: ExportRequest.DiagramLanguage.allCases.map(\.rawValue),
        hint: "There are mermaid and dot.")
    }
    return language
  }
}
