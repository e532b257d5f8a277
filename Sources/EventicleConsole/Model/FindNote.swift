import EventicleCore

/// What stands beside a text that is being searched for: how much was found, and the keys.
enum FindNote {
  /// The parts, in order; without a prompt none.
  static func parts(_ model: Model) -> [String] {
    guard let finding = model.finding else { return [] }
    let keys = ["↑ earlier", "Enter keeps", "Esc all"]
    if let problem = finding.problem { return [problem] + keys }
    if finding.pane == .tail {
      guard let find = model.tail.find else { return keys }
      let hits = find.hits
      let here = model.selectedEntry.flatMap {
        hits.contains($0) == true ? hits.count(upTo: $0) : nil
      }
      let rows = "\(hits.count) of \(hits.looked.rows) rows"
      return parts(rows + (find.isDone ? "" : " so far"), here, hits.count, find.isFolded) + keys
    }
    guard let find = model.finds[finding.pane] else { return keys }
    let row = PaneTable[finding.pane]?.findable(model).selected ?? 0
    let isAll = find.looked == find.count
    let rows = isAll ? "\(find.count) rows" : "the first \(find.looked) rows"
    return parts(
      "\(find.hits.count) of \(rows)", find.contains(row) ? find.hits(upTo: row) : nil,
      find.hits.count, find.isFolded) + keys
  }

  private static func parts(
    _ rows: String, _ here: Int?, _ count: Int, _ isFolded: Bool
  ) -> [String] {
    let place = here.map { ["hit \($0) of \(count)"] } ?? []
    return [rows] + place + [isFolded ? "Tab all rows" : "Tab only these"]
  }
}
