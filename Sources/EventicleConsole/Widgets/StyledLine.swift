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
    pieces = [StyledPiece(text, role)]
  }

  /// The columns of what stands on the left.
  var width: Int { pieces.reduce(0) { $0 + $1.text.width } }

  /// The text of the whole line.
  var text: DisplayText { (pieces + right).reduce(.empty) { $0 + $1.text } }

  /// Adds a piece.
  mutating func add(_ text: DisplayText, _ role: StyleRole = .uiText, overlay: StyleRole? = nil) {
    pieces.append(StyledPiece(text, role, overlay: overlay))
  }

  /// Adds a piece in exactly this many columns.
  mutating func add(
    _ text: DisplayText, _ role: StyleRole = .uiText, columns: Int,
    alignment: TextAlignment = .left
  ) {
    pieces.append(StyledPiece(text.padded(to: max(0, columns), alignment: alignment), role))
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

extension Canvas {
  /// Draws a line in one row of the window.
  ///
  /// - Parameters:
  ///   - line: The line; what is too long is cut with `…`.
  ///   - row: The row.
  ///   - overlay: What lies over the whole row, such as the selection bar.
  mutating func draw(_ line: StyledLine, row: Int, overlay: StyleRole? = nil) {
    let columns = size.columns
    guard columns > 0 else { return }
    if let overlay {
      fill(
        Rect(column: 0, row: row, columns: columns, rows: 1),
        style: CellStyle(.uiText, overlay: overlay))
    }
    let rightWidth = line.right.reduce(0) { $0 + $1.text.width }
    let hasRight = rightWidth > 0 && rightWidth <= columns
    let end = hasRight && line.width > columns - rightWidth - 1 ? columns - rightWidth - 1 : columns
    var column = 0
    for (index, piece) in line.pieces.enumerated() where column < end {
      let isLast = index == line.pieces.count - 1
      let rest = end - column
      let isCut =
        piece.text.width > rest
        || (piece.text.width == rest && !isLast
          && line.pieces[(index + 1)...].contains { !$0.text.isEmpty })
      let text =
        isCut && piece.text.width == rest
        ? piece.text.prefix(columns: rest - 1) + "…" : piece.text.truncated(to: rest)
      column += put(
        text, at: Point(column: column, row: row),
        style: CellStyle(piece.style.role, overlay: piece.style.overlay ?? overlay))
    }
    guard hasRight else { return }
    column = columns - rightWidth
    for piece in line.right {
      column += put(
        piece.text, at: Point(column: column, row: row),
        style: CellStyle(piece.style.role, overlay: piece.style.overlay ?? overlay))
    }
  }
}
