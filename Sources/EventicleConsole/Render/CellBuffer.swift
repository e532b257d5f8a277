/// A grid of cells: one frame, as a value.
struct CellBuffer: Hashable, Sendable {
  /// The columns and rows of the grid.
  let size: Size

  /// The cells, row by row.
  fileprivate(set) var cells: [Cell]

  /// A grid filled with one cell.
  init(size: Size, filledWith cell: Cell = .blank) {
    self.size = size
    cells = Array(repeating: cell, count: size.area)
  }

  /// The whole grid as a rectangle.
  var bounds: Rect { Rect(size: size) }

  /// The cell at a place; outside the grid it reads as blank, and writing does nothing.
  subscript(column: Int, row: Int) -> Cell {
    get { contains(column, row) ? cells[row * size.columns + column] : .blank }
    set {
      guard contains(column, row) else { return }
      cells[row * size.columns + column] = newValue
    }
  }

  /// The cell at a point.
  subscript(point: Point) -> Cell {
    get { self[point.column, point.row] }
    set { self[point.column, point.row] = newValue }
  }

  /// Sets every cell of a rectangle, as far as it lies inside.
  mutating func fill(_ rect: Rect, with cell: Cell) {
    let part = rect.intersection(bounds)
    for row in part.row..<part.endRow {
      for column in part.column..<part.endColumn {
        cells[row * size.columns + column] = cell
      }
    }
  }

  /// A grid of another size with the cells both share; a wide glyph cut in half becomes a blank.
  func resized(to size: Size) -> CellBuffer {
    var result = CellBuffer(size: size)
    let part = bounds.intersection(result.bounds)
    for row in part.row..<part.endRow {
      for column in part.column..<part.endColumn {
        result[column, row] = self[column, row]
      }
      let last = part.endColumn - 1
      if result[last, row].isWide {
        result[last, row] = Cell(.space, style: result[last, row].style)
      }
    }
    return result
  }

  private func contains(_ column: Int, _ row: Int) -> Bool {
    column >= 0 && column < size.columns && row >= 0 && row < size.rows
  }
}

/// The grid as text, for tests, golden files and exports.
extension CellBuffer {
  /// One string per row, with trailing blanks and each wide glyph once.
  var lines: [String] { (0..<size.rows).map { String(scalars(ofRow: $0)) } }

  /// The rows without trailing blanks, each ending with a line feed.
  var text: String {
    var text = String.UnicodeScalarView()
    for row in 0..<size.rows {
      var line = scalars(ofRow: row)
      while line.last == " " { line.removeLast() }
      text.append(contentsOf: line)
      text.append("\n")
    }
    return String(text)
  }

  private func scalars(ofRow row: Int) -> String.UnicodeScalarView {
    var line = String.UnicodeScalarView()
    for index in row * size.columns..<(row + 1) * size.columns {
      cells[index].glyph.append(to: &line)
    }
    return line
  }
}
