/// A list of lines of which a part is visible.
struct ScrolledLines {
  private let lines: [StyledLine]

  init(_ lines: [StyledLine]) { self.lines = lines }

  /// The first visible line after scrolling down by some rows; stays within the lines.
  func scroll(from first: Int, by rows: Int, visible: Int) -> Int {
    let most = max(0, lines.count - visible)
    return max(0, min(min(first, most) + rows, most))
  }

  /// Draws the lines from the first visible one on.
  func draw(from first: Int, in inside: Rect, on canvas: inout Canvas) {
    let top = max(0, min(first, lines.count - inside.rows))
    canvas.within(inside) { canvas in
      for row in 0..<min(inside.rows, max(0, lines.count - top)) {
        canvas.put(lines[top + row], at: Point(column: 0, row: row), columns: inside.columns - 1)
      }
    }
  }
}
