import EventicleCore
import EventicleWorkbench

/// Main and its forks as a tree: where each left, its newest moment, and the acts of its own; below
/// it how two histories differ, when that was asked.
struct ForksTool {
  private struct Row {
    let branch: BranchNotice
    /// The tree to its left: `└─ `.
    let tree: DisplayText
  }

  private let rows: [Row]
  private let comparison: ComparisonNotice?
  private let keymap: Keymap
  private let domain: Domain

  init(_ context: PaneContext, _ comparison: ComparisonNotice?) {
    let branches = context.branches
    self.comparison = comparison
    keymap = context.keymap
    domain = context.shown.domain
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

  private var current: BranchNotice? { rows.first { $0.branch.isCurrent }?.branch }

  /// Whether a row is a branch.
  func isBranch(_ row: Int) -> Bool { rows.indices.contains(row) }

  /// Whether a row is a branch that is compared with the one in use.
  func isCompared(_ row: Int) -> Bool {
    guard isBranch(row), let comparison, let current else { return false }
    let names = [comparison.left.name, comparison.right.name]
    return names.contains(rows[row].branch.name) && names.contains(current.name)
      && rows[row].branch.name != current.name
  }

  /// What Enter on a row does: it compares a branch with the one in use, then goes to it; on a row of
  /// what happened it goes to its moment.
  func open(_ row: Int) -> [PaneRequest] {
    guard isBranch(row) else { return stand(row) }
    let branch = rows[row].branch
    guard !branch.isCurrent, let current else { return [] }
    guard !isCompared(row) else { return [.run("switch \(Quoting.word(branch.name))")] }
    // Left is where one came from.
    let (left, right) =
      isAncestor(branch.name, of: current)
      ? (branch.name, current.name) : (current.name, branch.name)
    return [.run("compare \(Quoting.word(left)) \(Quoting.word(right))")]
  }

  /// What standing on a row does: the moment of what happened there is shown.
  func stand(_ row: Int) -> [PaneRequest] {
    guard let comparison, let current, !isBranch(row) else { return [] }
    let rows = ComparisonRows(comparison, columns: 80)
    return rows.entry(row - self.rows.count, in: current.name).map { [.stand($0)] } ?? []
  }

  private func isAncestor(_ name: String, of branch: BranchNotice) -> Bool {
    var parent = branch.parent
    for _ in 0...rows.count {
      guard let next = parent else { return false }
      if next == name { return true }
      parent = rows.first { $0.branch.name == next }?.branch.parent
    }
    return false
  }

  /// The list in a width.
  func list(columns: Int, selected: Int) -> ToolsList {
    var list = ToolsList()
    let compared = comparison.map { ComparisonRows($0, columns: columns, in: domain) }
    list.count = rows.count + (compared?.count ?? 0)
    let names = rows.map { label($0) }
    let ends = rows.map { end($0) }
    let endWidth = ends.map(\.width).max() ?? 0
    let widest = names.map(\.width).max() ?? 0
    let arrow = max(widest + 3, min(columns - endWidth - 3, 44))
    list.line = { index in
      guard rows.indices.contains(index) else {
        return compared?.line(index - rows.count) ?? .empty
      }
      return branchLine(index, names[index], ends[index], arrow: arrow)
    }
    list.isHead = { index in
      index >= rows.count && (compared?.isHead(index - rows.count) ?? false)
    }
    list.footer = footer
    list.below = [advice(selected)]
    return list
  }

  private var footer: DisplayText {
    guard let comparison else {
      return rows.count == 1 ? "no fork" : "\(rows.count - 1) of \(Limits.forks) forks"
    }
    if comparison.isSame { return "no difference" }
    let count = comparison.differences
    return count == 0
      ? "the ends are the same"
      : PaneText.data("\(count) \(count == 1 ? "difference" : "differences")")
  }

  private func advice(_ selected: Int) -> StyledLine {
    let fork = PaneText.data(keymap.label(of: .fork))
    let compare = PaneText.data(keymap.label(of: .compare))
    if rows.count == 1 {
      return StyledLine(" no fork yet: " + fork + " opens one at this moment", .uiMuted)
    }
    guard isBranch(selected), !rows[selected].branch.isCurrent else {
      return StyledLine(
        " " + fork + " opens one here   " + compare + " compares with the parent", .uiMuted)
    }
    let what: DisplayText =
      isCompared(selected) ? " Enter switches to it" : " Enter compares it with the one in use"
    return StyledLine(what, .uiMuted)
  }

  private func branchLine(
    _ index: Int, _ name: StyledLine, _ end: StyledLine, arrow: Int
  ) -> StyledLine {
    var line = StyledLine(" ")
    line.add(name)
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
    line.add(end)
    return line
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
      if row.branch.edits > 0 { line.add("   history changed", .statusWarn) }
    }
    if row.branch.isCurrent { line.add("   in use", .statusOk) }
    return line
  }
}
