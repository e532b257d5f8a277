/// The layout while a tape is presented: few panes, a caption below.
///
/// The tail stands at the left; beside it the pane that had the focus last, where there is room two
/// of them. Wide tables stand below the tail; the map and the tools take all the room.
extension Layout {
  /// The rows of a caption with its frame: the same for every caption.
  static func captionRows(_ size: Size) -> Int { size.rows >= 20 ? 6 : 4 }

  /// The columns of the tail beside one other pane: what its rows need without what they are
  /// because of.
  private static let tailColumns = 44

  /// The places of the tail and one or two others.
  static func presentedPanes(_ input: LayoutInput, in body: Rect) -> [PaneID: Rect] {
    guard input.focus != .map, input.focus != .tools else { return [input.focus: body] }
    let others: [PaneID] = [.event, .state, .saga, .next, .views, .explore]
    let newest = input.newest(of: others)
    guard input.size.columns >= 100, body.rows >= 24 else {
      return tail(beside: newest, input, in: body)
    }
    let next = input.recent.first { others.contains($0) && $0 != newest }
    let second = next ?? (newest == .state ? .event : .state)
    let (left, right) = body.split(left: body.columns * 2 / 5)
    let parts = [newest, second].sorted { $0.rawValue < $1.rawValue }.map { PaneColumn.Part.of($0) }
    var places = PaneColumn(parts, rows: right.rows, input).places(in: right)
    places[.tail] = left
    return places
  }

  private static func tail(
    beside pane: PaneID, _ input: LayoutInput, in body: Rect
  ) -> [PaneID: Rect] {
    guard pane == .views || body.columns < tailColumns + 32 else {
      let (left, right) = body.split(left: tailColumns)
      return [.tail: left, pane: right]
    }
    guard body.rows >= 12 else { return [input.focus: body] }
    let (above, below) = body.split(bottom: body.rows * 3 / 5)
    return [.tail: above, pane: below]
  }
}
