import EventicleCore

/// Two versions of one aggregate, compared value by value.
enum HistoryComparison {
  /// What has to be folded first.
  static func folds(_ key: AggregateKey, _ comparison: StateModel.Comparison) -> [FoldRequest] {
    [.aggregate(key, comparison.first), .aggregate(key, comparison.second)]
  }

  /// The lines: `~status "placed" → "paid"`; empty until both versions are folded.
  static func lines(
    of key: AggregateKey, _ comparison: StateModel.Comparison, _ folds: Folds, _ keymap: Keymap
  ) -> [StyledLine] {
    guard let first = folds.aggregate(key, comparison.first),
      let second = folds.aggregate(key, comparison.second)
    else { return [] }
    let changes = differences(from: first.state, to: second.state)
    let count = changes.count == 1 ? "1 value differs" : "\(changes.count) values differ"
    var lines = [
      StyledLine(
        PaneText.data(
          " v\(comparison.first) → v\(comparison.second): \(count)   \(keymap.label(of: .cancel)) is back to the versions"
        ),
        .uiMuted)
    ]
    let width = min(24, changes.map { JSONText.path(of: $0).width }.max() ?? 0)
    lines += changes.prefix(JSONTree.most).map { change in
      let path = JSONText.path(of: change)
      var line = StyledLine(PaneText.data(change.sign), JSONText.role(of: change))
      line.add(path, .jsonKey, columns: max(path.width, width))
      line.add("   ")
      switch (change.old, change.new) {
      case (nil, let new?): line.add(JSONText.line(new), .diffAdd)
      case (let old?, nil): line.add(JSONText.line(old), .diffRemove)
      default: JSONText.add(change, to: &line)
      }
      return line
    }
    return lines
  }
}
