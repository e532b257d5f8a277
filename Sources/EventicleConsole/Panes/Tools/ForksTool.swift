import EventicleCore
import EventicleWorkbench

/// Main and its forks as a tree: where each left, its newest moment, and the acts of its own.
struct ForksTool {
  private struct Row {
    let branch: BranchNotice
    /// The tree to its left: `└─ `.
    let tree: DisplayText
  }

  private let rows: [Row]

  private let key: String

  init(_ context: PaneContext) {
    let branches = context.branches
    key = context.keymap.label(of: .fork)
    var rows: [Row] = []
    func add(_ branch: BranchNotice, tree: DisplayText, below: DisplayText) {
      rows.append(Row(branch: branch, tree: tree))
      let children = branches.filter { $0.parent == branch.name }
      for (place, child) in children.enumerated() {
        let isLast = place == children.count - 1
        add(
          child, tree: below + (isLast ? "└─ " : "├─ "), below: below + (isLast ? "   " : "│  "))
      }
    }
    for branch in branches where branch.parent == nil {
      // The first children hang from the mark on main's own line.
      add(branch, tree: "", below: .spaces(branch.name.utf8.count + 4))
    }
    self.rows = rows
  }

  /// What Enter on a row does.
  func open(_ row: Int) -> [PaneRequest] {
    guard rows.indices.contains(row), !rows[row].branch.isCurrent else { return [] }
    return [.run("switch \(Quoting.word(rows[row].branch.name))")]
  }

  /// The list in a width.
  func list(columns: Int) -> ToolsList {
    var list = ToolsList()
    list.count = rows.count
    let names = rows.map { label($0) }
    let ends = rows.map { end($0) }
    let endWidth = ends.map(\.width).max() ?? 0
    let widest = names.map(\.width).max() ?? 0
    let arrow = max(widest + 3, min(columns - endWidth - 3, 44))
    list.line = { index in
      guard rows.indices.contains(index) else { return .empty }
      var line = StyledLine(" ")
      line.add(names[index])
      line.add(" ")
      let way = max(1, arrow - line.width - 1)
      let isMain = rows[index].branch.parent == nil
      let hasForks = rows.contains { $0.branch.parent == rows[index].branch.name }
      if isMain, hasForks, way > 4 {
        line.add(" ──●" + DisplayText(repeating: "─", count: way - 4), .uiMuted)
      } else {
        line.add(DisplayText(repeating: "─", count: way), .uiMuted)
      }
      line.add("► ", .uiMuted)
      line.add(ends[index])
      return line
    }
    list.footer = rows.count == 1 ? "no fork" : "\(rows.count - 1) of \(Limits.forks) forks"
    let key = PaneText.data(key)
    let advice: DisplayText =
      rows.count == 1
      ? " no fork yet: " + key + " opens one at this moment" : " " + key + " opens one here"
    list.below = [StyledLine(advice, .uiMuted)]
    return list
  }

  private func label(_ row: Row) -> StyledLine {
    var line = StyledLine(row.tree, .uiMuted)
    let role: StyleRole = row.branch.isCurrent ? .uiTitleFocus : .uiTitle
    line.add(PaneText.data(row.branch.name, limit: 40), role)
    if let left = row.branch.left { line.add("  from \(PaneText.data("\(left)"))", .uiMuted) }
    return line
  }

  private func end(_ row: Row) -> StyledLine {
    var line = StyledLine(PaneText.data("\(row.branch.head)"), .uiText)
    if row.branch.parent != nil {
      let acts = row.branch.acts
      line.add("   \(acts) \(acts == 1 ? "act" : "acts") of yours", .uiMuted)
    }
    if row.branch.isCurrent { line.add("   in use", .statusOk) }
    return line
  }
}
