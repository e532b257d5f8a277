import EventicleCore
import EventicleWorkbench

/// How strongly something of the map is drawn.
enum MapDegree: Int, Comparable, Sendable {
  /// It has not happened yet.
  case dotted
  case solid
  /// What the row of the tail set off.
  case heavy

  static func < (left: MapDegree, right: MapDegree) -> Bool { left.rawValue < right.rawValue }

  var role: StyleRole {
    switch self {
    case .dotted: .timeFuture
    case .solid: .uiMuted
    case .heavy: .uiTitle
    }
  }

  /// The role of a name: that of its kind once it has happened.
  func role(_ kind: StyleRole) -> StyleRole { self == .dotted ? .timeFuture : kind }

  var across: Glyph { self == .heavy ? "━" : self == .solid ? "─" : "┄" }
  var down: Glyph { self == .heavy ? "┃" : self == .solid ? "│" : "┊" }
  var tee: Glyph { self == .heavy ? "┳" : "┬" }
  var branch: Glyph { self == .heavy ? "┣" : "├" }
  var corner: Glyph { self == .heavy ? "┗" : "└" }
  var wall: Glyph { self == .heavy ? "┫" : "┤" }
}

/// How the flow comes to a place from the left or from above.
enum MapJoint: Sendable {
  case straight
  /// The first of several.
  case tee
  case branch
  /// The last of several.
  case corner
  /// More come below.
  case down
  /// A maker whose events are not known yet, on the left of the wall; its event on the right.
  case wall(left: Bool, right: Bool)

  /// The joint of one among several.
  init(_ place: Int, of count: Int, stacked: Bool = false) {
    if place == count - 1 {
      self = count == 1 && !stacked ? .straight : .corner
    } else {
      self = place == 0 && !stacked ? .tee : .branch
    }
  }
}

/// A place of the map that can be selected.
enum MapSpot: Hashable, Sendable {
  case maker(FlowMaker)
  case event(FlowEvent, FlowMaker?)
  case wake([FlowWaker])
  case deeds(FlowWaker, [FlowDeed])
  case timer(FlowTimer)
}

/// One line of the map as it is drawn.
struct MapLine: Sendable {
  /// A piece of text at a column.
  struct Part: Sendable {
    let column: Int
    let piece: StyledPiece
  }

  /// What can be selected in the line.
  struct Cell: Sendable {
    /// The column of the flow: what asks, what happens, who is woken, what that asks for.
    let place: Int
    let spot: MapSpot
    let column: Int
    let width: Int
  }

  var parts: [Part] = []
  var cells: [Cell] = []
  /// The aggregate whose latest instance is named at the right of a heading.
  var aggregate: String?
  /// The timer whose next fire is told, and where.
  var timer: (timer: FlowTimer, column: Int)?

  mutating func add(_ text: DisplayText, _ role: StyleRole, at column: Int) {
    guard !text.isEmpty else { return }
    parts.append(Part(column: column, piece: StyledPiece(text, role)))
  }

  mutating func add(_ line: StyledLine, at column: Int) {
    var column = column
    for piece in line.pieces {
      parts.append(Part(column: column, piece: piece))
      column += piece.text.width
    }
  }

  /// Adds text that can be selected.
  mutating func add(
    _ text: DisplayText, _ role: StyleRole, at column: Int, _ place: Int, _ spot: MapSpot
  ) {
    add(text, role, at: column)
    cells.append(Cell(place: place, spot: spot, column: column, width: text.width))
  }

  /// Adds the way to a place.
  ///
  /// - Parameters:
  ///   - start: Where the way begins; at the trunk when `nil`.
  ///   - trunk: The column in which ways part; the arrow is two columns on.
  mutating func add(_ joint: MapJoint, _ degree: MapDegree, from start: Int?, trunk: Int) {
    var glyphs: [Glyph] = []
    var column = trunk
    func lead() {
      guard let start, start < trunk else { return }
      glyphs = Array(repeating: degree.across, count: trunk - start)
      column = start
    }
    switch joint {
    case .straight:
      lead()
      glyphs += [degree.across, degree.across, "►"]
    case .tee:
      lead()
      glyphs += [degree.tee, degree.across, "►"]
    case .branch: glyphs = [degree.branch, degree.across, "►"]
    case .corner: glyphs = [degree.corner, degree.across, "►"]
    case .down: glyphs = [degree.down]
    case .wall(let left, let right):
      if left {
        lead()
        glyphs.removeLast(min(1, glyphs.count))
        glyphs.append(degree.wall)
      }
      if right { glyphs += [degree.branch, degree.across, "►"] }
    }
    add(DisplayText(glyphs: glyphs), degree.role, at: column)
  }
}
