/// Where the parts of the screen are, for its size and for what is in focus.
///
/// Below 80 columns one pane shows at a time; from 80 the tree stands left of the tail and one
/// companion; from 160 everything is there at once.
struct Layout: Hashable, Sendable {
  /// The panes that show, and where.
  private(set) var panes: [PaneID: Rect] = [:]
  let header: Rect
  let scrubber: Rect
  let hints: Rect
  let status: Rect
  /// The line that names the panes, when only one shows.
  let tabs: Rect
  /// Whether the screen is too small for anything but a note.
  let isTooSmall: Bool

  /// The smallest screen that panes fit on.
  static let smallest = Size(columns: 40, rows: 12)

  /// The layout of a console.
  init(_ model: Model) {
    let all = Rect(origin: Point(column: 0, row: 0), size: model.size)
    isTooSmall =
      model.size.columns < Layout.smallest.columns || model.size.rows < Layout.smallest.rows
    let isNarrow = model.size.columns < 80
    let (header, belowHeader) = all.split(top: 1)
    let (tabs, belowTabs) = belowHeader.split(top: isNarrow ? 1 : 0)
    let (aboveStatus, status) = belowTabs.split(bottom: 1)
    let (aboveHints, hints) = aboveStatus.split(bottom: 1)
    let (body, scrubber) = aboveHints.split(bottom: 1)
    (self.header, self.tabs, self.status) = (header, tabs, status)
    (self.hints, self.scrubber) = (hints, scrubber)
    guard !isTooSmall else { return }
    place(model, in: body, isNarrow: isNarrow)
  }

  private mutating func place(_ model: Model, in body: Rect, isNarrow: Bool) {
    if isNarrow || model.screenMode == .full {
      panes[model.focus] = body
    } else if model.screenMode == .half {
      placeHalf(model, in: body)
    } else if model.size.columns < 160 {
      placeTwo(model, in: body)
    } else {
      placeThree(in: body)
    }
  }

  private mutating func placeHalf(_ model: Model, in body: Rect) {
    guard model.focus != .tail else {
      panes[.tail] = body
      return
    }
    let (upper, lower) = body.split(top: body.rows / 3)
    panes[.tail] = upper
    panes[model.focus] = lower
  }

  private mutating func placeTwo(_ model: Model, in body: Rect) {
    // The three columns of a saga need the width of a small screen for themselves.
    if model.focus == .saga, model.size.columns < 120 {
      panes[.saga] = body
      return
    }
    let (left, right) = body.split(left: model.size.columns >= 110 ? 26 : 20)
    let (upper, lower) = right.split(top: body.rows * 11 / 20)
    panes[.explore] = left
    panes[.tail] = upper
    panes[model.companion] = lower
  }

  private mutating func placeThree(in body: Rect) {
    let (left, rest) = body.split(left: 28)
    let (middle, right) = rest.split(left: rest.columns * 56 / 100)
    let (exploreRect, timersRect) = left.split(top: body.rows * 6 / 10)
    let (tailRect, sagaRect) = middle.split(top: body.rows / 2)
    let (inspectRect, aggregateRect) = right.split(top: body.rows / 2)
    panes = [
      .explore: exploreRect, .timers: timersRect, .tail: tailRect, .saga: sagaRect,
      .inspect: inspectRect, .aggregate: aggregateRect,
    ]
  }

  /// How many list rows a pane has: inside its border, below its column heads.
  func listRows(of pane: PaneID) -> Int {
    guard let rect = panes[pane] else { return 0 }
    let inside = rect.inset(by: 1)
    switch pane {
    case .tail: return max(0, inside.rows - (Layout.hasTailHead(inside) ? 1 : 0))
    case .aggregate, .saga: return max(0, inside.rows - 1)
    default: return inside.rows
    }
  }

  /// Whether the tail is wide enough for column heads.
  static func hasTailHead(_ inside: Rect) -> Bool { inside.columns >= 90 && inside.rows > 4 }
}
