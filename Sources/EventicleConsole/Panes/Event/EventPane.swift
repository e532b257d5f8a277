import EventicleCore

/// Everything about the row selected in the tail, on one page; other pages go into detail.
enum EventPane: Pane {
  static let initial = EventModel()

  static func actions(_ state: EventModel, _ context: PaneContext) -> [Action] {
    context.goToRow.isEmpty ? [.nextTab] : [.nextTab, .open]
  }

  static func folds(_ state: EventModel, _ context: PaneContext) -> [FoldRequest] {
    guard state.tab == .state || state.tab == .diff, let position = context.event,
      let event = context.shown.log.event(at: position)
    else { return [] }
    return fold(of: event, at: position, context.shown).map { [$0] } ?? []
  }

  /// The fold that shows what an event changed in its aggregate; `nil` when it belongs to none.
  static func fold(of event: Event, at position: Position, _ moment: MomentView) -> FoldRequest? {
    guard let key = moment.aggregateKey(of: event) else { return nil }
    let version = moment.timeline.head.version(of: key, at: position)
    return version.number > 0 ? .aggregate(key, version) : nil
  }

  static func findable(_ state: EventModel, _ context: PaneContext) -> FindableRows {
    guard let row = context.row else {
      return FindableRows(nothing: "Nothing is selected; what happens shows in the tail.")
    }
    var meter = WorkMeter()
    let lines = EventLines.make(state, context, columns: context.inside.columns, &meter)
    return FindableRows(
      lines.count, selected: state.text.line, at: context.shown,
      content: "\(row) \(state.tab.rawValue) \(state.folded.count) \(context.inside.columns)"
        + " \(context.wraps)"
    ) { lines[$0].text.string }
  }

  /// Draws the visible lines.
  static func draw(
    _ state: EventModel, _ context: PaneContext, in rect: Rect, on canvas: inout Canvas,
    _ meter: inout WorkMeter
  ) {
    let inside = rect.rows < 2 || rect.columns < 2 ? Rect.zero : rect.inset()
    let lines =
      inside.isEmpty ? [] : EventLines.make(state, context, columns: inside.columns, &meter)
    let first = max(0, min(state.text.scroll, lines.count - inside.rows))
    let last = min(lines.count, first + inside.rows)
    let found = ShownRows(lines.count, context.find).footer(ListCursor(selected: state.text.line))
    canvas.box(
      rect, title: title(state, context, columns: inside.columns),
      footer: found ?? (lines.count > inside.rows ? "\(last) of \(lines.count)" : .empty),
      focused: context.isFocused)
    state.text.draw(lines, context.find, selection: context.selection, in: inside, on: &canvas)
    canvas.scrollbar(
      at: Point(column: rect.endColumn - 1, row: inside.row), rows: inside.rows, first: first,
      visible: inside.rows, total: lines.count)
  }

  private static func title(
    _ state: EventModel, _ context: PaneContext, columns: Int
  ) -> DisplayText {
    var name: DisplayText = "2 Event"
    if let position = context.event {
      name += " #\(position.number)"
    } else if let entry = context.row {
      name += " j\(entry.number)"
    }
    if let entry = context.row, let kind = context.shown.timeline.entry(entry)?.kind,
      context.shown.isLater(kind, entry)
    {
      name += " later"
    }
    // The first page needs no name.
    guard state.tab != .state else { return name }
    var title = name + "  "
    for tab in EventModel.Tab.allCases {
      let text = DisplayText(sanitising: tab.rawValue)
      title += tab == state.tab ? "[\(text)]" : " \(text) "
    }
    if title.width <= columns { return title }
    return name + "  [" + DisplayText(sanitising: state.tab.rawValue) + "]"
  }
}
