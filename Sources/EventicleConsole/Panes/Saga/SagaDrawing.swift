/// Draws the lines of a timeline on a canvas, with the rails at the right edge.
struct SagaDrawing {
  let lines: SagaLines
  let shown: SagaShownLines
  /// The step that is stood on.
  let here: Int?
  /// The role laid over the step that is stood on; `nil` for none.
  let selection: StyleRole?

  private var columns: SagaColumns { lines.columns }
  private var border: CellStyle { CellStyle(.uiBorder) }

  /// Draws the rule above the columns.
  func drawRule(on canvas: inout Canvas) {
    canvas.hline(at: Point(column: 0, row: 0), columns: columns.width)
    guard !columns.isStacked else { return }
    for column in [columns.first, columns.second] {
      canvas.put("┬", at: Point(column: column, row: 0), style: border)
    }
  }

  /// Draws the three column heads.
  func drawHeads(on canvas: inout Canvas) {
    for (column, text) in [
      (0, "came in" as DisplayText), (columns.first, "became"), (columns.second, "sent · armed"),
    ] {
      if column > 0 { canvas.put("│", at: Point(column: column, row: 0), style: border) }
      canvas.put(
        text, at: Point(column: column + (column > 0 ? 2 : 1), row: 0),
        style: CellStyle(.uiMuted))
    }
  }

  /// Draws a line.
  ///
  /// - Parameters:
  ///   - place: The place among those shown.
  ///   - row: The row, from the top of the canvas.
  func drawLine(_ place: Int, at row: Int, on canvas: inout Canvas) {
    guard case .line(let index) = shown[place] else {
      if case .more(let count) = shown[place] {
        canvas.draw(StyledLine(" … \(count) more", .uiMuted), row: row)
      }
      return
    }
    let line = shown.marked(lines.lines[index])
    let cells = lines.rails.cells(in: index)
    let room = textEnd(cells)
    let end: Int
    switch line.shape {
    case .cells: end = drawCells(line, row, room, on: &canvas)
    case .wide: end = drawWide(line, row, room, on: &canvas)
    case .rule: end = drawRule(line, row, on: &canvas)
    }
    drawRails(cells, line, from: end, row, on: &canvas)
    if line.isAhead { dim(line, row, on: &canvas) }
    drawEdge(line, row, on: &canvas)
    if line.isHead, line.step == here, here != nil, let selection {
      canvas.overlay(selection, in: Rect(column: 0, row: row, columns: columns.width, rows: 1))
    }
  }

  private func drawEdge(_ line: SagaLine, _ row: Int, on canvas: inout Canvas) {
    guard line.shape != .rule else { return }
    if line.isHead, line.step == here, here != nil {
      canvas.put("►", at: Point(column: 0, row: row), style: CellStyle(.timeCursor))
    } else if line.isAhead {
      canvas.put("┊", at: Point(column: 0, row: row), style: CellStyle(.timeFuture))
    }
  }

  /// Draws a line in the style of the future, except the separators between its cells.
  private func dim(_ line: SagaLine, _ row: Int, on canvas: inout Canvas) {
    let ends =
      line.shape == .cells
      ? [
        (0, columns.first), (columns.first + 1, columns.second),
        (columns.second + 1, columns.width),
      ]
      : [(0, columns.width)]
    for (start, end) in ends {
      canvas.overlay(.timeFuture, in: Rect(column: start, row: row, columns: end - start, rows: 1))
    }
  }

  /// The column at which text must end, so that it touches no rail and no line to one.
  private func textEnd(_ cells: [RailLayout.Cell]) -> Int {
    cells.reduce(columns.width) { end, cell in
      let column = columns.column(ofLane: cell.lane)
      return min(end, cell.mark == .passes ? column - 1 : column - 2)
    }
  }

  // MARK: - Texts

  private func drawCells(
    _ line: SagaLine, _ row: Int, _ room: Int, on canvas: inout Canvas
  ) -> Int {
    let (first, second) = (columns.first, columns.second)
    let width = canvas.put(line.left, at: Point(column: 1, row: row), columns: columns.inText)
    if line.isHead, width + 2 < first {
      canvas.hline(
        at: Point(column: width + 2, row: row), columns: first - width - 2, style: border,
        glyph: line.isAhead ? "┄" : "─")
    }
    canvas.put("│", at: Point(column: first, row: row), style: border)
    canvas.put(line.state, at: Point(column: first + 2, row: row), columns: columns.stateText)
    canvas.put("│", at: Point(column: second, row: row), style: border)
    let text = Point(column: second + 2, row: row)
    guard !line.out.isEmpty else { return text.column }
    return text.column + 1 + canvas.put(line.out, at: text, columns: max(0, room - text.column))
  }

  private func drawWide(
    _ line: SagaLine, _ row: Int, _ room: Int, on canvas: inout Canvas
  ) -> Int {
    // Lines of a step leave the edge free; others begin with a blank of their own.
    let start = line.step == nil ? 0 : 1
    let width = canvas.put(
      line.left, at: Point(column: start, row: row), columns: max(0, room - start))
    return start + width + 1
  }

  private func drawRule(_ line: SagaLine, _ row: Int, on canvas: inout Canvas) -> Int {
    let style = CellStyle(.timeFuture)
    canvas.hline(at: Point(column: 0, row: row), columns: columns.width, style: style, glyph: "┄")
    let text = DisplayText.spaces(1) + line.left.text + " "
    let start = min(4, max(0, columns.width - text.width))
    canvas.put(
      text, at: Point(column: start, row: row), style: style,
      columns: max(0, columns.width - start))
    return columns.width
  }

  // MARK: - Rails

  private func drawRails(
    _ cells: [RailLayout.Cell], _ line: SagaLine, from start: Int, _ row: Int,
    on canvas: inout Canvas
  ) {
    let style = CellStyle(.kindTimer)
    for cell in cells where cell.mark != .passes {
      let column = columns.column(ofLane: cell.lane)
      canvas.hline(
        at: Point(column: start, row: row), columns: column - start, style: style,
        glyph: line.isDotted ? "┄" : "─")
      if line.pointsIn, cell.mark != .opens, start < column {
        canvas.put("◄", at: Point(column: start, row: row), style: style)
      }
      canvas.put(corner(cell.mark), at: Point(column: column, row: row), style: style)
    }
    for cell in cells where cell.mark == .passes {
      canvas.put(
        line.isDotted ? "┊" : "│",
        at: Point(column: columns.column(ofLane: cell.lane), row: row), style: style)
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
