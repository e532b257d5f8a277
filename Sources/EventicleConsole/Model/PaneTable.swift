/// The panes of the console, one row each.
enum PaneTable {
  /// All rows, ordered by pane number.
  static let rows: [PaneRow] = [
    .tail(.tail, "Tail"),
    PaneRow(.event, "Event", EventPane.self),
    PaneRow(.state, "State", StatePane.self),
    PaneRow(.saga, "Saga", SagaPane.self),
    PaneRow(.next, "Next", NextPane.self),
    PaneRow(.views, "Views", ViewsPane.self),
    PaneRow(.map, "Map", MapPane.self),
    PaneRow(.explore, "Explore", ExplorePane.self),
    PaneRow(.tools, "Tools", ToolsPane.self),
  ]

  private static let byID = Dictionary(rows.map { ($0.id, $0) }) { first, _ in first }

  /// The row of a pane; every pane has one.
  static subscript(id: PaneID) -> PaneRow? { byID[id] }

  /// The row of the pane that can show a subject.
  static func row(for subject: PaneSubject) -> PaneRow? { rows.first { $0.shows(subject) } }
}
