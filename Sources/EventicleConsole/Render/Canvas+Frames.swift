/// Lines, boxes and scrollbars.
extension Canvas {
  /// Draws a line from left to right.
  mutating func hline(
    at point: Point, columns: Int, style: CellStyle = CellStyle(.uiBorder), glyph: Glyph = "─"
  ) {
    fill(
      Rect(column: point.column, row: point.row, columns: columns, rows: 1), style: style,
      with: glyph)
  }

  /// Draws a line from top to bottom.
  mutating func vline(
    at point: Point, rows: Int, style: CellStyle = CellStyle(.uiBorder), glyph: Glyph = "│"
  ) {
    fill(
      Rect(column: point.column, row: point.row, columns: 1, rows: rows), style: style,
      with: glyph)
  }

  /// Draws a box along the inner edge of a rectangle: heavy lines with the focus, light ones
  /// without.
  ///
  /// - Parameters:
  ///   - rect: The outer edge; with less than two columns or rows nothing is drawn.
  ///   - title: Shown in the top line after the corner.
  ///   - footer: Shown in the bottom line before the right corner, between blanks.
  ///   - focused: Whether keys go to this box.
  /// - Returns: The rectangle inside the lines.
  @discardableResult
  mutating func box(
    _ rect: Rect, title: DisplayText = .empty, footer: DisplayText = .empty, focused: Bool = false
  ) -> Rect {
    guard rect.columns >= 2, rect.rows >= 2 else { return .zero }
    let lines = focused ? BoxLines.heavy : BoxLines.light
    let style = CellStyle(focused ? .uiBorderFocus : .uiBorder)
    let (right, bottom) = (rect.endColumn - 1, rect.endRow - 1)
    let (across, down) = (rect.columns - 2, rect.rows - 2)
    for (row, left, end) in [
      (rect.row, lines.topLeft, lines.topRight), (bottom, lines.bottomLeft, lines.bottomRight),
    ] {
      fill(Rect(column: rect.column, row: row, columns: 1, rows: 1), style: style, with: left)
      hline(
        at: Point(column: rect.column + 1, row: row), columns: across, style: style,
        glyph: lines.horizontal)
      fill(Rect(column: right, row: row, columns: 1, rows: 1), style: style, with: end)
    }
    for column in [rect.column, right] {
      vline(
        at: Point(column: column, row: rect.row + 1), rows: down, style: style,
        glyph: lines.vertical)
    }
    put(
      title, at: Point(column: rect.column + 1, row: rect.row),
      style: CellStyle(focused ? .uiTitleFocus : .uiTitle), columns: across)
    if !footer.isEmpty {
      let text = (" " + footer + " ").truncated(to: across)
      let textStyle = CellStyle(focused ? .uiBorderFocus : .uiMuted)
      put(text, at: Point(column: right - text.width, row: bottom), style: textStyle)
    }
    return rect.inset()
  }

  /// Draws a vertical scrollbar, or nothing when every line is visible.
  ///
  /// - Parameters:
  ///   - point: The top of the bar.
  ///   - rows: The length of the bar.
  ///   - first: The number of the first visible line, from 0.
  ///   - visible: The number of visible lines.
  ///   - total: The number of lines.
  mutating func scrollbar(at point: Point, rows: Int, first: Int, visible: Int, total: Int) {
    guard total > visible, rows > 0 else { return }
    let length = max(1, min(rows, rows * visible / total))
    let last = max(1, total - visible)
    let place = min(max(0, first), last)
    let start = (rows - length) * place / last
    vline(at: point, rows: rows, style: CellStyle(.uiScrollbar))
    vline(
      at: point.offset(rows: start), rows: length, style: CellStyle(.uiScrollbar), glyph: "█")
  }
}

/// The characters of one kind of box.
struct BoxLines: Sendable {
  let horizontal: Glyph
  let vertical: Glyph
  let topLeft: Glyph
  let topRight: Glyph
  let bottomLeft: Glyph
  let bottomRight: Glyph

  /// For boxes without the focus.
  static let light = BoxLines(
    horizontal: "─", vertical: "│", topLeft: "┌", topRight: "┐", bottomLeft: "└",
    bottomRight: "┘")

  /// For the box with the focus.
  static let heavy = BoxLines(
    horizontal: "━", vertical: "┃", topLeft: "┏", topRight: "┓", bottomLeft: "┗",
    bottomRight: "┛")
}

/// Lets drawing code write its own glyphs as literals.
extension Glyph: ExpressibleByUnicodeScalarLiteral {
  /// A glyph of one character; `?` for one that cannot be drawn.
  init(unicodeScalarLiteral value: Unicode.Scalar) {
    let columns = DisplayWidth.columns(of: value) ?? 0
    self.init(columns > 0 ? value : "?", columns: max(1, columns))
  }
}
