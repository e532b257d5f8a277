import TestSupport
import Testing

@testable import EventicleConsole

@Suite struct GeometryTests {
  @Test(arguments: UInt64(0)..<100)
  func `splits fill the rectangle and never become negative`(_ seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let rect = Rect(
      column: random.number(-5...5), row: random.number(-5...5), columns: random.number(0...30),
      rows: random.number(0...30))
    let count = random.number(-5...40)
    let (top, below) = rect.split(top: count)
    let (above, bottom) = rect.split(bottom: count)
    let (left, after) = rect.split(left: count)
    let (before, right) = rect.split(right: count)
    #expect(top.rows + below.rows == rect.rows && above.rows + bottom.rows == rect.rows)
    #expect(left.columns + after.columns == rect.columns)
    #expect(before.columns + right.columns == rect.columns)
    #expect(below.row == top.endRow && bottom.endRow == rect.endRow)
    for part in [top, below, above, bottom, left, after, before, right] where !part.isEmpty {
      #expect(part.intersection(rect) == part)
    }
    let weights = (0..<random.number(1...5)).map { _ in random.number(0...4) } + [1]
    #expect(rect.columns(weights: weights).reduce(0) { $0 + $1.columns } == rect.columns)
    #expect(rect.rows(weights: weights).reduce(0) { $0 + $1.rows } == rect.rows)
    let inset = rect.inset(by: random.number(-2...20))
    #expect(inset.columns >= 0 && inset.rows >= 0)
  }

  @Test func `rectangles that do not overlap share nothing`() {
    let first = Rect(column: 0, row: 0, columns: 2, rows: 2)
    #expect(first.intersection(Rect(column: 5, row: 5, columns: 2, rows: 2)).isEmpty)
    #expect(first.contains(Point(column: 1, row: 1)))
    #expect(!first.contains(Point(column: 2, row: 1)))
    let screen = Rect(size: Size(columns: 80, rows: 24))
    #expect(screen.centered(Size(columns: 100, rows: 4)).columns == 80)
  }
}
