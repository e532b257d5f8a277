package import EventicleCore

/// A place in time as people write it; the timeline resolves it.
package enum PositionExpression: Hashable, Sendable, CustomStringConvertible {
  /// `#12`: the last moment before the next event.
  case event(Position)
  /// `#12.0`: right after the step that appended an event; `#12.3`: three steps later.
  case moment(MomentName)
  /// `j12`: just after a journal entry.
  case entry(JournalIndex)
  /// `@12:04`: the last entry at or before a time.
  case time(TimeExpression)
  /// `+5m`, `-30s`: relative to the time cursor.
  case relative(Interval)
  /// `50%`: a share of the journal, from 0 to 100.
  case percent(Int)
  /// `mark:name`: a bookmark.
  case mark(String)
  /// `start`: before everything.
  case start
  /// `end`: after everything recorded.
  case end
  /// `live`: the end, following new entries.
  case live

  /// The accepted forms, for error messages.
  static let forms =
    "#12 (an event), #12.1, j12 (an entry), @12:04, +5m, -30s, 50%, mark:NAME, start, end or live"

  /// Reads a position.
  ///
  /// - Throws: ``LanguageError`` that lists the forms of a position.
  package init(parsing text: some StringProtocol) throws(LanguageError) {
    try self.init(SourceText(text).trimmed)
  }

  init(_ text: SourceText) throws(LanguageError) {
    let word = text.string
    switch word {
    case "start": self = .start
    case "end": self = .end
    case "live": self = .live
    default:
      guard let position = PositionExpression(sigil: word) else {
        throw PositionExpression.failure(word, text)
      }
      self = position
    }
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
    } else if word.hasPrefix("j"), let number = PositionExpression.count(rest) {
      self = .entry(JournalIndex(number))
    } else if word.hasPrefix("@"), let time = TimeExpression(parsing: rest) {
      self = .time(time)
    } else if word.hasSuffix("%"), let share = PositionExpression.count(word.dropLast()),
      share <= 100
    {
      self = .percent(share)
    } else if case .relative(let interval)? = TimeExpression(parsing: word) {
      self = .relative(interval)
    } else {
      return nil
    }
  }

  private static func moment(_ text: Substring) -> MomentName? {
    guard let dot = text.firstIndex(of: "."), let position = count(text[..<dot]),
      let steps = count(text[text.index(after: dot)...])
    else { return nil }
    return MomentName(Position(position), steps: steps)
  }

  private static func failure(_ word: String, _ text: SourceText) -> LanguageError {
    if count(word) != nil {
      return text.error(
        "A position needs its sign: #\(word) is an event, j\(word) a journal entry.",
        suggestion: "#\(word)")
    }
    if TimeExpression(parsing: word) != nil {
      return text.error("A time as a position starts with @: @\(word).", suggestion: "@\(word)")
    }
    let nearest = TypoCorrection.nearest(to: word, among: ["start", "end", "live"])
    let question = nearest.map { "; did you mean \"\($0)\"?" } ?? "."
    return text.error(
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
    case .time(let time): "@\(time)"
    case .relative(let interval): TimeExpression.relative(interval).description
    case .percent(let share): "\(share)%"
    case .mark(let name): "mark:\(name)"
    case .start: "start"
    case .end: "end"
    case .live: "live"
    }
  }
}
