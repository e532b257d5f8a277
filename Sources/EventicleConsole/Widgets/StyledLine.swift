import EventicleCore

/// A piece of text in one style.
struct StyledPiece: Hashable, Sendable {
  let text: DisplayText
  let style: CellStyle

  /// Creates a piece in a role, optionally with another role laid over it.
  init(_ text: DisplayText, _ role: StyleRole = .uiText, overlay: StyleRole? = nil) {
    self.text = text
    style = CellStyle(role, overlay: overlay)
  }

  /// Creates a piece in a style.
  init(_ text: DisplayText, style: CellStyle) {
    self.text = text
    self.style = style
  }
}

extension StyledPiece {
  /// The piece of a row that comes after the moment: dim, except for its mark.
  var later: StyledPiece {
    switch style.role {
    case .statusError, .statusRejected, .statusWarn: self
    default: StyledPiece(text, .timeFuture, overlay: style.overlay)
    }
  }
}

/// One line of a pane: pieces from the left, and optionally some that end at the right edge.
struct StyledLine: Hashable, Sendable {
  var pieces: [StyledPiece]
  /// The pieces at the right edge, drawn as far as there is room.
  var right: [StyledPiece] = []
  /// The fold path that this line opens and closes, if any.
  var foldPath: String?

  /// Creates a line of pieces.
  init(_ pieces: [StyledPiece] = [], right: [StyledPiece] = []) {
    self.pieces = pieces
    self.right = right
  }

  /// Creates a line of one text.
  init(_ text: DisplayText, _ role: StyleRole = .uiText) {
    pieces = text.isEmpty ? [] : [StyledPiece(text, role)]
  }

  static let empty = StyledLine()

  /// The width of the pieces on the left, in columns.
  var width: Int { pieces.reduce(0) { $0 + $1.text.width } }

  /// Whether there is nothing to draw.
  var isEmpty: Bool { pieces.isEmpty && right.isEmpty }

  /// The text of the whole line, the right side included.
  var text: DisplayText { (pieces + right).reduce(.empty) { $0 + $1.text } }

  /// Appends a piece.
  mutating func add(_ text: DisplayText, _ role: StyleRole = .uiText, overlay: StyleRole? = nil) {
    guard !text.isEmpty else { return }
    pieces.append(StyledPiece(text, role, overlay: overlay))
  }

  /// Appends a piece padded or cut to an exact width in columns.
  mutating func add(
    _ text: DisplayText, _ role: StyleRole = .uiText, columns: Int,
    alignment: TextAlignment = .left
  ) {
    add(text.padded(to: max(0, columns), alignment: alignment), role)
  }

  /// Appends the pieces of another line.
  mutating func add(_ other: StyledLine) {
    pieces += other.pieces
  }

  /// Appends the letter of a kind, a space and a name.
  mutating func add(letter: DisplayText, _ name: some StringProtocol, _ role: StyleRole) {
    add(letter + " " + PaneText.data(name), role)
  }

  /// The line indented by some columns.
  func indented(by columns: Int) -> StyledLine {
    var line = StyledLine(.spaces(columns))
    line.add(self)
    return line
  }

  /// The line if it fits, else its beginning and `…`.
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

  /// The line, and what does not fit into some columns below it, indented as the line is.
  ///
  /// What stands at the right edge stays on the first line.
  func wrapped(to columns: Int) -> [StyledLine] {
    guard columns >= 8, width > columns else { return [self] }
    let blanks = text.glyphs.prefix { $0.base == " " }.count
    let indent = min(blanks + 2, columns / 2)
    var lines = [StyledLine([], right: right)]
    lines[0].foldPath = foldPath
    var room = columns
    for piece in pieces {
      var rest = piece.text
      while rest.width > room {
        let start = rest.prefix(columns: room)
        if start.width > 0 {
          lines[lines.count - 1].pieces.append(StyledPiece(start, style: piece.style))
        }
        rest = rest.dropping(columns: start.width)
        lines.append(StyledLine(.spaces(indent)))
        room = columns - indent
      }
      if !rest.isEmpty {
        lines[lines.count - 1].pieces.append(StyledPiece(rest, style: piece.style))
      }
      room -= rest.width
    }
    return lines
  }
}
