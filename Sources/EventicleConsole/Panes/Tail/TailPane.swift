import EventicleCore

/// The live tail: one row for each event, timer, refusal and failure.
enum TailPane {
  /// Draws the rows on screen and reads nothing else.
  static func draw(
    _ model: Model, in rect: Rect, focused: Bool, on canvas: inout Canvas,
    _ meter: inout WorkMeter
  ) {
    let isEmpty = model.tail.count == 0
    let inside = canvas.box(
      rect, title: title(model), footer: isEmpty ? .empty : footer(model), focused: focused)
    guard !inside.isEmpty else { return }
    guard !isEmpty else {
      drawEmpty(model, in: inside, focused: focused, on: &canvas)
      return
    }
    let hasHead = Layout.hasTailHead(inside)
    let (head, list) = inside.split(top: hasHead ? 1 : 0)
    var cursor = model.tail.list
    cursor.reveal(visible: list.rows, count: model.tail.count)
    let visible = cursor.top..<min(cursor.top + list.rows, model.tail.count)
    let reader = TailReader(model.shown, isWide: hasHead)
    let rows = visible.map { reader.read(model.tail, at: $0, &meter) }
    let columns = TailColumns(rows, model.shown, columns: inside.columns, isWide: hasHead)
    let writer = TailWriter(model, columns)
    if hasHead {
      canvas.within(head) { $0.draw(writer.head.dropping(columns: model.tail.sideways), row: 0) }
    }
    let marked = markedRow(model)
    canvas.within(list) { canvas in
      for (offset, row) in rows.enumerated() {
        let index = visible.lowerBound + offset
        let isSelected = index == cursor.selected
        let selection: StyleRole = focused ? .uiSelection : .uiSelectionInactive
        canvas.draw(
          writer.line(row, isMarked: index == marked), row: offset,
          overlay: isSelected ? selection : (row.isAhead ? .timeFuture : nil))
      }
    }
    canvas.scrollbar(
      at: Point(column: rect.endColumn - 1, row: list.row), rows: list.rows, first: cursor.top,
      visible: list.rows, total: model.tail.count)
  }

  // MARK: - Around the rows

  private static func title(_ model: Model) -> DisplayText {
    let moment = model.shown
    var names = moment.world.log.streamNames
    if names.isEmpty { names = PaneText.streams(of: moment.domain) }
    var title: DisplayText = "2 Tail "
    if names.count <= 3 {
      for (index, name) in names.enumerated() {
        title += (index == 0 ? "" : ",") + PaneText.data(name.text, limit: 16)
      }
    } else {
      title += "\(names.count) streams"
    }
    if model.tail.filter != nil {
      title += "  &" + PaneText.data(model.tail.filterText, limit: 40)
      if model.tail.showsContext { title += " (context)" }
    }
    if let frozen = model.frozen {
      let new = model.moment.log.count - frozen.log.count
      return title + (new > 0 ? "  PAUSED +\(new) new ↓" : "  PAUSED")
    }
    if model.isHeld { return title + "  HELD" }
    return model.tail.isFollowing && moment.isAtHead ? title + "  follow" : title
  }

  private static func footer(_ model: Model) -> DisplayText {
    guard model.tail.filter == nil || model.tail.showsContext else {
      return "\(model.tail.passed) of \(model.tail.total) (filter 1)"
    }
    let selected = max(0, min(model.tail.list.selected, model.tail.count - 1))
    let filter: DisplayText = model.tail.filter == nil ? "" : " (filter aside)"
    return "\(selected + 1) of \(model.tail.count)" + filter
  }

  /// The row of the last thing that has happened at the time cursor.
  private static func markedRow(_ model: Model) -> Int? {
    let moment = model.shown
    guard let position = moment.cursor.position else {
      return model.tail.index(of: moment.cursor.entry)
    }
    return moment.timeline.appendEntry(of: position).flatMap { model.tail.index(of: $0) }
  }

  // MARK: - Nothing to show

  private static func drawEmpty(
    _ model: Model, in rect: Rect, focused: Bool, on canvas: inout Canvas
  ) {
    if model.shown.log.count > 0, model.tail.filter != nil {
      canvas.within(rect) { canvas in
        canvas.draw(StyledLine(" No event passes the filter.", .uiMuted), row: 0)
        canvas.draw(StyledLine(" & edits it, C shows everything.", .uiMuted), row: 1)
      }
      return
    }
    let lines = StartLines.lines(for: model.shown.domain)
    let texts = lines.map { PaneText.data($0.line, limit: rect.columns) }
    let width = texts.map(\.width).max() ?? 0
    let top = rect.rows > lines.count + 3 ? 1 : 0
    canvas.within(rect) { canvas in
      canvas.draw(StyledLine(" start here", .uiMuted), row: top)
      for (index, line) in lines.enumerated() {
        var row = StyledLine([StyledPiece(index == 0 ? " ► " : "   ", .timeCursor)])
        row.add(texts[index], .uiHintKey, columns: width)
        row.add("  " + PaneText.data(line.what), .uiMuted)
        let selection: StyleRole = focused ? .uiSelection : .uiSelectionInactive
        canvas.draw(row, row: top + 1 + index, overlay: index == 0 ? selection : nil)
      }
    }
  }
}
