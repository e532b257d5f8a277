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

  /// The greatest width of a column.
  private static let widest = 24

  /// The rows visible in a rectangle, without its border and heads.
  static func shown(_ list: ListCursor, rows: Int, count: Int) -> Range<Int> {
    var list = list
    list.reveal(visible: rows, count: count)
    return list.top..<(list.top + max(0, min(rows, count - list.top)))
  }

  /// Draws the table.
  ///
  /// - Parameter cells: The cells of a row; `nil` when the row does not exist.
  func draw(in rect: Rect, on canvas: inout Canvas, cells: (Int) -> [Cell]?) {
    var list = list
    list.reveal(visible: rect.rows - 3, count: count)
    let footer: DisplayText = count == 0 ? "" : "\(list.selected + 1) of \(count)"
    let inside = canvas.box(rect, title: title, footer: footer, focused: isFocused)
    guard !inside.isEmpty else { return }
    guard count > 0 else {
      return Sentence("There is nothing here yet.").draw(in: inside, on: &canvas)
    }
    let rows = max(0, min(inside.rows - 1, count - list.top))
    let shown = (0..<rows).compactMap { cells(list.top + $0) }
    let widths = widths(shown)
    canvas.within(inside) { canvas in
      canvas.put(
        line(heads.map { ($0, .uiMuted) }, widths), at: Point(column: 1, row: 0),
        columns: inside.columns - 2)
      for (place, cells) in shown.enumerated() {
        canvas.put(
          line(cells, widths), at: Point(column: 1, row: place + 1), columns: inside.columns - 2)
        guard list.top + place == list.selected else { continue }
        canvas.overlay(
          isFocused ? .uiSelection : .uiSelectionInactive,
          in: Rect(column: 0, row: place + 1, columns: inside.columns, rows: 1))
      }
    }
    canvas.scrollbar(
      at: Point(column: rect.endColumn - 1, row: inside.row + 1), rows: inside.rows - 1,
      first: list.top, visible: inside.rows - 1, total: count)
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
