import EventicleCore

/// One line being typed: its characters, the caret between them, and what was cut out.
///
/// A character is what a person takes for one, with its accents and joiners; typing an accent
/// joins it to the character before.
struct LineEditor: Hashable, Sendable {
  /// What has been typed.
  private(set) var characters: [Character]
  /// How many characters stand before the caret.
  private(set) var caret: Int
  /// What was cut out, the last piece at the end.
  private(set) var kills: [String] = []
  private var lastAct = Act.other

  /// How many pieces are kept for yanking.
  static let mostKills = 32

  /// What the last key did, as far as the next one depends on it.
  enum Act: Hashable, Sendable {
    case other
    case kill
    /// Put a piece back: where it starts, and how far from the newest it is.
    case yank(start: Int, age: Int)
  }

  /// A line with the caret at its end.
  init(_ text: String = "") {
    characters = Array(text)
    caret = characters.count
  }

  /// The line.
  var text: String { String(characters) }

  /// What stands before the caret.
  var before: String { String(characters[..<caret]) }

  /// Whether nothing stands after the caret.
  var isAtEnd: Bool { caret == characters.count }

  // MARK: - Changing

  /// Replaces the whole line; the caret goes to its end.
  mutating func set(_ text: String) {
    characters = Array(text)
    caret = characters.count
    lastAct = .other
  }

  /// Writes text at the caret.
  ///
  /// - Returns: Whether the line stayed within ``Limits/lineBytes``; if not, nothing changed.
  @discardableResult
  mutating func insert(_ text: String) -> Bool {
    replace(caret..<caret, with: text)
  }

  /// Puts text in the place of some characters; the caret goes behind it.
  ///
  /// - Returns: Whether the line stayed within ``Limits/lineBytes``; if not, nothing changed.
  @discardableResult
  mutating func replace(_ range: Range<Int>, with text: String) -> Bool {
    let range = range.clamped(to: 0..<characters.count)
    let inserted = text.filter { !$0.isControl }
    let head = String(characters[..<range.lowerBound])
    let tail = String(characters[range.upperBound...])
    let bytes = head.utf8.count + inserted.utf8.count + tail.utf8.count
    // A line that is too long already may still become shorter.
    guard bytes <= Limits.lineBytes || inserted.isEmpty else { return false }
    join(head + inserted, tail)
    lastAct = .other
    return true
  }

  /// Sets the line to two texts with the caret between them, or behind the character that both
  /// became part of.
  private mutating func join(_ head: String, _ tail: String) {
    characters = Array(head + tail)
    let bytes = head.utf8.count
    var place = 0
    var seen = 0
    while place < characters.count, seen < bytes {
      seen += characters[place].utf8.count
      place += 1
    }
    caret = place
  }

  private mutating func delete(_ range: Range<Int>) {
    replace(range, with: "")
  }

  // MARK: - Moving

  /// Moves the caret, staying in the line.
  mutating func move(to place: Int) {
    caret = max(0, min(place, characters.count))
    lastAct = .other
  }

  /// The start of the word before a place; a word is letters and digits.
  func wordStart(before place: Int) -> Int {
    var place = place
    while place > 0, !characters[place - 1].isWord { place -= 1 }
    while place > 0, characters[place - 1].isWord { place -= 1 }
    return place
  }

  /// The end of the word after a place.
  func wordEnd(after place: Int) -> Int {
    var place = place
    while place < characters.count, !characters[place].isWord { place += 1 }
    while place < characters.count, characters[place].isWord { place += 1 }
    return place
  }

  /// The start of what stands between blanks before a place.
  func blankStart(before place: Int) -> Int {
    var place = place
    while place > 0, characters[place - 1].isWhitespace { place -= 1 }
    while place > 0, !characters[place - 1].isWhitespace { place -= 1 }
    return place
  }

  // MARK: - Cutting and putting back

  /// Cuts characters out; pieces cut one right after the other become one.
  mutating func kill(_ range: Range<Int>) {
    let wasKill = lastAct == .kill
    guard !range.isEmpty else { return }
    let piece = String(characters[range])
    let isForward = range.lowerBound == caret
    delete(range)
    if wasKill, let last = kills.popLast() {
      kills.append(isForward ? last + piece : piece + last)
    } else {
      kills.append(piece)
      if kills.count > LineEditor.mostKills { kills.removeFirst() }
    }
    lastAct = .kill
  }

  /// Puts the last piece back.
  ///
  /// - Returns: Whether it fits.
  mutating func yank() -> Bool {
    guard let piece = kills.last else { return true }
    let start = caret
    guard insert(piece) else { return false }
    lastAct = .yank(start: start, age: 0)
    return true
  }

  /// Takes the piece that was just put back for the one before it.
  ///
  /// - Returns: Whether it fits.
  mutating func yankOlder() -> Bool {
    guard case .yank(let start, let age) = lastAct, !kills.isEmpty else { return true }
    let next = (age + 1) % kills.count
    guard replace(start..<caret, with: kills[kills.count - 1 - next]) else { return false }
    lastAct = .yank(start: start, age: next)
    return true
  }

  /// Swaps the characters around the caret; at the end, the last two.
  mutating func transpose() {
    guard caret > 0, characters.count > 1 else { return }
    let place = isAtEnd ? caret - 1 : caret
    let swapped = String(characters[place]) + String(characters[place - 1])
    replace((place - 1)..<(place + 1), with: swapped)
  }
}

extension Character {
  /// Whether it is a letter or a digit.
  var isWord: Bool { isLetter || isNumber }

  /// Whether it is nothing that a line can hold.
  var isControl: Bool {
    unicodeScalars.contains { scalar in
      switch scalar.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator: true
      default: false
      }
    }
  }
}
