import EventicleCore

/// Everything about the row selected in the tail, in five looks.
enum EventPane {
  /// Draws the lines on screen.
  static func draw(
    _ model: Model, in rect: Rect, focused: Bool, on canvas: inout Canvas,
    _ meter: inout WorkMeter
  ) {
    let inside = rect.rows < 2 || rect.columns < 2 ? Rect.zero : rect.inset()
    let lines = inside.isEmpty ? [] : EventLines.make(model, columns: inside.columns, &meter)
    let first = max(0, min(model.inspect.scroll, lines.count - inside.rows))
    if first < model.inspect.scroll { meter.inspectTop = first }
    let last = min(lines.count, first + inside.rows)
    canvas.box(
      rect, title: title(model, columns: inside.columns),
      footer: lines.count > inside.rows ? "\(last) of \(lines.count)" : .empty, focused: focused)
    canvas.within(inside) { canvas in
      for row in 0..<inside.rows where lines.indices.contains(first + row) {
        canvas.draw(lines[first + row], row: row)
      }
    }
    canvas.scrollbar(
      at: Point(column: rect.endColumn - 1, row: inside.row), rows: inside.rows, first: first,
      visible: inside.rows, total: lines.count)
  }

  /// How many lines there are in a width.
  static func lineCount(_ model: Model, columns: Int) -> Int {
    EventLines.make(model, columns: columns).count
  }

  private static func title(_ model: Model, columns: Int) -> DisplayText {
    var name: DisplayText = "3 Inspect"
    if let position = model.selectedPosition {
      name += " #\(position.number)"
    } else if let entry = model.selectedEntry {
      name += " j\(entry.number)"
    }
    var title = name + "  "
    for tab in EventModel.Tab.allCases {
      let text = DisplayText(sanitising: tab.rawValue)
      title += tab == model.inspect.tab ? "[\(text)]" : " \(text) "
    }
    if title.width <= columns { return title }
    let number = (EventModel.Tab.allCases.firstIndex(of: model.inspect.tab) ?? 0) + 1
    let tab = DisplayText(sanitising: model.inspect.tab.rawValue)
    return name + " [\(tab)] \(number)/\(EventModel.Tab.allCases.count)"
  }
}
