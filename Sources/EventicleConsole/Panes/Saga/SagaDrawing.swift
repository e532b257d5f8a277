/// Draws the lines of a timeline on a canvas, with the rails at the right edge.
struct SagaDrawing {
  let lines: SagaLines
  /// The step under the selection bar.
  let selected: Int?

  private var columns: SagaColumns { lines.columns }

  /// Draws the three column heads and the rule below them.
  func drawHeads(on canvas: inout Canvas) {
    for (column, text) in [
      (0, "came in" as DisplayText), (columns.first, "became"), (columns.second, "sent · armed"),
    ] {
      if column > 0 { canvas.put("│", at: Point(column: column, row: 0), style: border) }
      canvas.put(
        text, at: Point(column: column + (column > 0 ? 2 : 1), row: 0),
        style: CellStyle(.uiMuted))
    }
    canvas.hline(at: Point(column: 0, row: 1), columns: columns.width)
    for column in [columns.first, columns.second] {
      canvas.put("┼", at: Point(column: column, row: 1), style: border)
    }
  }

  /// Draws a line.
  ///
  /// - Parameters:
  ///   - index: The index of the line.
  ///   - row: The row, from the top of the canvas.
  func drawLine(_ index: Int, at row: Int, on canvas: inout Canvas) {
    let line = lines.lines[index]
    let cells = lines.rails.cells(in: index)
    let room = textEnd(cells)
    let end: Int
    switch line.shape {
    case .cells: end = drawCells(line, row, room, on: &canvas)
    case .wide: end = drawWide(line, row, room, on: &canvas)
    case .rule(let glyph): end = drawRule(line, glyph, row, cells, on: &canvas)
    }
    drawRails(cells, line, from: end, row, on: &canvas)
    if line.isHead, line.step == selected, selected != nil {
      canvas.overlay(
        .uiSelection, in: Rect(column: 0, row: row, columns: columns.width, rows: 1))
    } else if line.isAhead {
      dim(line, row, on: &canvas)
    }
  }

  /// Draws a line in the style of the future, except the separators between its cells.
  private func dim(_ line: SagaLine, _ row: Int, on canvas: inout Canvas) {
    let ends =
      line.shape == .cells
      ? [
        (0, columns.first), (columns.first + 2, columns.second),
        (columns.second + 1, columns.width),
      ]
      : [(0, columns.width)]
    for (start, end) in ends {
      canvas.overlay(.timeFuture, in: Rect(column: start, row: row, columns: end - start, rows: 1))
    }
  }

  private var border: CellStyle { CellStyle(.uiBorder) }

  /// The column at which text must end, so that it touches no rail and no line to one.
  private func textEnd(_ cells: [RailLayout.Cell]) -> Int {
    cells.reduce(columns.width - 1) { end, cell in
      let column = columns.column(ofLane: cell.lane)
      return min(end, cell.mark == .passes ? column - 1 : column - 2)
    }
  }

  // MARK: - Texts

  private func drawCells(
    _ line: SagaLine, _ row: Int, _ room: Int, on canvas: inout Canvas
  ) -> Int {
    let width = canvas.put(line.left, at: Point(column: 1, row: row), columns: columns.inText)
    if line.isHead {
      let start = max(columns.first - 2, width + 2)
      canvas.hline(
        at: Point(column: start, row: row), columns: columns.first - start, style: border,
        glyph: line.isAhead ? "┄" : "─")
      canvas.put("┼►", at: Point(column: columns.first, row: row), style: border)
    } else {
      canvas.put("│", at: Point(column: columns.first, row: row), style: border)
    }
    drawState(line, row, on: &canvas)
    let second = columns.second
    switch line.outMark {
    case .none: canvas.put("│", at: Point(column: second, row: row), style: border)
    case .gives: canvas.put("├►", at: Point(column: second, row: row), style: border)
    case .takes:
      canvas.put("│", at: Point(column: second, row: row), style: border)
      return second + 1
    }
    let text = Point(column: second + 2, row: row)
    return text.column + 1 + canvas.put(line.out, at: text, columns: max(0, room - text.column))
  }

  private func drawState(_ line: SagaLine, _ row: Int, on canvas: inout Canvas) {
    let start = columns.first + 2
    let room = columns.second - start
    let mark =
      line.mark.width + 1 <= room - min(line.state.width, room / 2)
      ? line.mark : line.mark.prefix(1)
    let markRoom = mark.isEmpty ? 0 : mark.width + 1
    canvas.put(line.state, at: Point(column: start, row: row), columns: room - markRoom)
    let spare = line.state.width + markRoom < room ? 1 : 0
    canvas.put(mark, at: Point(column: columns.second - mark.width - spare, row: row))
  }

  private func drawWide(
    _ line: SagaLine, _ row: Int, _ room: Int, on canvas: inout Canvas
  ) -> Int {
    let mark = line.mark.width + line.left.width + 1 <= room ? line.mark : line.mark.prefix(1)
    let textRoom = room - (mark.isEmpty ? 0 : mark.width + 1)
    let width = canvas.put(line.left, at: Point(column: 0, row: row), columns: textRoom)
    if room >= mark.width { canvas.put(mark, at: Point(column: room - mark.width, row: row)) }
    return width + 1
  }

  private func drawRule(
    _ line: SagaLine, _ glyph: Glyph, _ row: Int, _ cells: [RailLayout.Cell],
    on canvas: inout Canvas
  ) -> Int {
    let role = line.left.pieces.first?.style.role ?? .uiBorder
    let end = cells.map { columns.column(ofLane: $0.lane) }.min() ?? columns.width
    canvas.hline(
      at: Point(column: 0, row: row), columns: end, style: CellStyle(role), glyph: glyph)
    let text = DisplayText.spaces(1) + line.left.text + " "
    let start = min(6, max(0, end - text.width))
    canvas.put(
      text, at: Point(column: start, row: row), style: CellStyle(role),
      columns: max(0, end - start))
    return end
  }

  // MARK: - Rails

  private func drawRails(
    _ cells: [RailLayout.Cell], _ line: SagaLine, from start: Int, _ row: Int,
    on canvas: inout Canvas
  ) {
    for cell in cells where cell.mark != .passes {
      let column = columns.column(ofLane: cell.lane)
      let style = CellStyle(.kindTimer)
      canvas.hline(
        at: Point(column: start, row: row), columns: column - start, style: style)
      if line.pointsIn, cell.mark != .opens, start < column {
        canvas.put("◄", at: Point(column: start, row: row), style: style)
      }
      canvas.put(corner(cell.mark), at: Point(column: column, row: row), style: style)
    }
    for cell in cells where cell.mark == .passes {
      canvas.put(
        cell.isOver ? "│" : "┊",
        at: Point(column: columns.column(ofLane: cell.lane), row: row),
        style: CellStyle(.kindTimer))
    }
  }

  private func corner(_ mark: RailLayout.Mark) -> DisplayText {
    switch mark {
    case .opens: "┐"
    case .passes: "│"
    case .closes: "┘"
    case .turns: "┤"
    }
  }
}

extension StyledLine {
  /// The first glyphs of a line.
  fileprivate func prefix(_ columns: Int) -> StyledLine {
    guard let first = pieces.first else { return .empty }
    return StyledLine(first.text.prefix(columns: columns), first.style.role)
  }
}
