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
    try refuseFile(text, at: start)
    return .field(Item(try ItemPath(left), .json(.string(text.suffix(from: start).string))))
  }

  private static func jsonField(
    _ left: SourceText, _ text: SourceText, from start: Int
  ) throws(LanguageError) -> Piece {
    try refuseFile(text, at: start)
    let value = text.suffix(from: start)
    guard !value.isEmpty else {
      throw value.error("After := JSON is missing, as in total:=59 or lines:=[].")
    }
    return .field(Item(try ItemPath(left), try json(value)))
  }

  private static func json(_ text: SourceText) throws(LanguageError) -> ItemValue {
    let string = text.string
    if string.contains("{{") || string.contains("%{"), (try? JSON(parsing: string)) == nil {
      return .template(string)
    }
    return .json(try text.json())
  }

  private static func refuseFile(_ text: SourceText, at index: Int) throws(LanguageError) {
    guard text.mark(at: index) == Byte.at else { return }
    throw text.error(
      index..<text.count,
      "Files are not read here. Write the value itself, or put quotes around a text with @.")
  }
}
