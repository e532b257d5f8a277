import EventicleCore

/// A line being edited: its characters, the caret, and the text cut out so far.
///
/// A character is a grapheme cluster, with its accents and joiners; a typed accent joins the
/// character before it.
struct LineEditor: Hashable, Sendable {
  /// The line's characters.
  private(set) var characters: [Character]
  /// The number of characters before the caret.
  private(set) var caret: Int
  /// The cut pieces, the newest last.
  private(set) var kills: [String] = []
  private var lastAct = Act.other

  /// The greatest number of pieces kept for yanking.
  static let mostKills = 32

  /// The effect of the last key, as far as the next key depends on it.
  enum Act: Hashable, Sendable {
    case other
    case kill
    /// Put a piece back: its start, and its distance from the newest piece.
    case yank(start: Int, age: Int)
  }

  /// Creates a line with the caret at its end.
  init(_ text: String = "") {
    characters = Array(text)
    caret = characters.count
  }

  /// The line as text.
  var text: String { String(characters) }

  /// The text before the caret.
  var before: String { String(characters[..<caret]) }

  /// Whether the caret is at the end of the line.
  var isAtEnd: Bool { caret == characters.count }

  // MARK: - Editing

  /// Replaces the whole line and moves the caret to its end.
  mutating func set(_ text: String) {
    characters = Array(text)
    caret = characters.count
    lastAct = .other
  }

  /// Inserts text at the caret.
  ///
  /// - Returns: `false` when the line would exceed ``Limits/lineBytes``; nothing changes then.
  @discardableResult
  mutating func insert(_ text: String) -> Bool {
    replace(caret..<caret, with: text)
  }

  /// Replaces some characters with text and moves the caret after it.
  ///
  /// - Returns: `false` when the line would exceed ``Limits/lineBytes``; nothing changes then.
  @discardableResult
  mutating func replace(_ range: Range<Int>, with text: String) -> Bool {
    let range = range.clamped(to: 0..<characters.count)
    let inserted = text.filter { !$0.isControl }
    let head = String(characters[..<range.lowerBound])
    let tail = String(characters[range.upperBound...])
    let bytes = head.utf8.count + inserted.utf8.count + tail.utf8.count
    // A line that is already too long may still become shorter.
    guard bytes <= Limits.lineBytes || inserted.isEmpty else { return false }
    join(head + inserted, tail)
    lastAct = .other
    return true
  }

  /// Sets the line to two texts with the caret between them, or after the character that both merge
  /// into.
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

  /// Moves the caret, clamped to the line.
  mutating func move(to place: Int) {
    caret = max(0, min(place, characters.count))
    lastAct = .other
  }

  /// The start of the word before a place; a word consists of letters and digits.
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

  /// The start of the text between spaces before a place.
  func blankStart(before place: Int) -> Int {
    var place = place
    while place > 0, characters[place - 1].isWhitespace { place -= 1 }
    while place > 0, !characters[place - 1].isWhitespace { place -= 1 }
    return place
  }

  // MARK: - Cutting and yanking

  /// Cuts characters; pieces cut in direct succession are joined.
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

  /// Puts the newest piece back.
  ///
  /// - Returns: Whether it fits.
  mutating func yank() -> Bool {
    guard let piece = kills.last else { return true }
    let start = caret
    guard insert(piece) else { return false }
    lastAct = .yank(start: start, age: 0)
    return true
  }

  /// Replaces the piece that was just put back with the one before it.
  ///
  /// - Returns: Whether it fits.
  mutating func yankOlder() -> Bool {
    guard case .yank(let start, let age) = lastAct, !kills.isEmpty else { return true }
    let next = (age + 1) % kills.count
    guard replace(start..<caret, with: kills[kills.count - 1 - next]) else { return false }
    lastAct = .yank(start: start, age: next)
    return true
  }

  /// Swaps the characters around the caret, or the last two at the end.
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

  /// Whether the character is one that a line must not contain.
  var isControl: Bool {
    unicodeScalars.contains { scalar in
      switch scalar.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator: true
      default: false
      }
    }
  }
}
