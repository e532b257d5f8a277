import EventicleCore

/// The live tail: one row for each event, timer, rejection and failure.
enum TailPane: Pane {
  static let initial = TailModel()

  static func actions(_ state: TailModel, _ context: PaneContext) -> [Action] {
    guard state.filter == nil else { return [.context, .cancel] }
    let canOpen = context.row != nil || TailStart.isShown(state, context)
    return (canOpen ? [.open] : []) + [.goSaga, .goAggregate]
  }

  static func hint(of action: Action, _ state: TailModel, _ context: PaneContext) -> String? {
    guard action == .open, TailStart.isShown(state, context) else { return nil }
    return TailStart.hint(state, context)
  }

  static func listRows(in inside: Size) -> Int { max(0, inside.rows - (hasHead(inside) ? 1 : 0)) }

  /// Whether a size is large enough for column heads.
  static func hasHead(_ inside: Size) -> Bool { inside.columns >= 90 && inside.rows > 4 }

  /// Draws the visible rows and reads nothing else.
  static func draw(
    _ state: TailModel, _ context: PaneContext, in rect: Rect, on canvas: inout Canvas,
    _ meter: inout WorkMeter
  ) {
    let isEmpty = state.count == 0
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
    var cursor = state.list
    cursor.reveal(visible: list.rows, count: state.count)
    let visible = cursor.top..<min(cursor.top + list.rows, state.count)
    let reader = TailReader(context.shown, isWide: hasHead)
    let rows = visible.map { reader.read(state, at: $0, &meter) }
    let columns = TailColumns(rows, context.shown, columns: inside.columns, isWide: hasHead)
    let writer = TailWriter(state, context.shown.domain, columns)
    if hasHead {
      canvas.within(head) { $0.draw(writer.head.dropping(columns: state.sideways), row: 0) }
    }
    let marked = markedRow(state, context.shown)
    canvas.within(list) { canvas in
      for (offset, row) in rows.enumerated() {
        let index = visible.lowerBound + offset
        let isSelected = index == cursor.selected
        var line = writer.line(row, isMarked: index == marked)
        // A selected row looks as if it were there; what comes later must not.
        if isSelected, row.isAhead {
          line.pieces = line.pieces.map { StyledPiece($0.text, .timeFuture) }
        }
        canvas.draw(
          line, row: offset,
          overlay: isSelected ? context.selection : (row.isAhead ? .timeFuture : nil))
      }
    }
    canvas.scrollbar(
      at: Point(column: rect.endColumn - 1, row: list.row), rows: list.rows, first: cursor.top,
      visible: list.rows, total: state.count)
  }

  // MARK: - Title and footer

  private static func title(_ state: TailModel, _ context: PaneContext) -> DisplayText {
    let moment = context.shown
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
    if state.filter != nil {
      title += "  &" + PaneText.data(state.filterText, limit: 40)
      if state.showsContext { title += " (context)" }
    }
    if context.isFrozen {
      let new = context.live.log.count - moment.log.count
      return title + (new > 0 ? "  PAUSED +\(new) new ↓" : "  PAUSED")
    }
    if context.isHeld { return title + "  HELD" }
    return state.isFollowing && moment.isAtHead ? title + "  follow" : title
  }

  private static func footer(_ state: TailModel) -> DisplayText {
    guard state.filter == nil || state.showsContext else {
      return "\(state.passed) of \(state.total) (filter 1)"
    }
    let selected = max(0, min(state.list.selected, state.count - 1))
    let filter: DisplayText = state.filter == nil ? "" : " (filter aside)"
    return "\(selected + 1) of \(state.count)" + filter
  }

  /// The row of the last event at or before the time cursor.
  private static func markedRow(_ state: TailModel, _ moment: MomentView) -> Int? {
    state.index(of: moment.cursor.entry)
  }

  // MARK: - Nothing to show

  private static func drawEmpty(
    _ state: TailModel, _ context: PaneContext, in rect: Rect, on canvas: inout Canvas
  ) {
    if context.shown.log.count > 0, state.filter != nil {
      canvas.within(rect) { canvas in
        canvas.draw(StyledLine(" No event passes the filter.", .uiMuted), row: 0)
        canvas.draw(StyledLine(" & edits it, C shows everything.", .uiMuted), row: 1)
      }
      return
    }
    guard TailStart.isShown(state, context) else { return }
    TailStart.draw(state, context, in: rect, on: &canvas)
  }
}
