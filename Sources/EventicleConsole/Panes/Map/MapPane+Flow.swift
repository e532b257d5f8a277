import EventicleCore
import EventicleWorkbench

/// The tabs that show one conversation.
extension MapPane {
  /// The rows of the open tab; `nil` while nothing is read.
  static func rows(_ state: MapModel) -> FlowRows? {
    guard state.tab != .map, let reading = state.flow.reading else { return nil }
    return FlowRows(reading: reading, tab: state.tab)
  }

  /// The number of lines above the rows.
  static func headRows(_ tab: MapModel.Tab, in rows: Int) -> Int {
    switch tab {
    case .map, .flow: 0
    case .lanes, .gantt: rows >= 6 ? 2 : 0
    }
  }

  /// The title of the pane: its tabs, and what the open one is about.
  static func title(
    _ state: MapModel, _ context: PaneContext, about subject: DisplayText
  ) -> DisplayText {
    let tabs = MapModel.Tab.allCases
    let columns = context.inside.columns
    let title = TabTitle.text(
      "7 Map", tabs.map { PaneText.data($0.rawValue) },
      open: tabs.firstIndex(of: state.tab) ?? 0, columns: columns)
    guard !subject.isEmpty, title.width + 3 < columns else { return title }
    return (title + "  " + subject).truncated(to: columns)
  }

  /// Draws the open tab.
  static func drawFlow(
    _ state: MapModel, _ context: PaneContext, in rect: Rect, on canvas: inout Canvas
  ) {
    guard let rows = rows(state) else {
      let inside = canvas.box(
        rect, title: title(state, context, about: .empty), focused: context.isFocused)
      return nothing(state, context).draw(in: inside, on: &canvas)
    }
    let inner = rect.inset(by: 1).size
    let shown = ShownRows(rows.count, context.find)
    let heads = headRows(state.tab, in: inner.rows)
    let list = shown.cursor(state.flow[state.tab], visible: inner.rows - heads)
    let inside = canvas.box(
      rect, title: title(state, context, about: about(rows.reading, context.shown)),
      footer: shown.footer(state.flow[state.tab]) ?? footer(state, rows, context),
      focused: context.isFocused)
    guard !inside.isEmpty else { return }
    let (head, body) = inside.split(top: heads)
    let visible = list.top..<max(list.top, min(shown.count, list.top + body.rows))
    let here = state.flow.here(context)
    switch state.tab {
    case .map: break
    case .flow: drawTree(rows, visible, here, shown, list, context, in: body, on: &canvas)
    case .lanes:
      let lanes = FlowLanes(rows.reading, context.shown, columns: inside.columns)
      canvas.within(head) { lanes.drawHeads(on: &$0) }
      let hereRow = here.flatMap { rows.row(of: $0) }
      drawRows(visible, shown, list, context, in: body, on: &canvas) { row, above, line, canvas in
        lanes.draw(row, below: above, isHere: row == hereRow, row: line, on: &canvas)
      }
    case .gantt:
      let gantt = FlowGantt(rows.reading, context, columns: inside.columns)
      canvas.within(head) { gantt.drawHeads(on: &$0) }
      let place = state.flow.mark(context)
      drawRows(visible, shown, list, context, in: body, on: &canvas) { row, _, line, canvas in
        gantt.draw(row, mark: place?.span == row ? place?.mark : nil, row: line, on: &canvas)
      }
    }
    canvas.scrollbar(
      at: Point(column: rect.endColumn - 1, row: body.row), rows: body.rows, first: list.top,
      visible: body.rows, total: shown.count)
  }

  private static func drawTree(
    _ rows: FlowRows, _ visible: Range<Int>, _ here: Int?, _ shown: ShownRows, _ list: ListCursor,
    _ context: PaneContext, in body: Rect, on canvas: inout Canvas
  ) {
    let selected = shown.row(at: list.selected).flatMap { row -> Int? in
      if case .row(let index) = row { rows.node(at: index) } else { nil }
    }
    let tree = FlowTree(rows.reading, context.shown, columns: body.columns, selected: selected)
    let isHereAbove = here == nil && shown.row(at: list.selected) == .row(0)
    var above: Int?
    canvas.within(body) { canvas in
      for place in visible {
        let line = shown.line(at: place) { index in
          let node = rows.node(at: index)
          defer { above = node }
          let isHere = node.map { $0 == here } ?? (isHereAbove && index == 0)
          return tree.line(rows[index], below: above, isHere: isHere)
        }
        canvas.draw(
          line, row: place - list.top, overlay: place == list.selected ? context.selection : nil)
      }
    }
  }

  /// Draws rows that are more than a line of text, each with the number of the one above it.
  private static func drawRows(
    _ visible: Range<Int>, _ shown: ShownRows, _ list: ListCursor, _ context: PaneContext,
    in body: Rect, on canvas: inout Canvas,
    _ draw: (_ row: Int, _ above: Int?, _ line: Int, _ canvas: inout Canvas) -> Void
  ) {
    var above: Int?
    canvas.within(body) { canvas in
      for place in visible {
        let line = place - list.top
        switch shown.row(at: place) {
        case .row(let row):
          draw(row, above, line, &canvas)
          above = row
          if context.find != nil, context.find?.contains(row) == false {
            canvas.overlay(
              .timeFuture, in: Rect(column: 0, row: line, columns: body.columns, rows: 1))
          }
        default: canvas.draw(shown.line(at: place) { _ in .empty }, row: line)
        }
        if place == list.selected {
          canvas.overlay(
            context.selection, in: Rect(column: 0, row: line, columns: body.columns, rows: 1))
        }
      }
    }
  }

  /// The rows that `/` looks through.
  static func findableFlow(_ state: MapModel, _ context: PaneContext) -> FindableRows {
    guard let rows = rows(state) else {
      return FindableRows(nothing: "There is no conversation to look through.")
    }
    let texts = FlowTexts(context.shown)
    let nodes = rows.reading.conversation.nodes
    let key = "\(state.tab.rawValue) \(rows.reading.conversation.top) \(nodes.count)"
    return FindableRows(
      rows.count, selected: state.flow[state.tab].selected, at: context.shown, content: key,
      isHead: { rows.isHead($0) },
      text: { rows.node(at: $0).map { texts.title(of: nodes[$0]).text.string } ?? "" })
  }

  // MARK: - Words

  /// `C PlaceOrder · 32 entries · 30s`.
  private static func about(_ reading: FlowReading, _ moment: MomentView) -> DisplayText {
    let conversation = reading.conversation
    guard let first = conversation.nodes.first else { return .empty }
    let count = conversation.nodes.count
    let entries: DisplayText = count == 1 ? " entry" : " entries"
    let name = FlowTexts(moment).name(of: first).text
    return name + "   \(count)" + entries + "   " + PaneText.data(conversation.length.brief)
  }

  private static func footer(
    _ state: MapModel, _ rows: FlowRows, _ context: PaneContext
  ) -> DisplayText {
    let conversation = rows.reading.conversation
    let later = conversation.nodes.count { $0.isLater(than: context.shown) }
    var text: DisplayText = "\(state.flow[state.tab].selected + 1) of \(rows.count)"
    if later > 0 { text += " · \(later) later" }
    if conversation.more > 0 {
      text += " · and \(conversation.more)" + (conversation.isCounted ? " more" : " or more")
    }
    return text
  }

  /// A sentence about why there is nothing.
  private static func nothing(_ state: MapModel, _ context: PaneContext) -> Sentence {
    if state.flow.subject != nil { return Sentence("Reading what led to it and what followed …") }
    return Sentence(
      context.firstLine.map { "Nothing has happened. :\($0) begins a conversation." }
        ?? "Nothing has happened. A command or an event begins a conversation.")
  }
}
