import EventicleCore

/// The live tail: one row for each event, timer, rejection and failure.
enum TailPane: Pane {
  static let initial = TailModel()

  static func actions(_ state: TailModel, _ context: PaneContext) -> [Action] {
    guard state.find == nil else { return [.nextMatch, .previousMatch, .fold, .cancel] }
    guard !TailStart.isShown(state, context) else { return [.open] }
    let canOpen = context.row != nil
    return (canOpen ? [.open] : []) + [.goSaga, .goAggregate]
  }

  static func hint(of action: Action, _ state: TailModel, _ context: PaneContext) -> String? {
    switch action {
    case .open where TailStart.isShown(state, context): "choose"
    case .fold: state.find?.isFolded == true ? "all rows" : "only these"
    case .cancel: "all"
    default: nil
    }
  }

  static func listRows(in inside: Size) -> Int { max(0, inside.rows - (hasHead(inside) ? 1 : 0)) }

  /// Whether a size is large enough for column heads.
  static func hasHead(_ inside: Size) -> Bool { inside.columns >= 56 && inside.rows > 4 }

  /// Draws the visible rows and reads nothing else.
  static func draw(
    _ state: TailModel, _ context: PaneContext, in rect: Rect, on canvas: inout Canvas,
    _ meter: inout WorkMeter
  ) {
    let isEmpty = state.count == 0 || TailStart.isShown(state, context)
    let inside = canvas.box(
      rect, title: title(state, context), footer: isEmpty ? .empty : footer(state),
      focused: context.isFocused)
    guard !inside.isEmpty else { return }
    guard !isEmpty else {
      drawEmpty(state, context, in: inside, on: &canvas)
      return
    }
    let hasHead = hasHead(inside.size)
    let (head, list) = inside.split(top: hasHead ? 1 : 0)
    var shown = state
    shown.reveal(visible: list.rows)
    let cursor = shown.list
    let visible = cursor.top..<min(cursor.top + list.rows, state.count)
    let reader = TailReader(context.shown, context.stops)
    let rows = visible.map { reader.read(state, at: $0, &meter) }
    let columns = TailColumns(
      context.shown, columns: inside.columns, state.form.columns, isPresented: context.isPresented,
      hasPlaces: context.remote != nil)
    let links = TailLinks(context.event, context.shown, &meter)
    let writer = TailWriter(state, context.shown, columns, links)
    if hasHead {
      canvas.within(head) { $0.draw(writer.head.dropping(columns: state.sideways), row: 0) }
    }
    canvas.within(list) { canvas in
      for (offset, row) in rows.enumerated() {
        let isHere = visible.lowerBound + offset == cursor.selected
        var line = writer.line(
          row, below: offset > 0 ? rows[offset - 1] : nil, isHere: isHere)
        if row.isLater {
          line.pieces = line.pieces.map { $0.later }
        } else if row.isHit == false {
          line.pieces = line.pieces.map { $0.dimmed }
        }
        canvas.draw(line, row: offset, overlay: isHere ? context.selection : nil)
      }
    }
    canvas.scrollbar(
      at: Point(column: rect.endColumn - 1, row: list.row), rows: list.rows, first: cursor.top,
      visible: list.rows, total: state.count)
  }

  // MARK: - Title and footer

  private static func title(_ state: TailModel, _ context: PaneContext) -> DisplayText {
    if TailStart.isShown(state, context) { return "1 Start" }
    var title: DisplayText = "1 Tail  all streams"
    if let find = state.find {
      title += "  /" + PaneText.data(find.text, limit: 40)
      if find.isFolded { title += "  only these" }
    }
    return title
  }

  private static func footer(_ state: TailModel) -> DisplayText {
    if let find = state.find {
      let hits = find.hits
      let isHit = state.selectedEntry.map { hits.contains($0) == true } ?? false
      let place = state.selectedEntry.map { hits.count(upTo: $0) } ?? 0
      let soFar: DisplayText = find.isDone ? "" : " so far"
      let rows: DisplayText = "\(hits.count) of \(hits.looked.rows) rows" + soFar
      return isHit ? "hit \(place) of \(hits.count) · " + rows : rows
    }
    let selected = max(0, min(state.list.selected, state.count - 1))
    let events: DisplayText = state.total == state.count ? "" : " · \(state.total) events"
    let older: DisplayText = state.unread > 0 ? " · older rows are being read" : ""
    return "\(selected + 1) of \(state.count)" + events + older
  }

  // MARK: - Nothing to show

  private static func drawEmpty(
    _ state: TailModel, _ context: PaneContext, in rect: Rect, on canvas: inout Canvas
  ) {
    guard TailStart.isShown(state, context) else { return }
    TailStart.draw(state, context, in: rect, on: &canvas)
  }
}
