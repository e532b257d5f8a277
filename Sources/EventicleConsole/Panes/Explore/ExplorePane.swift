import EventicleCore

/// The tree on the left: streams, aggregates, sagas, views, commands, with counts.
enum ExplorePane: Pane {
  static let initial = ExploreModel()

  static func actions(_ state: ExploreModel, _ context: PaneContext) -> [Action] {
    let rows = ExploreRows(state, context.shown).rows
    guard rows.indices.contains(state.list.selected) else { return [.nextPane] }
    // On a section Enter folds, as its own key does.
    if case .section = rows[state.list.selected].subject { return [.open, .nextPane] }
    return [.open, .fold, .nextPane]
  }

  static func hint(
    of action: Action, _ state: ExploreModel, _ context: PaneContext
  ) -> String? {
    guard action == .open else { return nil }
    let rows = ExploreRows(state, context.shown).rows
    guard rows.indices.contains(state.list.selected),
      case .section(let section) = rows[state.list.selected].subject
    else { return "open" }
    return state.folded.contains(section) ? "unfold" : "fold"
  }

  static func draw(
    _ state: ExploreModel, _ context: PaneContext, in rect: Rect, on canvas: inout Canvas,
    _ meter: inout WorkMeter
  ) {
    let inside = canvas.box(rect, title: "8 Explore", focused: context.isFocused)
    let rows = ExploreRows(state, context.shown).rows
    var list = state.list
    list.reveal(visible: inside.rows, count: rows.count)
    canvas.within(inside) { canvas in
      for row in 0..<inside.rows {
        let index = list.top + row
        guard rows.indices.contains(index) else { break }
        let isSelected = index == list.selected
        canvas.draw(
          line(rows[index], state, context.shown.domain, columns: inside.columns), row: row,
          overlay: isSelected ? context.selection : nil)
      }
    }
    canvas.scrollbar(
      at: Point(column: rect.endColumn - 1, row: inside.row), rows: inside.rows, first: list.top,
      visible: inside.rows, total: rows.count)
  }

  private static func line(
    _ row: ExploreRows.Row, _ state: ExploreModel, _ domain: Domain, columns: Int
  ) -> StyledLine {
    var line = StyledLine()
    let title = PaneText.data(row.title, limit: columns)
    if case .section(let section) = row.subject {
      line.add(state.folded.contains(section) ? "▸" : "▾", .uiMuted)
      line.add(title, .uiTitle)
    } else {
      if case .stream(let name) = row.subject {
        line.add(" ▌", PaneText.role(of: name, domain))
      } else {
        line.add("  ")
      }
      line.add(title, role(of: row.subject))
    }
    if !row.note.isEmpty {
      line.right = [StyledPiece(PaneText.data(row.note, limit: 20), .statusWarn)]
    } else if let count = row.count {
      line.right = [StyledPiece("\(count)", .uiMuted)]
    }
    return line
  }

  private static func role(of subject: ExploreRows.Row.Subject) -> StyleRole {
    switch subject {
    case .section: .uiTitle
    case .aggregates: .kindAggregate
    case .saga: .kindSaga
    case .view: .kindView
    case .command, .stream: .uiText
    case .adapter: .kindExternal
    }
  }
}
