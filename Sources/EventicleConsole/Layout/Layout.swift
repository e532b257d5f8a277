/// The places of all parts of the screen, by its size and the panes that had the focus.
///
/// Below 60 columns one pane is visible at a time, below 100 the tail and one other; from 100 the tail
/// stands over the saga and what belongs to the selected row, from 160 nearly everything is visible.
struct Layout: Hashable, Sendable {
  /// The visible panes and their places.
  private(set) var panes: [PaneID: Rect] = [:]
  let header: Rect
  /// The box for what the presenter says; empty when nothing is presented.
  let caption: Rect
  /// The line that names the panes when only one is visible.
  let tabs: Rect
  let scrubber: Rect
  let message: Rect
  let keys: Rect
  /// The pane whose upper edge names the panes that can stand in its place; `nil` for none.
  private(set) var lower: PaneID?
  /// Whether the screen is too small for anything but a notice.
  let isTooSmall: Bool

  /// The smallest screen on which panes fit.
  static let smallest = Size(columns: 40, rows: 12)

  /// Computes the layout of a console.
  init(_ input: LayoutInput) {
    let all = Rect(origin: Point(column: 0, row: 0), size: input.size)
    isTooSmall =
      input.size.columns < Layout.smallest.columns || input.size.rows < Layout.smallest.rows
    let isSingle = input.size.columns < 60 || input.size.columns < 100 && input.size.rows < 16
    let (header, belowHeader) = all.split(top: 1)
    let (tabs, belowTabs) = belowHeader.split(top: isSingle ? 1 : 0)
    let (aboveKeys, keys) = belowTabs.split(bottom: 1)
    let (aboveMessage, message) = aboveKeys.split(bottom: 1)
    let (aboveScrubber, scrubber) = aboveMessage.split(bottom: 1)
    let (body, caption) = aboveScrubber.split(
      bottom: input.isPresented ? Layout.captionRows(input.size) : 0)
    (self.header, self.tabs, self.scrubber) = (header, tabs, scrubber)
    (self.message, self.keys, self.caption) = (message, keys, caption)
    guard !isTooSmall else { return }
    if isSingle || input.isZoomed {
      panes[input.focus] = body
    } else if input.isPresented {
      panes = Layout.presentedPanes(input, in: body)
    } else if input.size.columns >= 160 {
      placeThreeColumns(input, in: body)
    } else if input.size.columns >= 100, body.rows >= 18 {
      placeTailOverRest(input, in: body)
    } else {
      placeTailOverOne(input, in: body)
    }
  }

  /// The tail over one other pane; the one with the focus is a little larger.
  private mutating func placeTailOverOne(_ input: LayoutInput, in body: Rect) {
    let isTailFocused = input.focus == .tail
    let share = isTailFocused ? 55 : 45
    let (above, below) = body.split(top: (body.rows * share + 50) / 100)
    let lower = input.newest(of: PaneID.allCases.filter { $0 != .tail })
    panes[.tail] = above
    panes[lower] = below
    self.lower = isTailFocused ? lower : nil
  }

  private mutating func placeTailOverRest(_ input: LayoutInput, in body: Rect) {
    let least = PaneColumn.Part.tail.least
    let (above, below) = body.split(top: max(least, (body.rows * 2 + 2) / 5))
    let (left, right) = below.split(left: body.columns * 3 / 5)
    guard input.focus != .map else {
      panes[.map] = body
      return
    }
    panes[.tail] = above
    panes[input.newest(of: [.saga, .explore, .tools])] = left
    let column = PaneColumn([.event, .state.or(.views), .next], rows: right.rows, input)
    panes.merge(column.places(in: right)) { first, _ in first }
  }

  private mutating func placeThreeColumns(_ input: LayoutInput, in body: Rect) {
    let (left, rest) = body.split(left: body.columns * 21 / 100)
    let (middle, right) = rest.split(left: body.columns * 49 / 100)
    for (parts, rect) in [
      ([.explore, .next], left), ([.tail, .saga.or(.map), .views], middle),
      ([.event, .state, .tools], right),
    ] as [([PaneColumn.Part], Rect)] {
      let column = PaneColumn(parts, rows: rect.rows, input)
      panes.merge(column.places(in: rect)) { first, _ in first }
    }
  }

  /// The size of a pane inside its border; zero when the pane is not visible.
  func inside(of pane: PaneID) -> Size {
    panes[pane]?.inset(by: 1).size ?? Size(columns: 0, rows: 0)
  }
}
