import EventicleCore
import EventicleWorkbench

/// Every step that changed something, each in two lines: when and what, and what led to it up to who
/// began it.
struct WhyTool {
  private let why: WhyNotice?
  private let keymap: Keymap

  init(_ context: PaneContext, _ why: WhyNotice?) {
    self.why = why
    keymap = context.keymap
  }

  /// What Enter on a row does: goes to the step.
  func open(_ row: Int) -> [PaneRequest] {
    guard let why, why.rows.indices.contains(row / 2) else { return [] }
    return [.run("goto \(why.rows[row / 2].entry)")]
  }

  /// The list in a width.
  func list(columns: Int) -> ToolsList {
    var list = ToolsList()
    guard let why else {
      list.nothing =
        "\(keymap.label(of: .command))why Order/order-1.status lists every step that changed a value, "
        + "up to who began it; \(keymap.label(of: .why)) in State and Saga asks that of what is shown."
      return list
    }
    var head = StyledLine(" ")
    head.add(PaneText.data(why.subject, limit: 200), .uiTitle)
    if why.earlier > 0 {
      head.add(
        PaneText.data("  \(why.earlier.grouped) earlier steps are not looked at"), .statusWarn)
    }
    list.heads = [head.truncated(to: columns)]
    list.count = 2 * why.rows.count
    list.line = { index in
      guard why.rows.indices.contains(index / 2) else { return .empty }
      let row = why.rows[index / 2]
      return (index % 2 == 0 ? line(row) : causes(row)).truncated(to: columns)
    }
    list.isHead = { $0 % 2 == 1 }
    if why.rows.isEmpty { list.nothing = "Nothing has changed it so far." }
    list.footer = PaneText.data(
      "\(why.rows.count.grouped) \(why.rows.count == 1 ? "change" : "changes")")
    return list
  }

  private func line(_ row: WhyNotice.Row) -> StyledLine {
    var line = StyledLine(" ")
    line.add(PaneText.data("\(row.moment)"), .uiTitle, columns: 7)
    line.add(" " + PaneText.data(CivilTime(row.instant).clockText) + "  ", .uiMuted)
    for (place, change) in row.changes.prefix(4).enumerated() {
      if place > 0 { line.add("  ") }
      line.add(PaneText.data(change.path, limit: 60), .uiText)
      switch (change.old, change.new) {
      case (let old?, let new?):
        line.add(" \(value(old)) → ", .uiMuted)
        line.add(value(new), .diffChange)
      case (nil, let new?): line.add(" + " + value(new), .diffAdd)
      case (let old?, nil): line.add(" - " + value(old), .diffRemove)
      case (nil, nil): break
      }
    }
    if row.changes.count > 4 { line.add("  \(row.changes.count - 4) more", .uiMuted) }
    return line
  }

  private func causes(_ row: WhyNotice.Row) -> StyledLine {
    var line = StyledLine("         by ", .uiMuted)
    line.add(PaneText.data(row.by, limit: 200), .uiText)
    for cause in row.causes {
      line.add(" ← ", .uiMuted)
      line.add(PaneText.data(cause, limit: 200), .uiMuted)
    }
    return line
  }

  private func value(_ value: JSON) -> DisplayText { PaneText.data(value.description, limit: 80) }
}
