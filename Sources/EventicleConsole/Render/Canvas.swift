/// A surface to draw on: a frame seen through a window.
///
/// Points are relative to the window's top left corner. Nothing is drawn outside the window; at its
/// edges a wide glyph becomes a blank. The one exception keeps the frame consistent: when half of a
/// wide glyph is covered, its other half becomes a blank wherever it is.
struct Canvas: Sendable {
  /// The frame drawn so far.
  private(set) var buffer: CellBuffer

  /// The number of cells written, for tests of the cost of drawing.
  private(set) var cellsWritten = 0

  // In coordinates of the buffer: the origin, the size of the window, and what may be written.
  private var window: Rect
  private var clip: Rect

  /// A canvas over a blank frame.
  init(size: Size) {
    self.init(over: CellBuffer(size: size))
  }

  /// A canvas over a frame that is already drawn on.
  init(over buffer: CellBuffer) {
    self.buffer = buffer
    window = buffer.bounds
    clip = buffer.bounds
  }

  /// The size of the window.
  var size: Size { window.size }

  /// The whole window as a rectangle.
  var bounds: Rect { Rect(size: window.size) }

  /// Draws within a smaller window, whose points count from the rectangle's corner.
  mutating func within<Result>(
    _ rect: Rect, _ draw: (inout Canvas) throws -> Result
  ) rethrows -> Result {
    let (outerWindow, outerClip) = (window, clip)
    defer { (window, clip) = (outerWindow, outerClip) }
    window = rect.offset(columns: window.column, rows: window.row)
    clip = clip.intersection(window)
    return try draw(&self)
  }

  /// Writes text in one row.
  ///
  /// - Parameters:
  ///   - text: The text to write.
  ///   - point: Where its first column goes.
  ///   - style: The style of every cell.
  ///   - columns: The width of the field; longer text is cut with `…`.
  /// - Returns: The columns that the text takes, even beyond the window, so that the next text can
  ///   follow it.
  @discardableResult
  mutating func put(
    _ text: DisplayText, at point: Point, style: CellStyle = .text, columns: Int? = nil
  ) -> Int {
    let fitting = columns.map { text.truncated(to: $0) } ?? text
    let row = point.row + window.row
    guard row >= clip.row, row < clip.endRow else { return fitting.width }
    var column = point.column + window.column
    for glyph in fitting.glyphs {
      guard column < clip.endColumn else { break }
      write(glyph, column: column, row: row, style: style)
      column += glyph.columns
    }
    return fitting.width
  }

  /// Fills a rectangle with blanks, or with a glyph of one column.
  mutating func fill(_ rect: Rect, style: CellStyle = .text, with glyph: Glyph = .space) {
    let part = inBuffer(rect)
    for row in part.row..<part.endRow {
      for column in part.column..<part.endColumn {
        write(glyph, column: column, row: row, style: style)
      }
    }
  }

  /// Lays a role over the cells of a rectangle, as a selection bar does.
  mutating func overlay(_ role: StyleRole, in rect: Rect) {
    let part = inBuffer(rect)
    for row in part.row..<part.endRow {
      for column in part.column..<part.endColumn {
        buffer[column, row].style.overlay = role
        cellsWritten += 1
      }
    }
  }

  /// The cell at a point of the window; blank outside it.
  subscript(point: Point) -> Cell {
    let place = point.offset(columns: window.column, rows: window.row)
    return clip.contains(place) ? buffer[place] : .blank
  }

  private func inBuffer(_ rect: Rect) -> Rect {
    rect.offset(columns: window.column, rows: window.row).intersection(clip)
  }

  private mutating func write(_ glyph: Glyph, column: Int, row: Int, style: CellStyle) {
    guard glyph.columns == 2 else {
      if glyph.columns == 1 { set(Cell(glyph, style: style), column: column, row: row) }
      return
    }
    let isWhole = column >= clip.column && column + 1 < clip.endColumn
    let blank = Cell(.space, style: style)
    set(isWhole ? Cell(glyph, style: style) : blank, column: column, row: row)
    set(isWhole ? .continuation(style: style) : blank, column: column + 1, row: row)
  }

  private mutating func set(_ cell: Cell, column: Int, row: Int) {
    guard column >= clip.column, column < clip.endColumn else { return }
    let old = buffer[column, row]
    if old.isWide, column + 1 < buffer.size.columns { blank(column + 1, row) }
    if old.isContinuation, !cell.isContinuation { blank(column - 1, row) }
    buffer[column, row] = cell
    cellsWritten += 1
  }

  private mutating func blank(_ column: Int, _ row: Int) {
    buffer[column, row].glyph = .space
  }
}
