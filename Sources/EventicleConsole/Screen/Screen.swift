import EventicleCore

/// The drawing of the whole console.
struct Frame {
  let buffer: CellBuffer
  /// The position of the terminal's cursor; `nil` hides it.
  let cursor: Point?
  /// The cost of the drawing.
  let meter: WorkMeter
}

/// Draws the panes, the bars and the overlays on one screen.
enum Screen {
  /// Draws a model at the size it holds.
  static func draw(_ model: Model) -> Frame {
    var canvas = Canvas(size: model.size)
    var meter = WorkMeter()
    let layout = model.layout
    var cursor: Point?
    if layout.isTooSmall {
      drawNote(model, on: &canvas)
    } else {
      HeaderBar.draw(model, in: layout.header, on: &canvas, &meter)
      if layout.tabs.rows > 0 { TabBar.draw(open: model.focus, in: layout.tabs, on: &canvas) }
      for row in PaneTable.rows {
        guard let rect = layout.panes[row.id] else { continue }
        let isFocused = row.id == model.focus && model.overlay == nil
        row.draw(model, rect, isFocused, &canvas, &meter)
        if layout.lower == row.id {
          let edge = Rect(
            column: rect.column + 1, row: rect.row, columns: max(0, rect.columns - 2), rows: 1)
          TabBar.draw(open: row.id, without: .tail, in: edge, on: &canvas)
        }
      }
      if let presented = model.presented {
        CaptionBox.draw(presented, in: layout.caption, on: &canvas)
      }
      ScrubberBar.draw(model, in: layout.scrubber, on: &canvas, &meter)
      cursor = drawBottom(model, layout, on: &canvas) ?? model.inspected
    }
    meter.cellsWritten = canvas.cellsWritten
    return Frame(
      buffer: ContextFrame.draw(model, over: canvas.buffer), cursor: cursor, meter: meter)
  }

  /// Draws what the passing of time alone changes, on a frame of the same model at an earlier time.
  static func draw(timeOf model: Model, over frame: Frame) -> Frame {
    guard dependsOnTimeAtTop(model), frame.buffer.size == model.size else { return draw(model) }
    var canvas = Canvas(over: frame.buffer)
    var meter = WorkMeter()
    HeaderBar.draw(model, in: model.layout.header, on: &canvas, &meter)
    meter.cellsWritten = canvas.cellsWritten
    return Frame(
      buffer: ContextFrame.draw(model, over: canvas.buffer), cursor: frame.cursor, meter: meter)
  }

  /// Whether nothing but the header tells the time: no timer counts down, no saga grows older.
  private static func dependsOnTimeAtTop(_ model: Model) -> Bool {
    let world = model.shown.world
    return !model.layout.isTooSmall && model.overlay == nil && world.timers.count == 0
      && model.shown.domain.sagas.allSatisfy { world.sagas.count(of: $0.name) == 0 }
  }

  private static func drawBottom(
    _ model: Model, _ layout: Layout, on canvas: inout Canvas
  ) -> Point? {
    var above = Rect(
      column: 0, row: layout.header.rows, columns: model.size.columns,
      rows: max(0, layout.message.row - layout.header.rows))
    if let bar = model.bar {
      // The caption stays to be read.
      if !layout.caption.isEmpty { above = above.split(top: layout.caption.row - above.row).top }
      return CommandBarOverlay.draw(
        bar, model.moment.domain, hints: layout.message, status: layout.keys, above: above,
        note: bar.kind == .search ? FindNote.parts(model) : [], on: &canvas)
    }
    FooterBar.draw(model, keys: layout.keys, message: layout.message, on: &canvas)
    if !model.pendingKeys.isEmpty {
      KeysOverlay.draw(model, above: above, on: &canvas)
    }
    let all = Rect(origin: Point(column: 0, row: 0), size: model.size)
    switch model.overlay {
    case .help(let help):
      let entries = HelpText.entries(model)
      HelpOverlay.draw(model, help: help, entries: entries, in: all, on: &canvas)
    case .text(let title, let lines, let scroll):
      TextOverlay.draw(title: title, lines: lines, scroll: scroll, in: all, on: &canvas)
    case .palette(let palette):
      return PaletteOverlay.draw(palette, in: all, on: &canvas)
    case .form(let form):
      let (body, _) = above.split(bottom: 1)
      return CommandFormOverlay.draw(form, model.moment.domain, in: body, on: &canvas)
    case nil: break
    }
    return nil
  }

  private static func drawNote(_ model: Model, on canvas: inout Canvas) {
    let smallest = Layout.smallest
    let all = Rect(origin: Point(column: 0, row: 0), size: model.size)
    let state: DisplayText =
      model.question == nil
      ? DisplayText(sanitising: model.mode.rawValue) : "a question waits, Esc says no"
    let text: DisplayText = "needs \(smallest.columns)×\(smallest.rows) · \(state)"
    canvas.within(all) { canvas in
      _ = canvas.put(
        text.truncated(to: model.size.columns),
        at: Point(column: 0, row: model.size.rows / 2), style: CellStyle(.uiMuted))
    }
  }
}
