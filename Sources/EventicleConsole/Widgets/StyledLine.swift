import EventicleCore

/// A piece of text in one style.
struct StyledPiece: Hashable, Sendable {
  let text: DisplayText
  let style: CellStyle

  /// A text in a role, perhaps under another one.
  init(_ text: DisplayText, _ role: StyleRole = .uiText, overlay: StyleRole? = nil) {
    self.text = text
    style = CellStyle(role, overlay: overlay)
  }

  /// A text in a style.
  init(_ text: DisplayText, style: CellStyle) {
    self.text = text
    self.style = style
  }
}

/// One line of a pane: pieces from the left, and perhaps some that end at the right edge.
struct StyledLine: Hashable, Sendable {
  var pieces: [StyledPiece]
  /// What stands at the right edge, as far as there is room for it.
  var right: [StyledPiece] = []
  /// What is folded away or out by this line, if anything is.
  var foldPath: String?

  /// A line of pieces.
  init(_ pieces: [StyledPiece] = [], right: [StyledPiece] = []) {
    self.pieces = pieces
    self.right = right
  }

  /// A line of one text.
  init(_ text: DisplayText, _ role: StyleRole = .uiText) {
    pieces = text.isEmpty ? [] : [StyledPiece(text, role)]
  }

  /// A line without text.
  static let empty = StyledLine()

  /// The columns of what stands on the left.
  var width: Int { pieces.reduce(0) { $0 + $1.text.width } }

  /// Whether there is nothing to draw.
  var isEmpty: Bool { pieces.isEmpty && right.isEmpty }

  /// The text of the whole line.
  var text: DisplayText { (pieces + right).reduce(.empty) { $0 + $1.text } }

  /// Adds a piece.
  mutating func add(_ text: DisplayText, _ role: StyleRole = .uiText, overlay: StyleRole? = nil) {
    guard !text.isEmpty else { return }
    pieces.append(StyledPiece(text, role, overlay: overlay))
  }

  /// Adds a piece in exactly this many columns.
  mutating func add(
    _ text: DisplayText, _ role: StyleRole = .uiText, columns: Int,
    alignment: TextAlignment = .left
  ) {
    add(text.padded(to: max(0, columns), alignment: alignment), role)
  }

  /// Adds the pieces of another line.
  mutating func add(_ other: StyledLine) {
    pieces += other.pieces
  }

  /// Adds the letter of a kind, a blank and a name.
  mutating func add(letter: DisplayText, _ name: some StringProtocol, _ role: StyleRole) {
    add(letter + " " + PaneText.data(name), role)
  }

  /// The line with blanks before it.
  func indented(by columns: Int) -> StyledLine {
    var line = StyledLine(.spaces(columns))
    line.add(self)
    return line
  }

  /// The line itself when it fits, else its beginning and `…`.
  func truncated(to columns: Int) -> StyledLine {
    guard width > columns else { return self }
    var line = StyledLine()
    var room = columns
    for piece in pieces where room > 0 {
      let isLast = piece.text.width >= room
      let text = isLast ? (piece.text + " ").truncated(to: room) : piece.text
      line.pieces.append(StyledPiece(text, style: piece.style))
      room -= text.width
    }
    return line
  }

  /// The line without its first columns.
  func dropping(columns: Int) -> StyledLine {
    guard columns > 0 else { return self }
    var rest = columns
    var line = self
    line.pieces = pieces.map { piece in
      let dropped = min(rest, piece.text.width)
      rest -= dropped
      return StyledPiece(piece.text.dropping(columns: dropped), style: piece.style)
    }
    return line
  }
}
