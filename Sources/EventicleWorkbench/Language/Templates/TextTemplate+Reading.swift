import EventicleCore

extension TextTemplate {
  /// Reads the blanks of a text; `nil` when there are none.
  ///
  /// - Parameter everywhere: Whether quotes keep nothing from being a blank, as in JSON.
  /// - Throws: ``LanguageError`` at a blank that is not closed or not known.
  static func read(
    _ text: SourceText, everywhere: Bool = false
  ) throws(LanguageError) -> TextTemplate? {
    var parts: [Part] = []
    var plain: [UInt8] = []
    var index = 0
    func opens(_ first: UInt8) -> Bool {
      guard text.byte(at: index) == first, text.byte(at: index + 1) == Byte.openBrace else {
        return false
      }
      return everywhere
        || (text.units[index].takesBlanks && text.units[index + 1].takesBlanks)
    }
    while index < text.count {
      let isVariable = opens(Byte.percent)
      guard isVariable || opens(Byte.openBrace) else {
        plain.append(text.units[index].byte)
        index += 1
        continue
      }
      if !plain.isEmpty { parts.append(.text(String(decoding: plain, as: UTF8.self))) }
      plain = []
      guard let close = close(of: text, from: index + 2, isVariable: isVariable) else {
        throw text.error(
          index..<(index + 2),
          "This \(isVariable ? "%{" : "{{") is never closed; for the text itself use single quotes."
        )
      }
      let inner = text.slice((index + 2)..<close)
      parts.append(.blank(isVariable ? .variable(try LineVariable(inner)) : try blank(inner)))
      index = close + (isVariable ? 1 : 2)
    }
    guard parts.contains(where: { if case .blank = $0 { true } else { false } }) else { return nil }
    if !plain.isEmpty { parts.append(.text(String(decoding: plain, as: UTF8.self))) }
    return TextTemplate(parts: parts)
  }

  /// The index of the sign that closes a blank.
  private static func close(of text: SourceText, from start: Int, isVariable: Bool) -> Int? {
    var index = start
    while let byte = text.byte(at: index) {
      if byte == Byte.closeBrace, isVariable || text.byte(at: index + 1) == Byte.closeBrace {
        return index
      }
      index += 1
    }
    return nil
  }

  /// Reads what stands between `{{` and `}}`.
  private static func blank(_ inner: SourceText) throws(LanguageError) -> Blank {
    let words = words(of: inner)
    guard let name = words.first else {
      throw inner.error("Between {{ and }} a name is missing, as in {{Count}}.")
    }
    let rest = words.dropFirst()
    switch name.string {
    case "Count": return try alone(.count, rest)
    case "ID": return try alone(.id, rest)
    case "Time": return try alone(.time, rest)
    case "Unix": return try alone(.unix, rest)
    case "Pick":
      guard !rest.isEmpty else {
        throw name.error("After Pick the words are missing, as in {{Pick red green}}.")
      }
      return .pick(rest.map(\.string))
    case "Random":
      guard rest.count == 2, let least = rest.first.flatMap({ Int($0.string) }),
        let most = rest.last.flatMap({ Int($0.string) }), least <= most
      else {
        throw inner.error(
          "After Random come two whole numbers, the smaller first, as in {{Random 1 9}}.")
      }
      return .random(least, most)
    case let other:
      throw LanguageError.unknown(
        "template", "{{\(other)}}", at: name.span,
        among: ["Count", "ID", "Time", "Unix", "Random", "Pick"].map { "{{\($0)}}" },
        hint: "There are \(Blank.forms.map(\.form).joined(separator: ", ")); for the text itself "
          + "use single quotes.")
    }
  }

  private static func alone(
    _ blank: Blank, _ rest: ArraySlice<SourceText>
  ) throws(LanguageError) -> Blank {
    guard let extra = rest.first else { return blank }
    throw extra.error("\(blank) takes nothing more.")
  }

  private static func words(of text: SourceText) -> [SourceText] {
    var words: [SourceText] = []
    var start: Int?
    for index in 0...text.count {
      if let byte = text.byte(at: index), !Byte.isBlank(byte) {
        start = start ?? index
      } else if let first = start {
        words.append(text.slice(first..<index))
        start = nil
      }
    }
    return words
  }
}

extension Token {
  /// Throws when a word that names something has a blank in it.
  func refuseBlanks() throws(LanguageError) {
    guard try TextTemplate.read(text) != nil else { return }
    throw error(
      "Blanks such as {{Count}} are filled in in ids, metadata and values; write this name itself.")
  }
}
