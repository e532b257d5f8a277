import EventicleCore
import EventicleWorkbench

/// The line below the panes: the whole journal with the time cursor on it.
enum ScrubberBar {
  /// Draws the line.
  static func draw(
    _ model: Model, in rect: Rect, on canvas: inout Canvas, _ meter: inout WorkMeter
  ) {
    let moment = model.shown
    let scale = ScrubberScale(
      moment, columns: rect.columns, namesSteps: model.presented == nil)
    canvas.within(rect) { canvas in
      let text = DisplayText(sanitising: scale.text)
      guard scale.columns >= 4 else {
        canvas.put(
          text, at: Point(column: min(1, max(0, rect.columns - 1)), row: 0),
          style: CellStyle(.uiMuted), columns: max(0, rect.columns - 1))
        return
      }
      let place = scale.column(of: moment.cursor.entry)
      canvas.put("├", at: Point(column: scale.start - 1, row: 0), style: CellStyle(.timePast))
      canvas.hline(
        at: Point(column: scale.start, row: 0), columns: place, style: CellStyle(.timePast))
      canvas.hline(
        at: Point(column: scale.start + place, row: 0), columns: scale.columns - place,
        style: CellStyle(.timeFuture), glyph: "┄")
      drawMarks(model, scale, on: &canvas)
      canvas.put(
        moment.isAtHead ? "►" : "◆", at: Point(column: scale.start + place, row: 0),
        style: CellStyle(.timeCursor))
      let end = scale.start + scale.columns
      canvas.put(
        "│", at: Point(column: end, row: 0),
        style: CellStyle(moment.isAtHead ? .timePast : .timeFuture))
      canvas.put(text, at: Point(column: end + 2, row: 0), style: CellStyle(.uiMuted))
    }
  }

  /// Draws the worst mark of each column.
  private static func drawMarks(
    _ model: Model, _ scale: ScrubberScale, on canvas: inout Canvas
  ) {
    let marks = model.tail.rows.marks
    let lists: [([Int32], DisplayText, StyleRole)] =
      Severity.allCases.reversed().map { (marks[$0], $0.mark, $0.role) }
      + model.stops.all.filter(\.isOn).map { ($0.hits, "●", .statusError) }
      + [(marks.unheard, Severity.refused.mark, Severity.refused.role)]
      + [(marks.timers, "T", .kindTimer)]
    let cursor = model.shown.cursor.entry.number
    for column in 0..<scale.columns {
      let entries = scale.entries(atColumn: column)
      guard !entries.isEmpty else { continue }
      for (list, mark, role) in lists {
        guard let entry = TailMarks.first(of: list, in: entries) else { continue }
        canvas.put(
          mark, at: Point(column: scale.start + column, row: 0),
          style: CellStyle(role, overlay: entry > cursor ? .timeFuture : nil))
        break
      }
    }
  }
}
