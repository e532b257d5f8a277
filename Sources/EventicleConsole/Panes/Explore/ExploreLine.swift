import EventicleCore

/// Lays out the rows of the tree; the columns of a section are as wide as its widest row.
struct ExploreLine {
  private struct Widths {
    var kind = 0
    var title = 0
  }

  private let context: PaneContext
  private let columns: Int
  private let folded: Set<ExploreModel.Section>
  private var widths: [ExploreModel.Section: Widths] = [:]

  /// Prepares lines in a width.
  init(_ state: ExploreModel, _ context: PaneContext, columns: Int) {
    self.context = context
    self.columns = columns
    folded = state.folded
    for row in state.page.rows where !row.isHead {
      if case .more = row.subject { continue }
      var known = widths[row.section] ?? Widths()
      known.kind = max(known.kind, min(row.kind.count, 20))
      known.title = max(known.title, min(row.title.count, 24))
      widths[row.section] = known
    }
  }

  /// The line of a row.
  func line(_ row: ExploreRow) -> StyledLine {
    switch row.subject {
    case .section(let section):
      var line = StyledLine(folded.contains(section) ? "▸" : " ", .uiMuted)
      line.add(PaneText.data(row.title), .uiTitle)
      line.right = [StyledPiece(PaneText.data(row.note) + " ", .uiMuted)]
      return line
    case .more:
      return StyledLine(.spaces(3 + kindWidth(row)) + PaneText.data(row.title), .uiMuted)
    default: return content(row)
    }
  }

  private func kindWidth(_ row: ExploreRow) -> Int {
    let kind = widths[row.section]?.kind ?? 0
    return kind == 0 ? 0 : kind + 1
  }

  private func content(_ row: ExploreRow) -> StyledLine {
    let width = widths[row.section] ?? Widths()
    var line = StyledLine(.spaces(3))
    if case .stream(let name) = row.subject {
      line.add("▌", PaneText.role(of: name, context.shown.domain))
    }
    if width.kind > 0 {
      line.add(PaneText.data(row.kind, limit: 20), .kindAggregate, columns: width.kind)
      line.add(" ")
    }
    let (mark, word, role) = state(of: row)
    let note = self.note(row)
    // A narrow pane keeps the name and what stands at the right edge.
    let room = columns - line.width - note.width - 2
    let title = PaneText.data(row.title, limit: 60)
    let wide = max(width.title, title.width)
    let padded = wide + 2 + word.width <= room ? wide : min(title.width, max(4, room))
    let titleRole: StyleRole = width.kind > 0 ? .uiText : self.role(of: row)
    if title.width > padded {
      line.add(title.truncated(to: padded), titleRole)
    } else {
      line.add(title, titleRole, columns: padded)
    }
    let left = columns - line.width - note.width - 4
    if !mark.isEmpty || !word.isEmpty, left > 0 {
      line.add(" ")
      line.add(mark.isEmpty ? " " : mark, role)
      // Beside a saga's name every column counts.
      if row.section == .aggregates { line.add(" ") }
      if word.width <= left || left >= 4 { line.add(word.truncated(to: left), role) }
    }
    if !note.isEmpty { line.right = [StyledPiece(note + " ", noteRole(row))] }
    return line
  }

  /// The mark, the state and their role.
  private func state(of row: ExploreRow) -> (mark: DisplayText, word: DisplayText, StyleRole) {
    var (mark, word) = (row.mark, row.word)
    if case .aggregate(let key) = row.subject, let version = row.version {
      word = context.folds.status(key, version) ?? ""
      mark = word.isEmpty ? nil : Severity(state: word, in: context.shown.domain)
    }
    let role: StyleRole =
      switch row.section {
      case .views where !word.isEmpty: .statusWarn
      case .adapters: word == "up to date" ? .uiMuted : .statusWarn
      case .streams, .groups, .forks: .uiMuted
      default: .uiText
      }
    return (mark?.mark ?? .empty, PaneText.data(word, limit: 40), mark?.role ?? role)
  }

  private func note(_ row: ExploreRow) -> DisplayText {
    guard let due = row.due else { return PaneText.data(row.note, limit: 20) }
    let wait = due - context.now
    return PaneText.data(wait.milliseconds > 0 ? "in \(wait.brief)" : "now")
  }

  private func noteRole(_ row: ExploreRow) -> StyleRole {
    row.due == nil ? .uiMuted : .kindTimer
  }

  private func role(of row: ExploreRow) -> StyleRole {
    switch row.section {
    case .sagas: .kindSaga
    case .aggregates: .kindAggregate
    case .views: .kindView
    case .adapters: .kindExternal
    case .streams, .groups, .stops, .forks, .watches: .uiText
    }
  }
}
