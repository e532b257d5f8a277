import EventicleCore

/// One line of a saga's timeline, before it is drawn.
struct SagaLine: Hashable, Sendable {
  /// The layout of the texts.
  enum Shape: Hashable, Sendable {
    /// Three cells with separators.
    case cells
    /// One text over the whole width.
    case wide
    /// A rule over the whole width with a text in it.
    case rule
  }

  var shape = Shape.cells
  /// The first cell, or the whole text.
  var left = StyledLine.empty
  /// The second cell.
  var state = StyledLine.empty
  /// The last cell.
  var out = StyledLine.empty
  /// Whether a rail that ends here points at the text with `◄`.
  var pointsIn = false
  /// The step of the line, if any.
  var step: Int?
  /// Whether this is the first line of its step.
  var isHead = false
  /// Whether the line is after the time cursor.
  var isAhead = false
  /// Whether the line is about what has not happened at the newest moment.
  var isRest = false

  /// Whether rails are dotted here, because their timers have not come to it yet.
  var isDotted: Bool { isAhead || isRest }

  /// Creates a text over the whole width.
  static func wide(_ text: StyledLine) -> SagaLine {
    SagaLine(shape: .wide, left: text)
  }

  /// Creates the rule below the moment, with a text in it.
  static func rule(_ text: DisplayText) -> SagaLine {
    SagaLine(shape: .rule, left: StyledLine(text, .timeFuture), isRest: true)
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
  static let narrowest = 68
  /// The width from which there is room for JSON notation and for who made an event.
  static let roomy = 90

  /// Computes the columns for the inside of a pane.
  init(width: Int) {
    self.width = max(0, width)
    isStacked = width < SagaColumns.narrowest
    first = min(self.width * 3 / 10, 44)
    second = max(first, self.width - 1 - min((self.width * 9 + 46) / 26, 52))
  }

  /// Whether there is room for JSON notation and for who made an event.
  var isRoomy: Bool { width >= SagaColumns.roomy }

  /// The width of text in the first cell, after the edge.
  var inText: Int { max(0, first - 1) }

  /// The width of text in the second cell.
  var stateText: Int { max(0, second - first - 2) }

  /// The width of text in the last cell when no rail passes.
  var outText: Int { max(0, width - second - 3) }

  /// The number of rails that fit.
  var lanes: Int {
    if isStacked { return width >= 34 ? 3 : (width >= 24 ? 2 : (width >= 14 ? 1 : 0)) }
    return outText > 20 ? 3 : 2
  }

  /// The column of a lane.
  func column(ofLane lane: Int) -> Int { width - 2 - 2 * lane }
}
