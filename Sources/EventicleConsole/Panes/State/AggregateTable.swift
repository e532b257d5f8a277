import EventicleCore

/// The aggregates of a type, one per row.
struct AggregateTable {
  let context: PaneContext
  let type: String

  /// The greatest number of events of an aggregate whose status is shown.
  static let mostFolded = 200

  /// Draws the table; looks only at visible rows.
  func draw(_ list: ListCursor, in rect: Rect, on canvas: inout Canvas) {
    let table = TablePane(
      title: PaneText.data("3 State  \(type)"), heads: ["id", "status", "version"],
      count: context.shown.world.histories.count(of: type), list: list,
      isFocused: context.isFocused, find: context.find)
    table.draw(in: rect, on: &canvas) { cells(of: $0) }
  }

  /// The aggregate of a row and its version.
  func aggregate(at row: Int) -> (AggregateKey, Version)? {
    let histories = context.shown.world.histories
    guard let id = histories.id(of: type, at: row) else { return nil }
    let key = AggregateKey(type, id)
    return (key, histories.version(of: key))
  }

  /// A row as `/` reads it.
  func text(of row: Int) -> String {
    (cells(of: row) ?? []).map(\.text.string).joined(separator: "  ")
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
