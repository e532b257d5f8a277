import EventicleCore
import EventicleWorkbench

/// Two histories side by side, as rows below the branches: what happened in each, then what there is
/// at their ends.
struct ComparisonRows {
  private let comparison: ComparisonNotice
  private let columns: Int
  /// Says which events are bad news.
  private let domain: Domain?

  private enum Place {
    case rule
    case names
    case common
    case row(ComparisonNotice.Row)
    case more
    case ends
    case thing(ComparisonNotice.Thing)
    case moreThings
  }

  init(_ comparison: ComparisonNotice, columns: Int, in domain: Domain? = nil) {
    self.comparison = comparison
    self.columns = columns
    self.domain = domain
  }

  /// The rows before the first one of what happened: a rule, the names, what both have in common.
  private static let before = 3

  /// Where a row of what happened stands in the list.
  static func place(ofRow row: Int, branches: Int) -> Int { branches + before + row }

  /// The number of rows of the list.
  static func count(_ comparison: ComparisonNotice, branches: Int) -> Int {
    branches + ComparisonRows(comparison, columns: 80).count
  }

  var count: Int {
    Self.before + comparison.rows.count + (comparison.hiddenRows > 0 ? 1 : 0)
      + (comparison.things.isEmpty ? 0 : 1 + comparison.things.count)
      + (comparison.hiddenThings > 0 ? 1 : 0)
  }

  private func place(_ index: Int) -> Place? {
    switch index {
    case 0: return .rule
    case 1: return .names
    case 2: return .common
    default: break
    }
    var rest = index - Self.before
    if rest < comparison.rows.count { return .row(comparison.rows[rest]) }
    rest -= comparison.rows.count
    if comparison.hiddenRows > 0 {
      if rest == 0 { return .more }
      rest -= 1
    }
    guard !comparison.things.isEmpty else { return nil }
    if rest == 0 { return .ends }
    rest -= 1
    if rest < comparison.things.count { return .thing(comparison.things[rest]) }
    return comparison.hiddenThings > 0 && rest == comparison.things.count ? .moreThings : nil
  }

  /// Whether a row is one that stands and is passed over.
  func isHead(_ index: Int) -> Bool {
    switch place(index) {
    case .row, .thing: false
    default: true
    }
  }

  /// The entry of a branch that a row is about; `nil` when it has nothing there.
  func entry(_ index: Int, in branch: String) -> JournalIndex? {
    guard case .row(let row)? = place(index) else { return nil }
    if comparison.left.name == branch, comparison.left.isBranch, let left = row.left {
      return left.entry
    }
    guard comparison.right.name == branch, comparison.right.isBranch else { return nil }
    return row.right?.entry
  }

  // MARK: - Lines

  func line(_ index: Int) -> StyledLine {
    switch place(index) {
    case .rule: StyledLine(DisplayText(repeating: "─", count: columns), .uiBorder)
    case .names: names
    case .common: common
    case .row(let row): line(row)
    case .more:
      StyledLine(" \(PaneText.data("\(comparison.hiddenRows)")) more rows", .uiMuted)
    case .ends: ends
    case .thing(let thing): line(thing)
    case .moreThings:
      StyledLine(" \(PaneText.data("\(comparison.hiddenThings)")) more things", .uiMuted)
    case nil: .empty
    }
  }

  /// The columns of the left side, and of the right one.
  private var widths: (left: Int, right: Int) {
    let left = max(8, (columns - 5) / 2)
    return (left, max(0, columns - left - 4))
  }

  private var names: StyledLine {
    var line = StyledLine(" ")
    line.add(title(comparison.left), .uiTitle, columns: widths.left)
    line.add(" │ ", .uiBorder)
    line.add(title(comparison.right), .uiTitle)
    return line.truncated(to: columns)
  }

  private func title(_ side: ComparisonNotice.Side) -> DisplayText {
    PaneText.data(side.name, limit: 60) + " " + PaneText.data("\(side.moment)")
  }

  private var common: StyledLine {
    let start = MomentName(Position(0))
    let text: DisplayText =
      comparison.common == start
      ? "they part at the beginning" : "#1 – " + PaneText.data("\(comparison.common)")
    var line = StyledLine(" ")
    line.add(text, .uiMuted, columns: widths.left)
    line.add(" = ", .uiMuted)
    line.add(comparison.common == start ? "" : "the same", .uiMuted)
    return line.truncated(to: columns)
  }

  private var ends: StyledLine {
    let text: DisplayText = "─── ends "
    return StyledLine(
      text + DisplayText(repeating: "─", count: max(0, columns - text.width)), .uiBorder)
  }

  private func line(_ row: ComparisonNotice.Row) -> StyledLine {
    let isSame = row.relation == .same
    var line = StyledLine(" ")
    add(row.left, isSame: isSame, width: widths.left, to: &line)
    line.add(sign(row), isSame ? .uiMuted : .diffChange)
    var right = StyledLine()
    add(row.right, isSame: isSame, width: widths.right, to: &right)
    line.add(right)
    if row.relation == .changed { line.add(changes(row.changes)) }
    return line.truncated(to: columns)
  }

  private func sign(_ row: ComparisonNotice.Row) -> DisplayText {
    switch row.relation {
    case .same: " = "
    case .changed: " ~ "
    case .different: row.left == nil || row.right == nil ? " │ " : " ≠ "
    }
  }

  private func add(
    _ item: ComparisonNotice.Item?, isSame: Bool, width: Int, to line: inout StyledLine
  ) {
    guard let item else { return line.add("", .uiMuted, columns: width) }
    var text = DisplayText.empty
    if !item.sign.isEmpty { text += PaneText.data(item.sign) + " " }
    let news = item.sign.isEmpty ? news(in: item) : nil
    text += self.text(of: item, news)
    // Where there is little room, what happened is more than why.
    let reason = PaneText.data(item.reason, limit: 200)
    if !reason.isEmpty, text.width + 1 + reason.width <= width { text += " " + reason }
    let role: StyleRole =
      isSame || item.isElsewhere
      ? .uiMuted
      : item.sign == "✗" ? .statusError : item.sign == "!" ? .statusWarn : news?.role ?? .uiText
    line.add(text.truncated(to: width), role, columns: width)
  }

  private func news(in item: ComparisonNotice.Item) -> Severity? {
    guard let type = item.type, let domain else { return nil }
    return Severity(type, in: domain)
  }

  /// `#5 ▼PaymentDeclined pay-1`: the mark of bad news stands before the type, as in the tail.
  private func text(of item: ComparisonNotice.Item, _ news: Severity?) -> DisplayText {
    let text = PaneText.data(item.text, limit: 400)
    guard let news, let position = item.event else { return text }
    let number = PaneText.data("\(position) ")
    return number + news.mark + text.dropping(columns: number.width)
  }

  private func changes(_ changes: [ComparisonNotice.Change]) -> StyledLine {
    var line = StyledLine()
    for change in changes.prefix(2) {
      line.add("  " + PaneText.data(change.path, limit: 40) + " ", .diffChange)
      line.add(value(change.left) + " ≠ " + value(change.right), .diffChange)
    }
    return line
  }

  private func value(_ value: JSON?) -> DisplayText {
    value.map { PaneText.data($0.description, limit: 60) } ?? "nothing"
  }

  /// `Order order-1`, `T timeout order-1`.
  private func name(_ thing: ComparisonNotice.Thing) -> String {
    guard thing.kind == .timer, let slash = thing.id.lastIndex(of: "/") else {
      return thing.id.isEmpty ? thing.type : "\(thing.type) \(thing.id)"
    }
    return "T \(thing.id[thing.id.index(after: slash)...]) \(thing.id[..<slash])"
  }

  private func line(_ thing: ComparisonNotice.Thing) -> StyledLine {
    var line = StyledLine(" ")
    let width = widths.left
    let name = PaneText.data(self.name(thing), limit: 200)
    let widest = comparison.things.map { self.name($0).count }.max() ?? 0
    let nameWidth = max(8, min(widest, width * 3 / 5))
    line.add(name.truncated(to: nameWidth), .uiMuted, columns: nameWidth)
    line.add(" ")
    let left = PaneText.data(thing.left, limit: 200)
    let role: StyleRole = thing.isSame ? .uiMuted : .uiText
    let rest = max(0, width - nameWidth - 1)
    line.add(left.truncated(to: rest), role, columns: rest)
    line.add(thing.isSame ? " = " : " ≠ ", thing.isSame ? .uiMuted : .diffChange)
    line.add(PaneText.data(thing.right, limit: 200), role)
    return line.truncated(to: columns)
  }
}
