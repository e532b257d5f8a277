import EventicleCore

/// The line below the panes: the whole journal with the time cursor on it.
enum ScrubberBar {
  /// Draws the line.
  static func draw(
    _ model: Model, in rect: Rect, on canvas: inout Canvas, _ meter: inout WorkMeter
  ) {
    let moment = model.shown
    let scale = ScrubberScale(moment, columns: rect.columns)
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
      drawErrors(moment, scale, on: &canvas)
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

  /// Marks failures, at most one mark per column.
  private static func drawErrors(
    _ moment: MomentView, _ scale: ScrubberScale, on canvas: inout Canvas
  ) {
    let count = moment.timeline.errors(upTo: moment.timeline.last)
    let marks = min(count, scale.columns)
    for mark in 0..<marks {
      let index = marks == count ? mark : mark * (count - 1) / max(1, marks - 1)
      guard let entry = moment.timeline.error(at: index) else { continue }
      let isAhead = entry > moment.cursor.entry
      canvas.put(
        "✗", at: Point(column: scale.start + scale.column(of: entry), row: 0),
        style: CellStyle(.statusError, overlay: isAhead ? .timeFuture : nil))
    }
  }
}
