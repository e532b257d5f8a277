import EventicleCore
import EventicleWorkbench

/// The open prompt at the bottom of the screen, with hints about its line.
enum CommandBarOverlay {
  /// The greatest number of rows for a problem's sentence above the row of marks.
  private static let mostProblemRows = 3

  /// Draws the prompt.
  ///
  /// - Parameters:
  ///   - bar: The prompt and its line.
  ///   - domain: The domain, by which streams have their colours.
  ///   - hints: The row above the prompt, for the signature or the marks under a problem.
  ///   - status: The row of the prompt.
  ///   - above: The area whose bottom sentences, the preview and the candidates may cover.
  ///   - note: What stands beside a text that is being searched for.
  ///   - canvas: The canvas to draw on.
  /// - Returns: The position of the caret; `nil` when there is no room.
  static func draw(
    _ bar: CommandBarModel, _ domain: Domain, hints: Rect, status: Rect, above: Rect,
    note: [String] = [],
    on canvas: inout Canvas
  ) -> Point? {
    guard !status.isEmpty else { return nil }
    let sign = sign(of: bar, columns: status.columns)
    let note = bar.search == nil ? BarNote(note) : BarNote([])
    let text = BarLine.text(bar.editor.characters[...]).width
    let place = note.column(after: sign.width + text + 1, columns: status.columns)
    let line = BarLine(
      bar.editor.characters, caret: bar.editor.caret,
      columns: (place ?? status.columns) - sign.width)
    canvas.within(status) { drawPrompt(bar, sign, line, on: &$0) }
    var rest = above
    if bar.problem != nil {
      rest = drawProblem(bar, line, sign.width, hints: hints, above: above, on: &canvas)
    } else {
      canvas.within(hints) { canvas in
        if note.isEmpty { drawHints(bar, sign.width, on: &canvas) }
        if !note.isEmpty { note.draw(at: place == nil ? sign.width : nil, on: &canvas) }
      }
    }
    if let place { canvas.within(status) { note.put(at: place, on: &$0) } }
    // The box leaves the scrubber, which says where in time it would happen.
    let (body, _) = rest.split(bottom: 1)
    if let box = box(of: bar, domain, in: body) {
      rest = drawBox(box, in: body, on: &canvas)
    } else {
      rest = drawPreview(bar, rest, on: &canvas)
    }
    if let popup = bar.popup {
      let column = sign.width + line.column(of: popup.replaced.lowerBound)
      CandidateList.draw(popup, at: column, in: rest, on: &canvas)
    }
    let column = sign.width + line.column(of: bar.editor.caret)
    return Point(column: status.column + min(column, status.columns - 1), row: status.row)
  }

  // MARK: - The prompt

  /// The sign in front of the line; left out when it would leave no room for the line.
  private static func sign(of bar: CommandBarModel, columns: Int) -> DisplayText {
    guard let search = bar.search else {
      return columns < 3 ? .empty : DisplayText(sanitising: bar.kind.rawValue)
    }
    let state = search.hasFailed ? "(failed reverse-i-search)" : "(reverse-i-search)"
    let text = DisplayText(sanitising: "\(state)`\(search.query)': ", limit: columns)
    return text.truncated(to: max(0, columns * 2 / 3))
  }

  private static func drawPrompt(
    _ bar: CommandBarModel, _ sign: DisplayText, _ line: BarLine, on canvas: inout Canvas
  ) {
    canvas.fill(canvas.bounds, style: CellStyle(.barText))
    let (signRect, field) = canvas.bounds.split(left: sign.width)
    canvas.within(signRect) { _ = $0.put(sign, at: .zero, style: CellStyle(.barPrompt)) }
    canvas.within(field) { canvas in
      let visible = line.visible
      let text = BarLine.text(bar.editor.characters[visible])
      canvas.put(
        text, at: Point(column: line.column(of: visible.lowerBound), row: 0),
        style: CellStyle(.barText))
      let end = line.width - line.scrolled
      if bar.editor.isAtEnd, bar.search == nil, !bar.ghost.isEmpty {
        let ghost = DisplayText(sanitising: bar.ghost, limit: max(0, line.columns - end))
        canvas.put(ghost, at: Point(column: end, row: 0), style: CellStyle(.barGhost))
      }
      drawEdges(line, on: &canvas)
    }
  }

  /// Marks that the line continues out of sight.
  private static func drawEdges(_ line: BarLine, on canvas: inout Canvas) {
    guard line.columns > 4 else { return }
    let style = CellStyle(.barGhost)
    if line.scrolled > 0 { canvas.put("‹", at: .zero, style: style) }
    if line.width - line.scrolled > line.columns {
      canvas.put("›", at: Point(column: line.columns - 1, row: 0), style: style)
    }
  }

  private static func drawHints(_ bar: CommandBarModel, _ indent: Int, on canvas: inout Canvas) {
    canvas.fill(canvas.bounds, style: CellStyle(.barSignature))
    let room = max(0, canvas.size.columns - indent)
    guard bar.signature.isEmpty else {
      let text = DisplayText(sanitising: bar.signature, limit: room)
      canvas.put(text, at: Point(column: indent, row: 0), style: CellStyle(.barSignature))
      return
    }
    let keys: [(DisplayText, DisplayText)] =
      bar.search == nil
      ? [("Enter", "do it"), ("Tab", "complete"), ("↑", "history"), ("^R", "search it")]
      : [("Enter", "do it"), ("^R", "older"), ("Tab", "take it")]
    var column = indent
    for (key, meaning) in keys + [("Esc", "leave")] {
      guard column + key.width + meaning.width + 1 <= canvas.size.columns else { return }
      let point = Point(column: column, row: 0)
      canvas.put(key, at: point, style: CellStyle(.uiHintKey))
      canvas.put(
        meaning, at: point.offset(columns: key.width + 1), style: CellStyle(.uiHintText))
      column += key.width + meaning.width + 3
    }
  }

  // MARK: - Problems and the preview

  /// Draws marks under the place of a problem, and its sentence beside or above them.
  ///
  /// - Returns: The rows still free above.
  private static func drawProblem(
    _ bar: CommandBarModel, _ line: BarLine, _ indent: Int, hints: Rect, above: Rect,
    on canvas: inout Canvas
  ) -> Rect {
    let style = CellStyle(.barError)
    let message = DisplayText(sanitising: bar.problem?.message ?? "", limit: 2_000)
    let place = bar.problemPlace
    var start = 0
    canvas.within(hints) { canvas in
      canvas.fill(canvas.bounds, style: style)
      guard let place else { return }
      let marks = line.marks(from: place, length: bar.problem?.length ?? 1, indent: indent)
      canvas.put(
        DisplayText(repeating: "^", count: marks.count),
        at: Point(column: marks.lowerBound, row: 0), style: style)
      start = marks.upperBound + 1
    }
    if hints.rows > 0, start + message.width <= hints.columns {
      canvas.within(hints) { _ = $0.put(message, at: Point(column: start, row: 0), style: style) }
      return above
    }
    if hints.rows > 0, place == nil, above.isEmpty {
      canvas.within(hints) { _ = $0.put(message, at: .zero, style: style, columns: hints.columns) }
      return above
    }
    let rows = message.wrapped(to: above.columns, most: min(mostProblemRows, above.rows))
    let (rest, bottom) = above.split(bottom: rows.count)
    canvas.within(bottom) { canvas in
      canvas.fill(canvas.bounds, style: style)
      for (row, text) in rows.enumerated() {
        canvas.put(text, at: Point(column: 0, row: row), style: style, columns: canvas.size.columns)
      }
    }
    return rest
  }

  /// Draws the preview in the next free row above.
  private static func drawPreview(
    _ bar: CommandBarModel, _ above: Rect, on canvas: inout Canvas
  ) -> Rect {
    guard !bar.preview.isEmpty, bar.search == nil else { return above }
    let (rest, row) = above.split(bottom: 1)
    canvas.within(row) { canvas in
      canvas.fill(canvas.bounds, style: CellStyle(.barPreview))
      var column = min(1, max(0, canvas.size.columns - 1))
      for part in bar.preview where column < canvas.size.columns {
        let text = DisplayText(sanitising: part.text, limit: canvas.size.columns - column)
        let style = CellStyle(part.isProblem ? .statusWarn : .barPreview)
        column += canvas.put(text, at: Point(column: column, row: 0), style: style)
      }
    }
    return rest
  }

  // MARK: - The box of the preview

  /// The rows above the box that keep what was on screen.
  private static let keptRows = 9
  private static let mostBoxColumns = 120

  /// What the box shows; `nil` where a row of words has to do, and while something is chosen.
  private static func box(
    of bar: CommandBarModel, _ domain: Domain, in above: Rect
  ) -> PreviewLines? {
    guard let notice = bar.notice, bar.popup == nil, bar.search == nil, bar.problem == nil,
      above.rows >= keptRows + 5, above.columns >= 60
    else { return nil }
    return PreviewLines(notice, domain, columns: min(above.columns, mostBoxColumns) - 4)
  }

  /// Draws the box at the bottom, so that the tail stays.
  ///
  /// - Returns: The rows still free above.
  private static func drawBox(
    _ box: PreviewLines, in above: Rect, on canvas: inout Canvas
  ) -> Rect {
    let rows = min(box.lines.count + 2, above.rows - keptRows)
    let (rest, bottom) = above.split(bottom: rows)
    let columns = min(bottom.columns, mostBoxColumns)
    let rect = Rect(column: bottom.column, row: bottom.row, columns: columns, rows: rows)
    canvas.fill(rect, style: CellStyle(.uiText))
    let hidden = box.lines.count - (rows - 2)
    let inside = canvas.box(rect, title: box.title, footer: hidden > 0 ? "\(hidden) more" : "")
    canvas.within(inside.split(left: 1).1) { canvas in
      for (row, line) in box.lines.prefix(inside.rows).enumerated() { canvas.draw(line, row: row) }
    }
    return rest
  }
}
