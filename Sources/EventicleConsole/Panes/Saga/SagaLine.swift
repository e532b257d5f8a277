/// One line of a saga's timeline, before it is drawn.
struct SagaLine: Hashable, Sendable {
  /// How its texts are laid out.
  enum Shape: Hashable, Sendable {
    /// Three cells with separators.
    case cells
    /// One text over the whole width.
    case wide
    /// A rule over the whole width with a text in it.
    case rule(Glyph)
  }

  /// What stands at the separator before the last cell.
  enum OutMark: Hashable, Sendable {
    case none
    /// Something comes out of the step: `├►`.
    case gives
    /// A timer comes in from its rail: `│◄`.
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
  /// Whether a rail that ends here points at its text with `◄`.
  var pointsIn = false
  /// The step that it belongs to.
  var step: Int?
  /// Whether it is the first line of its step.
  var isHead = false
  /// Whether it lies after the time cursor.
  var isAhead = false

  /// A text over the whole width.
  static func wide(_ text: StyledLine) -> SagaLine {
    SagaLine(shape: .wide, left: text)
  }

  /// A rule with a text in it.
  static func rule(_ text: DisplayText, _ role: StyleRole, _ glyph: Glyph) -> SagaLine {
    SagaLine(shape: .rule(glyph), left: StyledLine(text, role))
  }
}

/// Where the three cells of a timeline stand, in columns from the left of the pane's inside.
struct SagaColumns: Hashable, Sendable {
  /// All columns.
  let width: Int
  /// The separators.
  let first: Int
  let second: Int
  /// Whether the cells stand below each other, for want of width.
  let isStacked: Bool

  /// How wide the inside must be for three cells beside each other.
  static let narrowest = 58

  /// The columns of a pane's inside.
  init(width: Int) {
    self.width = max(0, width)
    isStacked = width < SagaColumns.narrowest
    first = min(width * 33 / 100, 44)
    second = max(first, width - 1 - min(max(width * 31 / 100, 20), 48))
  }

  /// The columns of text in the first cell, before a line to the second of one column.
  var inText: Int { max(0, first - 3) }

  /// The columns of text in the second cell.
  var stateText: Int { max(0, second - first - 3) }

  /// The columns of text in the last cell if no rail passes.
  var outText: Int { max(0, width - second - 3) }

  /// How far the further lines of what came out are indented.
  var outIndent: Int { isStacked || outText > 20 ? 2 : 0 }

  /// How many rails find room.
  var lanes: Int {
    if isStacked { return width >= 34 ? 3 : (width >= 24 ? 2 : (width >= 14 ? 1 : 0)) }
    return outText > 20 ? 3 : 2
  }

  /// The column of a lane.
  func column(ofLane lane: Int) -> Int { width - 2 - 2 * lane }
}
