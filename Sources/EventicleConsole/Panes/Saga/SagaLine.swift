/// One line of a saga's timeline, before it is drawn.
struct SagaLine: Hashable, Sendable {
  /// The layout of the texts.
  enum Shape: Hashable, Sendable {
    /// Three cells with separators.
    case cells
    /// One text over the whole width.
    case wide
    /// A rule over the whole width with a text in it.
    case rule(Glyph)
  }

  /// The mark at the separator before the last cell.
  enum OutMark: Hashable, Sendable {
    case none
    /// The step has an output: `├►`.
    case gives
    /// A timer arrives from its rail: `│◄`.
    case takes
  }

  var shape = Shape.cells
  /// The first cell, or the whole text.
  var left = StyledLine.empty
  /// The second cell.
  var state = StyledLine.empty
  /// The end of the second cell, or of the whole text.
  var mark = StyledLine.empty
  /// The last cell.
  var out = StyledLine.empty
  var outMark = OutMark.none
  /// Whether a rail that ends here points at the text with `◄`.
  var pointsIn = false
  /// The step of the line, if any.
  var step: Int?
  /// Whether this is the first line of its step.
  var isHead = false
  /// Whether the line is after the time cursor.
  var isAhead = false

  /// Creates a text over the whole width.
  static func wide(_ text: StyledLine) -> SagaLine {
    SagaLine(shape: .wide, left: text)
  }

  /// Creates a rule with a text in it.
  static func rule(_ text: DisplayText, _ role: StyleRole, _ glyph: Glyph) -> SagaLine {
    SagaLine(shape: .rule(glyph), left: StyledLine(text, role))
  }
}

/// The columns of a timeline's three cells, from the left of the pane's inside.
struct SagaColumns: Hashable, Sendable {
  /// The width of the inside.
  let width: Int
  /// The columns of the two separators.
  let first: Int
  let second: Int
  /// Whether the cells are stacked for want of width.
  let isStacked: Bool

  /// The least width for three cells side by side.
  static let narrowest = 58

  /// Computes the columns for the inside of a pane.
  init(width: Int) {
    self.width = max(0, width)
    isStacked = width < SagaColumns.narrowest
    first = min(width * 33 / 100, 44)
    second = max(first, width - 1 - min(max(width * 31 / 100, 20), 48))
  }

  /// The width of text in the first cell; one column stays free for a line to the second cell.
  var inText: Int { max(0, first - 3) }

  /// The width of text in the second cell.
  var stateText: Int { max(0, second - first - 3) }

  /// The width of text in the last cell when no rail passes.
  var outText: Int { max(0, width - second - 3) }

  /// The indent of an output's second and further lines.
  var outIndent: Int { isStacked || outText > 20 ? 2 : 0 }

  /// The number of rails that fit.
  var lanes: Int {
    if isStacked { return width >= 34 ? 3 : (width >= 24 ? 2 : (width >= 14 ? 1 : 0)) }
    return outText > 20 ? 3 : 2
  }

  /// The column of a lane.
  func column(ofLane lane: Int) -> Int { width - 2 - 2 * lane }
}
