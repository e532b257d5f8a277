import EventicleCore

/// The tree on the left: streams, aggregates, sagas, views, commands, with counts.
enum ExplorePane {
  /// Draws the tree.
  static func draw(
    _ model: Model, in rect: Rect, focused: Bool, on canvas: inout Canvas,
    _ meter: inout WorkMeter
  ) {
    let inside = canvas.box(rect, title: "1 Explore", focused: focused)
    let moment = model.shown
    let rows = ExploreRows(model.explore, moment).rows
    var list = model.explore.list
    list.reveal(visible: inside.rows, count: rows.count)
    canvas.within(inside) { canvas in
      for row in 0..<inside.rows {
        let index = list.top + row
        guard rows.indices.contains(index) else { break }
        let isSelected = index == list.selected
        canvas.draw(
          line(rows[index], model, moment, columns: inside.columns), row: row,
          overlay: isSelected ? (focused ? .uiSelection : .uiSelectionInactive) : nil)
      }
    }
    canvas.scrollbar(
      at: Point(column: rect.endColumn - 1, row: inside.row), rows: inside.rows, first: list.top,
      visible: inside.rows, total: rows.count)
  }

  private static func line(
    _ row: ExploreRows.Row, _ model: Model, _ moment: MomentView, columns: Int
  ) -> StyledLine {
    var line = StyledLine()
    let title = PaneText.data(row.title, limit: columns)
    if case .section(let section) = row.subject {
      line.add(model.explore.folded.contains(section) ? "▸" : "▾", .uiMuted)
      line.add(title, .uiTitle)
    } else {
      line.add("  ")
      line.add(title, role(of: row.subject, moment.domain))
    }
    if !row.note.isEmpty {
      line.right = [StyledPiece(PaneText.data(row.note, limit: 20), .statusWarn)]
    } else if let count = row.count {
      line.right = [StyledPiece("\(count)", .uiMuted)]
    }
    return line
  }

  private static func role(of subject: ExploreRows.Row.Subject, _ domain: Domain) -> StyleRole {
    switch subject {
    case .section: .uiTitle
    case .stream(let name): PaneText.role(of: name, domain)
    case .aggregates: .kindAggregate
    case .saga: .kindSaga
    case .view: .kindView
    case .command: .uiText
    case .adapter: .kindExternal
    }
  }
}
