/// Panes above each other that share the rows of a column.
struct PaneColumn {
  /// One pane of a column.
  struct Part {
    /// The panes that can stand here; the one that had the focus last does.
    let panes: [PaneID]
    /// How many rows of a hundred it takes.
    let share: Int
    /// The rows that it needs, with its frame.
    let least: Int
    /// When it gives way for want of rows: the lowest number first; the tail never does.
    let stays: Int

    static let tail = Part(panes: [.tail], share: 38, least: 10, stays: 6)
    static let saga = Part(panes: [.saga], share: 38, least: 8, stays: 5)
    static let event = Part(panes: [.event], share: 34, least: 7, stays: 4)
    static let state = Part(panes: [.state], share: 40, least: 8, stays: 4)
    static let next = Part(panes: [.next], share: 26, least: 5, stays: 3)
    static let views = Part(panes: [.views], share: 24, least: 6, stays: 2)
    static let tools = Part(panes: [.tools], share: 30, least: 6, stays: 0)
    static let explore = Part(panes: [.explore], share: 62, least: 8, stays: 1)

    /// The place of one pane.
    static func of(_ pane: PaneID) -> Part {
      switch pane {
      case .tail: tail
      case .event: event
      case .state: state
      case .saga: saga
      case .next: next
      case .views: views
      case .explore: explore
      case .map, .tools: tools
      }
    }

    /// The same place with other panes that can stand there too.
    func or(_ others: PaneID...) -> Part {
      Part(panes: panes + others, share: share, least: least, stays: stays)
    }
  }

  private let parts: [(pane: PaneID, part: Part)]

  /// Chooses the panes that have room in a number of rows.
  init(_ parts: [Part], rows: Int, _ input: LayoutInput) {
    var chosen = parts.map { (pane: input.newest(of: $0.panes), part: $0) }
    while chosen.count > 1, chosen.reduce(0, { $0 + $1.part.least }) > rows {
      // What has the focus stays, and of two that stay equally long the one that had it last.
      let going = chosen.indices.min { left, right in
        Self.order(chosen[left], input) < Self.order(chosen[right], input)
      }
      guard let going, Self.order(chosen[going], input) < Self.kept else { break }
      chosen.remove(at: going)
    }
    self.parts = chosen
  }

  private static let kept = 1_000

  private static func order(_ place: (pane: PaneID, part: Part), _ input: LayoutInput) -> Int {
    if place.pane == input.focus || place.pane == .tail { return kept }
    let age = input.recent.firstIndex(of: place.pane) ?? PaneID.allCases.count + place.pane.rawValue
    return place.part.stays * 40 - age
  }

  /// Whether all of them have the rows that they need.
  func fits(in rows: Int) -> Bool { parts.reduce(0) { $0 + $1.part.least } <= rows }

  /// The places of the panes.
  func places(in rect: Rect) -> [PaneID: Rect] {
    let shares = parts.reduce(0) { $0 + $1.part.share }
    let isTight = !fits(in: rect.rows)
    let needed = isTight ? 0 : parts.reduce(0) { $0 + $1.part.least }
    guard shares > 0 else { return [:] }
    var places: [PaneID: Rect] = [:]
    var rest = rect
    var (sharesLeft, neededLeft) = (shares, needed)
    for (pane, part) in parts {
      neededLeft -= isTight ? 0 : part.least
      let fair = (rest.rows * part.share + sharesLeft / 2) / sharesLeft
      let rows = max(0, min(max(fair, isTight ? 0 : part.least), rest.rows - neededLeft))
      let (place, below) = rest.split(top: rows)
      places[pane] = place
      (rest, sharesLeft) = (below, sharesLeft - part.share)
    }
    return places
  }
}
