import EventicleCore

/// A line of text in several roles.
struct SagaText: Hashable, Sendable {
  /// A part of one role.
  struct Piece: Hashable, Sendable {
    let text: DisplayText
    let role: StyleRole
  }

  /// The parts from left to right.
  private(set) var pieces: [Piece] = []
  /// The columns that all parts take.
  private(set) var width = 0

  /// No text.
  static let empty = SagaText()

  /// A line without text.
  init() {}

  /// A line of one part.
  init(_ text: DisplayText, _ role: StyleRole = .uiText) {
    add(text, role)
  }

  /// Whether there is nothing to draw.
  var isEmpty: Bool { width == 0 }

  /// Adds a part on the right.
  mutating func add(_ text: DisplayText, _ role: StyleRole = .uiText) {
    guard !text.isEmpty else { return }
    pieces.append(Piece(text: text, role: role))
    width += text.width
  }

  /// Adds a part in exactly this many columns.
  mutating func add(
    _ text: DisplayText, _ role: StyleRole, columns: Int, alignment: TextAlignment = .left
  ) {
    add(text.padded(to: max(0, columns), alignment: alignment), role)
  }

  /// Adds another line.
  mutating func add(_ other: SagaText) {
    pieces += other.pieces
    width += other.width
  }

  /// Adds the letter of a kind, a blank and a name.
  mutating func add(letter: DisplayText, _ name: some StringProtocol, _ role: StyleRole) {
    add(letter, role)
    add(" " + SagaText.data(name), role)
  }

  /// Fills up with blanks to this many columns.
  mutating func pad(to columns: Int) {
    add(.spaces(columns - width))
  }

  /// The line with blanks before it.
  func indented(by columns: Int) -> SagaText {
    var line = SagaText(.spaces(columns))
    line.add(self)
    return line
  }

  /// The line itself when it fits, else its beginning and `…`.
  func truncated(to columns: Int) -> SagaText {
    guard width > columns else { return self }
    var line = SagaText()
    for piece in pieces where line.width < columns {
      let room = columns - line.width
      let isLast = piece.text.width >= room
      line.add(
        isLast ? (piece.text + " ").truncated(to: room) : piece.text, piece.role)
    }
    return line
  }

  /// The text without its roles.
  var text: DisplayText { pieces.reduce(.empty) { $0 + $1.text } }

  /// Text of data; no more of it is read than a wide screen shows.
  static func data(_ text: some StringProtocol) -> DisplayText {
    DisplayText(sanitising: text, limit: 400)
  }

  /// A sentence in lines of at most this many columns, broken between words.
  ///
  /// - Parameter most: How many lines there may be; the last one then ends with `…`.
  static func wrapped(
    _ sentence: String, _ role: StyleRole, columns: Int, most: Int
  ) -> [SagaText] {
    guard columns > 0, most > 0 else { return [] }
    var lines: [DisplayText] = []
    var line = DisplayText.empty
    for word in sentence.prefix(1_000).split(whereSeparator: \.isWhitespace) {
      let word = data(word)
      if !line.isEmpty, line.width + 1 + word.width > columns {
        lines.append(line)
        line = .empty
      }
      line = line.isEmpty ? word : line + " " + word
      if lines.count > most { break }
    }
    if !line.isEmpty { lines.append(line) }
    if lines.count > most {
      let last = lines[most - 1] + " …"
      lines = Array(lines.prefix(most - 1)) + [last]
    }
    return lines.map { SagaText($0.truncated(to: columns), role) }
  }
}

extension Canvas {
  /// Writes a line of several roles in one row.
  ///
  /// - Parameter columns: The field's columns; longer text is cut with `…`.
  /// - Returns: The columns the text takes.
  @discardableResult
  mutating func put(
    _ line: SagaText, at point: Point, columns: Int? = nil, overlay: StyleRole? = nil
  ) -> Int {
    let fitting = columns.map { line.truncated(to: max(0, $0)) } ?? line
    var place = point
    for piece in fitting.pieces {
      place.column += put(piece.text, at: place, style: CellStyle(piece.role, overlay: overlay))
    }
    return fitting.width
  }
}
