import EventicleCore

/// What happened with the session and the program.
struct LogTool {
  private let context: PaneContext
  private var log: SessionLog { context.log }

  init(_ context: PaneContext) { self.context = context }

  /// What Enter on a row does: goes to the moment that it is about.
  func open(_ row: Int) -> [PaneRequest] {
    guard log.lines.indices.contains(row), let entry = log.lines[row].entry else { return [] }
    let timeline = context.shown.timeline
    guard timeline.entry(entry) != nil, timeline.moment(of: entry) != context.shown.cursor else {
      return []
    }
    return [.run("goto \(entry)")]
  }

  /// The list in a width, with the whole text of a selected row that is too long for its line.
  func list(columns: Int, selected: Int) -> ToolsList {
    var list = ToolsList()
    list.count = log.lines.count
    list.line = { index in
      log.lines.indices.contains(index) ? line(log.lines[index], columns: columns) : .empty
    }
    list.nothing =
      "Nothing yet: what lines answered, what failed, and what was read or written stands here."
    let problems = log.problems
    let place = log.dropped + selected + 1
    let all = log.dropped + log.lines.count
    list.footer = problems > 0 ? "✗ \(problems) · \(place) of \(all)" : "\(place) of \(all)"
    guard log.lines.indices.contains(selected) else { return list }
    let text = log.lines[selected].text
    if PaneText.data(text).width > columns - 13 {
      let rule = StyledLine(DisplayText(repeating: "─", count: columns), .uiBorder)
      list.below =
        [rule]
        + Sentence(text).wrapped(.uiText, columns: columns - 3, most: 4).map { $0.indented(by: 1) }
    }
    return list
  }

  private func line(_ entry: SessionLog.Line, columns: Int) -> StyledLine {
    var line = StyledLine(" ")
    line.add(PaneText.data(CivilTime(entry.instant).clockText), .uiMuted)
    switch entry.kind {
    case .information: line.add("  ")
    case .warning: line.add(" !", .statusWarn)
    case .problem: line.add(" ✗", .statusError)
    }
    let role: StyleRole =
      switch entry.kind {
      case .information: .uiText
      case .warning: .statusWarn
      case .problem: .statusError
      }
    let text = PaneText.data(entry.text)
    line.add(" " + text, role)
    if let said = entry.line, line.width + 6 < columns {
      line.add("  :" + PaneText.data(said), .uiMuted)
    }
    return line.truncated(to: columns)
  }
}
