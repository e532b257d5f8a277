import EventicleCore

/// Reads one word of a command line as a field, metadata, or `id:{…}`.
enum ItemReader {
  /// The kinds of words.
  enum Piece {
    /// A plain word.
    case word
    case field(Item)
    case metadata(Metadata)
    /// `order-79:{"total":59}`: an id and the whole data.
    case keyed(id: SourceText, Item)
  }

  /// Classifies a word; throws at the column where something that looks like an item is not one.
  static func read(_ token: Token) throws(LanguageError) -> Piece {
    let text = token.text
    guard let place = operatorIndex(text) else { return .word }
    let left = text.slice(0..<place)
    if place == 0, text.hasMarks(":=", at: 0) {
      return .field(Item(ItemPath([]), try json(text.suffix(from: 2))))
    }
    guard place > 0 else {
      throw text.error(0..<1, "Before \(Unicode.Scalar(text.units[0].byte)) a name is missing.")
    }
    if text.mark(at: place) == Byte.equals { return try field(left, text, from: place + 1) }
    if text.mark(at: place + 1) == Byte.equals { return try jsonField(left, text, from: place + 2) }
    let value = text.suffix(from: place + 1)
    if text.mark(at: place + 1) == Byte.openBrace, !text.hasMarks("{{", at: place + 1) {
      return .keyed(id: left, Item(ItemPath([]), try json(value)))
    }
    return .metadata(try Metadata(left.string, at: left.span, value))
  }

  /// The index of the first unquoted `=` or `:`.
  private static func operatorIndex(_ text: SourceText) -> Int? {
    text.units.firstIndex {
      !$0.isLiteral && ($0.byte == Byte.equals || $0.byte == Byte.colon)
    }
  }

  private static func field(
    _ left: SourceText, _ text: SourceText, from start: Int
  ) throws(LanguageError) -> Piece {
    let value = text.suffix(from: start)
    if let file = try file(value) {
      return .field(Item(try ItemPath(left), .file(file, isJSON: false)))
    }
    if let template = try TextTemplate.read(value) {
      return .field(Item(try ItemPath(left), .text(template)))
    }
    return .field(Item(try ItemPath(left), .json(.string(value.string))))
  }

  private static func jsonField(
    _ left: SourceText, _ text: SourceText, from start: Int
  ) throws(LanguageError) -> Piece {
    let value = text.suffix(from: start)
    if let file = try file(value) {
      return .field(Item(try ItemPath(left), .file(file, isJSON: true)))
    }
    guard !value.isEmpty else {
      throw value.error("After := JSON is missing, as in total:=59 or lines:=[].")
    }
    return .field(Item(try ItemPath(left), try json(value)))
  }

  private static func json(_ text: SourceText) throws(LanguageError) -> ItemValue {
    let string = text.string
    // What is JSON already means exactly that, whatever stands in its strings.
    if string.contains("{{") || string.contains("%{"), (try? JSON(parsing: string)) == nil,
      let template = try TextTemplate.read(text, everywhere: true)
    {
      return .template(template)
    }
    return .json(try text.json())
  }

  /// The path after an unquoted `@`; `nil` for a value that stands in the line.
  private static func file(_ value: SourceText) throws(LanguageError) -> Located<String>? {
    guard value.mark(at: 0) == Byte.at else { return nil }
    let path = value.suffix(from: 1)
    guard !path.isEmpty else {
      throw value.error(
        "After @ the file is missing, as in note=@note.txt; a text that is @ needs quotes.")
    }
    return Located(path.string, path.span)
  }
}
