/// The panes of the console, one row each.
enum PaneTable {
  /// All rows, ordered by pane number.
  static let rows: [PaneRow] = [
    PaneRow(.explore, "Explore", .left, ExplorePane.self, isCompanion: false),
    .tail(.tail, "Tail", .main),
    PaneRow(.inspect, "Inspect", .right, EventPane.self),
    .either(
      PaneRow(.aggregate, "Aggregate", .rightBelow, StatePane.self),
      or: PaneRow(.aggregate, "View", .rightBelow, ViewsPane.self), isOther: \.showsViews),
    PaneRow(.saga, "Saga", .mainBelow, SagaPane.self, isWide: true),
    PaneRow(.timers, "Timers", .leftBelow, NextPane.self),
    PaneRow(.map, "Map", .instead, MapPane.self),
    PaneRow(.tools, "Tools", .rightLowest, ToolsPane.self),
  ]

  /// The pane at each place of a large screen.
  static let places = Dictionary(rows.map { ($0.place, $0.id) }) { first, _ in first }

  /// The panes that need the full width of a small screen.
  static let wide = Set(rows.filter(\.isWide).map(\.id))

  /// The panes that are worth a small screen of their own.
  static let zoomed: Set<PaneID> = [.map]

  private static let byID = Dictionary(rows.map { ($0.id, $0) }) { first, _ in first }

  /// The row of a pane; every pane has one.
  static subscript(id: PaneID) -> PaneRow? { byID[id] }

  /// The row of the pane that can show a subject.
  static func row(for subject: PaneSubject) -> PaneRow? { rows.first { $0.shows(subject) } }
}
