import EventicleCore

/// A table with a border, column heads and a selected row; only the visible rows are made.
struct TablePane {
  /// One cell.
  typealias Cell = (text: DisplayText, role: StyleRole)

  let title: DisplayText
  let heads: [DisplayText]
  /// The number of rows.
  let count: Int
  let list: ListCursor
  let isFocused: Bool
  /// What is searched for in it.
  var find: ListFind?

  /// The greatest width of a column.
  private static let widest = 24

  /// Draws the table.
  ///
  /// - Parameter cells: The cells of a row; `nil` when the row does not exist.
  func draw(in rect: Rect, on canvas: inout Canvas, cells: (Int) -> [Cell]?) {
    let all = ShownRows(count, find)
    let footer: DisplayText =
      count == 0 ? "" : all.footer(list) ?? "\(list.selected + 1) of \(count)"
    let list = all.cursor(list, visible: rect.rows - 3)
    let inside = canvas.box(rect, title: title, footer: footer, focused: isFocused)
    guard !inside.isEmpty else { return }
    guard count > 0 else {
      return Sentence("There is nothing here yet.").draw(in: inside, on: &canvas)
    }
    let places = list.top..<max(list.top, min(list.top + inside.rows - 1, all.count))
    var shown: [Int: [Cell]] = [:]
    for place in places {
      if case .row(let row) = all.row(at: place) { shown[row] = cells(row) }
    }
    let widths = widths(Array(shown.values))
    canvas.within(inside) { canvas in
      canvas.put(
        line(heads.map { ($0, .uiMuted) }, widths), at: Point(column: 1, row: 0),
        columns: inside.columns - 2)
      for place in places {
        let row = place - list.top + 1
        canvas.put(
          all.line(at: place) { line(shown[$0] ?? [], widths) }, at: Point(column: 1, row: row),
          columns: inside.columns - 2)
        guard place == list.selected else { continue }
        canvas.overlay(
          isFocused ? .uiSelection : .uiSelectionInactive,
          in: Rect(column: 0, row: row, columns: inside.columns, rows: 1))
      }
    }
    canvas.scrollbar(
      at: Point(column: rect.endColumn - 1, row: inside.row + 1), rows: inside.rows - 1,
      first: list.top, visible: inside.rows - 1, total: all.count)
  }

  private func widths(_ rows: [[Cell]]) -> [Int] {
    heads.indices.map { column in
      let widest = rows.reduce(heads[column].width) { widest, row in
        row.indices.contains(column) ? max(widest, row[column].text.width) : widest
      }
      return min(widest, TablePane.widest)
    }
  }

  private func line(_ cells: [Cell], _ widths: [Int]) -> StyledLine {
    var line = StyledLine()
    for (cell, width) in zip(cells, widths) {
      let alignment: TextAlignment = cell.role == .jsonNumber ? .right : .left
      line.add(cell.text, cell.role, columns: width, alignment: alignment)
      line.add("  ")
    }
    return line
  }
}
