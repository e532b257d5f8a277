/// The places of all parts of the screen, by its size and the focused pane.
///
/// Below 80 columns one pane is visible at a time; from 80 the tree stands left of the tail and one
/// companion; from 160 all panes are visible.
struct Layout: Hashable, Sendable {
  /// The visible panes and their places.
  private(set) var panes: [PaneID: Rect] = [:]
  let header: Rect
  let scrubber: Rect
  let hints: Rect
  let status: Rect
  /// The line that names the panes when only one is visible.
  let tabs: Rect
  /// Whether the screen is too small for anything but a notice.
  let isTooSmall: Bool

  /// The smallest screen on which panes fit.
  static let smallest = Size(columns: 40, rows: 12)

  /// Computes the layout of a console.
  init(_ input: LayoutInput) {
    let all = Rect(origin: Point(column: 0, row: 0), size: input.size)
    isTooSmall =
      input.size.columns < Layout.smallest.columns || input.size.rows < Layout.smallest.rows
    let isNarrow = input.size.columns < 80
    let (header, belowHeader) = all.split(top: 1)
    let (tabs, belowTabs) = belowHeader.split(top: isNarrow ? 1 : 0)
    let (aboveStatus, status) = belowTabs.split(bottom: 1)
    let (aboveHints, hints) = aboveStatus.split(bottom: 1)
    let (body, scrubber) = aboveHints.split(bottom: 1)
    (self.header, self.tabs, self.status) = (header, tabs, status)
    (self.hints, self.scrubber) = (hints, scrubber)
    guard !isTooSmall else { return }
    if isNarrow || input.screenMode == .full {
      panes[input.focus] = body
    } else if input.screenMode == .half {
      placeHalf(input, in: body)
    } else if input.size.columns < 160 {
      placeTwo(input, in: body)
    } else {
      placeThree(input, in: body)
    }
  }

  private mutating func placeHalf(_ input: LayoutInput, in body: Rect) {
    guard input.focus != input.main else {
      panes[input.main] = body
      return
    }
    let (upper, lower) = body.split(top: body.rows / 3)
    panes[input.main] = upper
    panes[input.focus] = lower
  }

  private mutating func placeTwo(_ input: LayoutInput, in body: Rect) {
    let isZoomed = input.zoomed.contains(input.focus) && input.size.columns >= 100
    if isZoomed || (input.wide.contains(input.focus) && input.size.columns < 120) {
      panes[input.focus] = body
      return
    }
    let (left, right) = body.split(left: input.size.columns >= 110 ? 26 : 20)
    let (upper, lower) = right.split(top: body.rows * 11 / 20)
    if let pane = input.places[.left] { panes[pane] = left }
    panes[input.main] = upper
    panes[input.companion] = lower
  }

  private mutating func placeThree(_ input: LayoutInput, in body: Rect) {
    let (left, rest) = body.split(left: 28)
    let (middle, right) = rest.split(left: rest.columns * 56 / 100)
    let (leftAbove, leftBelow) = left.split(top: body.rows * 6 / 10)
    let (middleAbove, middleBelow) = middle.split(top: body.rows / 2)
    let lowest = input.places[.rightLowest] != nil && body.rows >= 36 ? body.rows / 4 : 0
    let (rightRest, rightLowest) = right.split(bottom: lowest)
    let (rightAbove, rightBelow) = rightRest.split(top: rightRest.rows / 2)
    let rects: [PanePlace: Rect] = [
      .left: leftAbove, .leftBelow: leftBelow, .main: middleAbove, .mainBelow: middleBelow,
      .right: rightAbove, .rightBelow: rightBelow, .rightLowest: rightLowest,
    ]
    for (place, pane) in input.places where rects[place]?.isEmpty == false {
      panes[pane] = rects[place]
    }
    // A pane without a place of its own takes that below the main one, and keeps it.
    guard let guest = [input.focus, input.companion].first(where: { panes[$0] == nil }) else {
      return
    }
    if let host = input.places[.mainBelow] { panes[host] = nil }
    panes[guest] = middleBelow
  }

  /// The size of a pane inside its border; zero when the pane is not visible.
  func inside(of pane: PaneID) -> Size {
    panes[pane]?.inset(by: 1).size ?? Size(columns: 0, rows: 0)
  }
}
