/// Divides rectangles. Everything clamps: a part that does not fit is empty.
extension Rect {
  /// The rectangle without a margin on every side.
  func inset(by margin: Int = 1) -> Rect {
    inset(columns: margin, rows: margin)
  }

  /// The rectangle without columns on the left and right, and rows at the top and bottom.
  func inset(columns: Int, rows: Int) -> Rect {
    let left = min(max(0, columns), self.columns)
    let top = min(max(0, rows), self.rows)
    return Rect(
      column: column + left, row: row + top, columns: self.columns - 2 * left,
      rows: self.rows - 2 * top)
  }

  /// The first rows, and the rest below them.
  func split(top count: Int) -> (top: Rect, rest: Rect) {
    let taken = clamp(count, to: rows)
    return (
      Rect(column: column, row: row, columns: columns, rows: taken),
      Rect(column: column, row: row + taken, columns: columns, rows: rows - taken)
    )
  }

  /// The rest above, and the last rows.
  func split(bottom count: Int) -> (rest: Rect, bottom: Rect) {
    let parts = split(top: rows - clamp(count, to: rows))
    return (parts.top, parts.rest)
  }

  /// The first columns, and the rest to their right.
  func split(left count: Int) -> (left: Rect, rest: Rect) {
    let taken = clamp(count, to: columns)
    return (
      Rect(column: column, row: row, columns: taken, rows: rows),
      Rect(column: column + taken, row: row, columns: columns - taken, rows: rows)
    )
  }

  /// The rest on the left, and the last columns.
  func split(right count: Int) -> (rest: Rect, right: Rect) {
    let parts = split(left: columns - clamp(count, to: columns))
    return (parts.left, parts.rest)
  }

  /// Bands from top to bottom in proportion to weights; together they fill the rectangle.
  func rows(weights: [Int]) -> [Rect] {
    edges(of: rows, weights: weights).map {
      Rect(column: column, row: row + $0.lowerBound, columns: columns, rows: $0.count)
    }
  }

  /// Bands from left to right in proportion to weights; together they fill the rectangle.
  func columns(weights: [Int]) -> [Rect] {
    edges(of: columns, weights: weights).map {
      Rect(column: column + $0.lowerBound, row: row, columns: $0.count, rows: rows)
    }
  }

  /// A rectangle of at most this size in the middle of this one, for overlays.
  func centered(_ size: Size) -> Rect {
    let width = min(size.columns, columns)
    let height = min(size.rows, rows)
    return Rect(
      column: column + (columns - width) / 2, row: row + (rows - height) / 2, columns: width,
      rows: height)
  }

  private func clamp(_ count: Int, to limit: Int) -> Int {
    min(max(0, count), limit)
  }

  private func edges(of length: Int, weights: [Int]) -> [Range<Int>] {
    let shares = weights.map { max(0, $0) }
    let total = max(1, shares.reduce(0, +))
    var sum = 0
    var start = 0
    return shares.map { share in
      sum += share
      let end = max(start, length * sum / total)
      defer { start = end }
      return start..<end
    }
  }
}
