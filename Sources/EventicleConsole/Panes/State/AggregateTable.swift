import EventicleCore

/// The aggregates of a type, one a row.
struct AggregateTable {
  let context: PaneContext
  let type: String

  /// How many events an aggregate may have for its status to be told.
  static let mostFolded = 200

  /// Draws the table; what is not on screen is not looked at.
  func draw(_ list: ListCursor, in rect: Rect, on canvas: inout Canvas) {
    let table = TablePane(
      title: PaneText.data("4 Aggregates \(type)"), heads: ["id", "status", "version"],
      count: context.shown.world.histories.count(of: type), list: list,
      isFocused: context.isFocused)
    table.draw(in: rect, on: &canvas) { cells(of: $0) }
  }

  /// The aggregate in a row, and its version.
  func aggregate(at row: Int) -> (AggregateKey, Version)? {
    let histories = context.shown.world.histories
    guard let id = histories.id(of: type, at: row) else { return nil }
    let key = AggregateKey(type, id)
    return (key, histories.version(of: key))
  }

  private func cells(of row: Int) -> [TablePane.Cell]? {
    guard let (key, version) = aggregate(at: row) else { return nil }
    let status = context.folds.status(key, version) ?? ""
    return [
      (PaneText.data(key.id.text), .uiText), (PaneText.data(status), .chartStateVisited),
      (PaneText.data("v\(version)"), .uiMuted),
    ]
  }
}
