/// A number of columns and rows; never negative.
struct Size: Hashable, Sendable {
  let columns: Int
  let rows: Int

  /// A size; negative numbers count as zero.
  init(columns: Int, rows: Int) {
    self.columns = max(0, columns)
    self.rows = max(0, rows)
  }

  /// No columns and no rows.
  static let zero = Size(columns: 0, rows: 0)

  /// Whether it has no cells.
  var isEmpty: Bool { columns == 0 || rows == 0 }

  /// The number of cells.
  var area: Int { columns * rows }
}

/// A place on the grid, from zero; it may lie outside any buffer.
struct Point: Hashable, Sendable {
  var column: Int
  var row: Int

  /// The top left corner.
  static let zero = Point(column: 0, row: 0)

  /// The point this far to the right and down.
  func offset(columns: Int = 0, rows: Int = 0) -> Point {
    Point(column: column + columns, row: row + rows)
  }
}

/// A rectangle of cells, whose columns and rows are never negative.
struct Rect: Hashable, Sendable {
  let column: Int
  let row: Int
  let columns: Int
  let rows: Int

  /// A rectangle by its top left corner and its size; negative sizes count as zero.
  init(column: Int, row: Int, columns: Int, rows: Int) {
    self.column = column
    self.row = row
    self.columns = max(0, columns)
    self.rows = max(0, rows)
  }

  /// A rectangle by its corner and its size.
  init(origin: Point = .zero, size: Size) {
    self.init(column: origin.column, row: origin.row, columns: size.columns, rows: size.rows)
  }

  /// The empty rectangle.
  static let zero = Rect(column: 0, row: 0, columns: 0, rows: 0)

  /// The top left corner.
  var origin: Point { Point(column: column, row: row) }

  var size: Size { Size(columns: columns, rows: rows) }

  /// The first column right of the rectangle.
  var endColumn: Int { column + columns }

  /// The first row below the rectangle.
  var endRow: Int { row + rows }

  /// Whether it has no cells.
  var isEmpty: Bool { columns == 0 || rows == 0 }

  /// Whether the cell at a point lies inside.
  func contains(_ point: Point) -> Bool {
    point.column >= column && point.column < endColumn && point.row >= row && point.row < endRow
  }

  /// The cells that both rectangles share; empty when they do not overlap.
  func intersection(_ other: Rect) -> Rect {
    let left = max(column, other.column)
    let top = max(row, other.row)
    return Rect(
      column: left, row: top, columns: min(endColumn, other.endColumn) - left,
      rows: min(endRow, other.endRow) - top)
  }

  /// The rectangle moved right and down.
  func offset(columns: Int = 0, rows: Int = 0) -> Rect {
    Rect(column: column + columns, row: row + rows, columns: self.columns, rows: self.rows)
  }
}
