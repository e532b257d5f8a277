import EventicleCore

extension Arguments {
  /// The words of a verb that takes fields, by kind.
  struct Sorted {
    var words: [Token] = []
    var items = Items()
    var keyedID: SourceText?
    var count: Located<Int>?
    var every: Located<Interval>?
    /// The values of the other flags, by name.
    var texts: [String: Located<String>] = [:]
  }

  mutating func emission() throws(LanguageError) -> Emission {
    let sorted = try sort(wordLimit: 3, metadata: Metadata.names)
    guard let stream = sorted.words.first else { throw missing("The stream") }
    for word in sorted.words.prefix(2) { try word.refuseBlanks() }
    let items = sorted.items
    var type = items.type
    if sorted.words.count > 1 {
      type = Located(EventType(sorted.words[1].string), sorted.words[1].span)
    }
    guard let type else {
      guard let id = sorted.keyedID else { throw missing("The type of the event") }
      throw LanguageError(
        at: id.span,
        "Which type of event? Write it before the id, or add type:T, as in type:OrderCreated.")
    }
    if sorted.words.count > 2, let id = sorted.keyedID {
      throw LanguageError(at: id.span, "The id is given twice. Write \(verb.signature).")
    }
    var id = items.domainID
    if sorted.words.count > 2 {
      id = Located(DomainID(sorted.words[2].string), sorted.words[2].span)
    }
    if let keyed = sorted.keyedID { id = Located(DomainID(keyed.string), keyed.span) }
    var idTemplate: Located<TextTemplate>?
    let idText = sorted.keyedID ?? (sorted.words.count > 2 ? sorted.words[2].text : nil)
    if let idText, let span = id?.span, let template = try TextTemplate.read(idText) {
      idTemplate = Located(template, span)
    }
    for word in sorted.words where word.text.isEmpty {
      throw word.error("This word is empty. Write \(verb.signature).")
    }
    return Emission(
      stream: Located(StreamName(stream.string), stream.span), type: type, id: id,
      idTemplate: idTemplate, items: items,
      repetition: Repetition(count: sorted.count, every: sorted.every))
  }

  mutating func commandRequest() throws(LanguageError) -> CommandRequest {
    let sorted = try sort(wordLimit: 1, metadata: ["causedBy", "at", "createdAt", "source"])
    guard let command = sorted.words.first else { throw missing("The command") }
    if let id = sorted.keyedID {
      throw LanguageError(
        at: id.span, "A command has no id in front of its data. Write \(verb.signature).")
    }
    guard !command.text.isEmpty else { throw missing("The command") }
    try command.refuseBlanks()
    return CommandRequest(
      command: Located(command.string, command.span), items: sorted.items,
      repetition: Repetition(count: sorted.count, every: sorted.every))
  }

  /// Reads the fields after a verb that takes no metadata and no flags.
  mutating func fields() throws(LanguageError) -> Items {
    let sorted = try sort(wordLimit: 0, metadata: [])
    if let flag = sorted.count?.span ?? sorted.every?.span {
      throw LanguageError(
        at: flag, "\(verb.name.rawValue) is done once. Write \(verb.signature).")
    }
    if let id = sorted.keyedID {
      throw LanguageError(
        at: id.span, "An event keeps its id; only its data changes. Write \(verb.signature).")
    }
    return sorted.items
  }

  /// Sorts all words into plain words, fields, metadata and flags.
  mutating func sort(
    wordLimit: Int, metadata: [String], flags: [String] = ["count", "every"]
  ) throws(LanguageError) -> Sorted {
    var sorted = Sorted()
    var takesFlags = true
    var itemCount = 0
    while let word = take() {
      if takesFlags, word.endsFlags {
        takesFlags = false
        continue
      }
      if takesFlags, word.isFlag {
        try takeFlag(word, of: flags, into: &sorted)
        continue
      }
      switch try ItemReader.read(word) {
      case .word:
        guard sorted.words.count < wordLimit, sorted.items.isEmpty else { throw tooMuch(word) }
        sorted.words.append(word)
        continue
      case .field(let item): sorted.items.append(Located(item, word.span))
      case .metadata(let fact):
        guard metadata.contains(fact.name) else {
          throw word.error(
            "\(verb.name.rawValue) takes no \(fact.name):. Write \(verb.signature).")
        }
        sorted.items.append(Located(fact, word.span))
      case .keyed(let id, let item):
        if sorted.keyedID != nil { throw tooMuch(word) }
        sorted.keyedID = id
        sorted.items.append(Located(item, word.span))
      }
      itemCount += 1
      guard itemCount <= Items.limit else {
        throw word.error("One command has at most \(Items.limit) fields; write JSON instead.")
      }
    }
    return sorted
  }

  private func tooMuch(_ word: Token) -> LanguageError {
    let text = LanguageError.shortened(word.string)
    return word.error(
      "\"\(text)\" is too much here; a field is written name=value. Write \(verb.signature).")
  }

  private mutating func takeFlag(
    _ word: Token, of flags: [String], into sorted: inout Sorted
  ) throws(LanguageError) {
    let equals = word.text.firstMark(Byte.equals)
    let name = word.text.slice(2..<(equals ?? word.text.count))
    guard flags.contains(name.string) else {
      throw LanguageError.unknown(
        "flag", "--\(name.string)", at: word.span, among: flags.map { "--\($0)" },
        hint: "Write \(verb.signature).")
    }
    let value: SourceText
    if let equals {
      value = word.text.suffix(from: equals + 1)
    } else {
      value = try require("The value of --\(name.string)").text
    }
    switch name.string {
    case "count":
      guard let count = PositionExpression.count(value.string),
        (1...Repetition.countLimit).contains(count)
      else {
        throw value.error("--count is a number from 1 to \(Repetition.countLimit).")
      }
      sorted.count = Located(count, value.span)
    case "every":
      guard let interval = Interval(parsing: value.string), interval.milliseconds >= 0 else {
        throw value.error("--every is a length of time, as in 200ms, 30s or 1h30m.")
      }
      sorted.every = Located(interval, value.span)
    default: sorted.texts[name.string] = Located(value.string, value.span)
    }
  }
}
