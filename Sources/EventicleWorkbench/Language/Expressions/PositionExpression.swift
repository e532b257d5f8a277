package import EventicleCore

/// A place in time as people write it; the timeline resolves it.
package enum PositionExpression: Hashable, Sendable, CustomStringConvertible {
  /// `#12`: the last moment before the next event.
  case event(Position)
  /// `#12.0`: right after the step that appended an event; `#12.3`: three steps later.
  case moment(MomentName)
  /// `j12`: just after a journal entry.
  case entry(JournalIndex)
  /// `#-3`, `#+3`, `+3`: so many events before or after the time cursor.
  case events(Int)
  /// `j-3`, `j+3`: so many journal entries before or after the time cursor.
  case entries(Int)
  /// `last OrderPaid`: the newest event of a type, in which `*` and `?` are wildcards.
  case last(TextPattern)
  /// `12:04`, `@12:04`: the last entry at or before a time.
  case time(TimeExpression)
  /// `+5m`, `-30s`: relative to the time cursor.
  case relative(Interval)
  /// `50%`: a share of the journal, from 0 to 100.
  case percent(Int)
  /// `mark:name`: a bookmark.
  case mark(String)
  /// `name`: the bookmark of that name, where no other position is written so.
  case name(String)
  /// `start`: before everything.
  case start
  /// `end`: after everything recorded.
  case end
  /// `live`: the end, following new entries.
  case live

  /// The accepted forms, for error messages.
  static let forms =
    "#12 (an event), #12.1, #-3, j12 (an entry), 12:04, +5m, -30s, 50%, last TYPE, mark:NAME, "
    + "start, end or live"

  /// Reads a position.
  ///
  /// - Throws: ``LanguageError`` that lists the forms of a position.
  package init(parsing text: some StringProtocol) throws(LanguageError) {
    try self.init(SourceText(text).trimmed)
  }

  init(_ text: SourceText) throws(LanguageError) {
    if text.hasMarks("last", at: 0), text.byte(at: 4).map(Byte.isBlank) ?? true {
      self = try PositionExpression.last(text.suffix(from: 4).trimmed)
      return
    }
    let word = text.string
    switch word {
    case "start": self = .start
    case "end": self = .end
    case "live": self = .live
    default:
      if let position = PositionExpression(sigil: word) {
        self = position
      } else if word.first?.isLetter == true, Marks.fault(inName: word) == nil,
        TypoCorrection.nearest(to: word, among: PositionExpression.words) == nil
      {
        self = .name(word)
      } else {
        throw PositionExpression.failure(word, text)
      }
    }
  }

  private static func last(_ text: SourceText) throws(LanguageError) -> PositionExpression {
    guard !text.isEmpty else {
      throw text.error("After last the type of event is missing, as in last OrderPaid.")
    }
    var reader = ExpressionReader(text)
    let type = try reader.chunk { _ in false }
    guard reader.isAtEnd else {
      throw reader.failure("After last comes one type of event, as in last OrderPaid.")
    }
    return .last(TextPattern(type, isPart: false))
  }

  /// Reads a position that stands alone as a line; `nil` for what begins like no position.
  ///
  /// - Throws: ``LanguageError`` for what only begins like one.
  init?(alone text: SourceText) throws(LanguageError) {
    guard text.isPlain, let first = text.byte(at: 0) else { return nil }
    let signs: [UInt8] = [Byte.hash, Byte.at, Byte.plus, Byte.hyphen]
    let next = text.byte(at: 1)
    let begins =
      Byte.isDigit(first) || signs.contains(first) || text.hasMarks("mark:", at: 0)
      || (first == 0x6A && (next.map { Byte.isDigit($0) || signs.contains($0) } ?? false))
    guard begins else { return nil }
    try self.init(text)
  }

  /// How to write the position of a bookmark: its name alone where that means nothing else.
  static func naming(_ name: String) -> String {
    if case .name = try? PositionExpression(parsing: name) { return Quoting.word(name) }
    return "mark:\(Quoting.word(name))"
  }

  private init?(sigil word: String) {
    let rest = word.dropFirst()
    if word.hasPrefix("mark:") {
      let name = word.dropFirst(5)
      guard !name.isEmpty else { return nil }
      self = .mark(String(name))
    } else if word.hasPrefix("#"), let number = PositionExpression.count(rest) {
      self = .event(Position(number))
    } else if word.hasPrefix("#"), let name = PositionExpression.moment(rest) {
      self = .moment(name)
    } else if word.hasPrefix("#"), let count = PositionExpression.signed(rest) {
      self = .events(count)
    } else if word.hasPrefix("j"), let count = PositionExpression.signed(rest) {
      self = .entries(count)
    } else if let count = PositionExpression.signed(word) {
      self = .events(count)
    } else if word.hasPrefix("j"), let number = PositionExpression.count(rest) {
      self = .entry(JournalIndex(number))
    } else if word.hasPrefix("@"), let time = TimeExpression(parsing: rest) {
      self = .time(time)
    } else if word.hasSuffix("%"), let share = PositionExpression.count(word.dropLast()),
      share <= 100
    {
      self = .percent(share)
    } else if PositionExpression.count(word) == nil, let time = TimeExpression(parsing: word) {
      if case .relative(let interval) = time {
        self = .relative(interval)
      } else {
        self = .time(time)
      }
    } else {
      return nil
    }
  }

  /// The number written with a sign and digits, if it fits.
  private static func signed(_ text: some StringProtocol) -> Int? {
    guard let sign = text.utf8.first, sign == Byte.plus || sign == Byte.hyphen,
      let count = count(text.dropFirst())
    else { return nil }
    return sign == Byte.hyphen ? -count : count
  }

  private static func moment(_ text: Substring) -> MomentName? {
    guard let dot = text.firstIndex(of: "."), let position = count(text[..<dot]),
      let steps = count(text[text.index(after: dot)...])
    else { return nil }
    return MomentName(Position(position), steps: steps)
  }

  private static let words = ["start", "end", "live"]

  private static func failure(_ word: String, _ text: SourceText) -> LanguageError {
    if count(word) != nil {
      return text.error(
        "A position needs its sign: #\(word) is an event, j\(word) a journal entry.",
        suggestion: "#\(word)")
    }
    return noPosition(word, at: text.span, marks: [])
  }

  /// The error for a word that is no position and the name of none.
  static func noPosition(_ word: String, at span: Span, marks: [String]) -> LanguageError {
    let nearest = TypoCorrection.nearest(to: word, among: words + marks)
    let question = nearest.map { "; did you mean \"\($0)\"?" } ?? "."
    return LanguageError(
      at: span,
      "\"\(LanguageError.shortened(word))\" is not a position\(question) A position is \(forms).",
      suggestion: nearest)
  }

  /// The number written with nothing but digits, if it fits.
  static func count(_ digits: some StringProtocol) -> Int? {
    guard !digits.isEmpty, digits.utf8.allSatisfy(Byte.isDigit) else { return nil }
    return Int(digits)
  }

  /// The position as it is written and read.
  package var description: String {
    switch self {
    case .event(let position): position.description
    case .moment(let name): "\(name.position).\(name.steps)"
    case .entry(let index): index.description
    case .events(let count): count < 0 ? "#\(count)" : "#+\(count)"
    case .entries(let count): count < 0 ? "j\(count)" : "j+\(count)"
    case .last(let type): "last \(type)"
    case .time(let time): "@\(time)"
    case .relative(let interval): TimeExpression.relative(interval).description
    case .percent(let share): "\(share)%"
    case .mark(let name): "mark:\(name)"
    case .name(let name): name
    case .start: "start"
    case .end: "end"
    case .live: "live"
    }
  }
}
