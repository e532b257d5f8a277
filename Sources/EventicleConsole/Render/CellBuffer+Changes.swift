/// A run of cells in one row that differs between two frames.
struct ChangedSpan: Hashable, Sendable {
  let row: Int
  let columns: Range<Int>
}

/// The changes from one frame to the next.
extension CellBuffer {
  /// The runs that differ from an older frame, top to bottom, left to right.
  ///
  /// None begins or ends within a wide glyph of either frame. Frames of different sizes differ
  /// everywhere.
  ///
  /// - Complexity: O(*n*) in the number of cells; nothing is allocated for equal rows.
  func changedSpans(from old: CellBuffer) -> [ChangedSpan] {
    guard size == old.size else {
      return (0..<size.rows).filter { _ in size.columns > 0 }
        .map { ChangedSpan(row: $0, columns: 0..<size.columns) }
    }
    var spans: [ChangedSpan] = []
    cells.withUnsafeBufferPointer { new in
      old.cells.withUnsafeBufferPointer { old in
        for row in 0..<size.rows {
          let line = row * size.columns..<(row + 1) * size.columns
          let (new, old) = (new[line], old[line])
          Self.compare(.init(rebasing: new), .init(rebasing: old)) {
            spans.append(ChangedSpan(row: row, columns: $0))
          }
        }
      }
    }
    return spans
  }

  /// Copies runs of a newer frame of the same size into this one.
  mutating func apply(_ spans: [ChangedSpan], from new: CellBuffer) {
    for span in spans {
      for column in span.columns { self[column, span.row] = new[column, span.row] }
    }
  }

  // Sending a gap this short again costs less than moving the cursor over it.
  private static let mergedGap = 3

  private static func compare(
    _ new: UnsafeBufferPointer<Cell>, _ old: UnsafeBufferPointer<Cell>, found: (Range<Int>) -> Void
  ) {
    var column = 0
    var open: Range<Int>?
    while column < new.count {
      guard new[column] != old[column] else {
        column += 1
        continue
      }
      var start = column
      while start > 0, new[start].isContinuation || old[start].isContinuation { start -= 1 }
      column += 1
      while column < new.count,
        new[column] != old[column] || new[column].isContinuation || old[column].isContinuation
      {
        column += 1
      }
      if let span = open, start - span.upperBound <= mergedGap {
        open = span.lowerBound..<column
      } else {
        if let span = open { found(span) }
        open = start..<column
      }
    }
    if let span = open { found(span) }
  }
}
