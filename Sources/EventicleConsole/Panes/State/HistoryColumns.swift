import EventicleCore

/// The columns of an aggregate's history; they give way from the right when room is short.
struct HistoryColumns {
  /// One version.
  struct Row {
    let version: Int
    let position: Position?
    let type: DisplayText
    /// What its event changed; `nil` until it is folded.
    let changes: [Difference]?
    let time: DisplayText
    let author: DisplayText
  }

  private let version: Int
  private let by: Int
  private let what: Int
  private let showsTime: Bool
  private let showsAuthor: Bool

  /// Measures the rows on screen.
  ///
  /// - Parameters:
  ///   - count: The number of all versions.
  ///   - width: The columns inside the border.
  init(_ rows: [Row], of count: Int, width: Int) {
    version = max(2, "\(count)".utf8.count + 1)
    let causes = rows.map { Self.cause($0).width }.max() ?? 0
    by = min(max(causes, 2), max(12, width / 3))
    let author = min(16, rows.map { $0.author.width }.max() ?? 0)
    let rest = width - 2 - version - by - 3
    showsAuthor = rest - 12 - author >= 18
    showsTime = showsAuthor || rest - 10 >= 12
    what = max(0, rest - (showsTime ? 10 : 0) - (showsAuthor ? 2 + author : 0))
  }

  /// The heads, from the pane's left edge.
  var head: StyledLine {
    var line = StyledLine(" ")
    line.add("v", .uiMuted, columns: version + 1)
    line.add("by", .uiMuted, columns: by + 2)
    line.add("what changed", .uiMuted)
    guard showsTime else { return line }
    line.add(.spaces(max(0, what + 2 - "what changed".count)))
    line.add(showsAuthor ? "when · who" : "when", .uiMuted)
    return line
  }

  /// A row, from the column after the pane's left edge.
  func line(of row: Row, isMarked: Bool) -> StyledLine {
    var line = StyledLine()
    line.add("\(row.version)" + (isMarked ? "d" : ""), isMarked ? .diffChange : .uiText)
    line.add(.spaces(max(0, version + 1 - line.width)))
    let position = row.position.map { PaneText.data("\($0) ") } ?? .empty
    line.add(position, .uiMuted)
    line.add(row.type.truncated(to: max(0, by - position.width)), .kindEvent)
    line.add(.spaces(max(0, by + 2 + version + 1 - line.width)))
    let changes = row.changes.map(Self.changes) ?? .empty
    line.add(changes.truncated(to: what))
    guard showsTime else { return line }
    line.add(.spaces(max(0, what + by + version + 5 - line.width)))
    line.add(row.time, .uiMuted)
    if showsAuthor {
      line.add("  ")
      line.add(row.author, row.author.prefix(columns: 2) == "T " ? .kindTimer : .uiMuted)
    }
    return line
  }

  private static func cause(_ row: Row) -> DisplayText {
    (row.position.map { PaneText.data("\($0) ") } ?? .empty) + row.type
  }

  /// `status paying → onHold  + hold`: what became something else, then names of what came and
  /// went.
  static func changes(_ changes: [Difference]) -> StyledLine {
    var line = StyledLine()
    let changed = changes.filter { $0.old != nil && $0.new != nil }
    let status = changed.filter { $0.path.description == "status" }
    let others = changed.filter { $0.path.description != "status" }
    for change in (status + others).prefix(8) {
      if !line.isEmpty { line.add("  ") }
      line.add(JSONText.path(of: change), .jsonKey)
      line.add(" ")
      line.pieces += JSONText.words(change.old ?? .null).map { StyledPiece($0.text, .diffRemove) }
      line.add(" → ", .diffChange)
      line.pieces += JSONText.words(change.new ?? .null).map { StyledPiece($0.text, .diffChange) }
    }
    let came = changes.filter { $0.old == nil }.map { JSONText.path(of: $0) }
    let went = changes.filter { $0.new == nil }.map { JSONText.path(of: $0) }
    add(came, "+ ", .diffAdd, to: &line)
    add(went, "- ", .diffRemove, to: &line)
    return line
  }

  private static func add(
    _ names: [DisplayText], _ sign: DisplayText, _ role: StyleRole, to line: inout StyledLine
  ) {
    guard !names.isEmpty else { return }
    if !line.isEmpty { line.add("  ") }
    line.add(sign, role)
    for (index, name) in names.prefix(12).enumerated() {
      if index > 0 { line.add(", ", .uiMuted) }
      line.add(name, role)
    }
    if names.count > 12 { line.add(", …", .uiMuted) }
  }
}
