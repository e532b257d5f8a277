import EventicleCore

extension Canvas {
  /// Draws a line in one row of the window.
  ///
  /// - Parameters:
  ///   - line: The line; a line that is too long is cut with `…`.
  ///   - row: The row, from the top of the window.
  ///   - overlay: A role laid over the whole row, such as the selection bar.
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

  /// Draws a line from a point on.
  ///
  /// - Parameter columns: The width of the field; longer text is cut with `…`.
  /// - Returns: The number of columns drawn.
  @discardableResult
  mutating func put(_ line: StyledLine, at point: Point, columns: Int? = nil) -> Int {
    let fitting = columns.map { line.truncated(to: max(0, $0)) } ?? line
    var place = point
    for piece in fitting.pieces {
      place.column += put(piece.text, at: place, style: piece.style)
    }
    return fitting.width
  }
}
