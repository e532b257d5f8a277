import EventicleCore
import EventicleWorkbench

/// The tools: stops, forks, the log of the session, and the consumers.
enum ToolsPane: Pane {
  static let initial = ToolsModel()

  static func actions(_ state: ToolsModel, _ context: PaneContext) -> [Action] {
    let open: [Action] = open(state, context).isEmpty ? [] : [.open]
    switch state.tab {
    case .forks: return open + [.fork, .compare, .nextTab]
    case .verify: return open + [.verify, .nextTab]
    case .stops where StopsTool(context).stop(at: state.list.selected) != nil:
      return open + [.turnStop, .run, .runBack, .nextTab]
    case .stops, .log, .consumers, .why: return open + [.nextTab]
    }
  }

  static func hint(of action: Action, _ state: ToolsModel, _ context: PaneContext) -> String? {
    guard action == .open else { return nil }
    return switch state.tab {
    case .forks:
      ForksTool(context, state.comparison).isCompared(state.list.selected)
        ? "switch to it"
        : ForksTool(context, state.comparison).isBranch(state.list.selected)
          ? "compare" : "go there"
    case .verify, .why: "go there"
    case .stops where StopsTool(context).stop(at: state.list.selected) != nil: "edit"
    case .stops, .log: "go to its moment"
    case .consumers: "open"
    }
  }

  static func findable(_ state: ToolsModel, _ context: PaneContext) -> FindableRows {
    let list = list(state, context)
    guard list.count > 0 else { return FindableRows(nothing: list.nothing) }
    return FindableRows(
      list.count, selected: state.list.selected, at: context.shown,
      content: "\(state.tab.rawValue) \(context.log.dropped)", isHead: list.isHead,
      text: { list.line($0).text.string })
  }

  static func draw(
    _ state: ToolsModel, _ context: PaneContext, in rect: Rect, on canvas: inout Canvas,
    _ meter: inout WorkMeter
  ) {
    let tabs = ToolsModel.Tab.allCases
    let list = list(state, context)
    let title = TabTitle.text(
      "9 Tools", tabs.map { PaneText.data($0.rawValue) },
      open: tabs.firstIndex(of: state.tab) ?? 0, columns: context.inside.columns)
    let rows = list.rows(in: context.inside.rows)
    let shown = ShownRows(list.count, context.find)
    let cursor = shown.cursor(state.list, visible: rows)
    var footer = shown.footer(state.list) ?? list.footer
    if footer.isEmpty, list.count > 0 { footer = "\(state.list.selected + 1) of \(list.count)" }
    let inside = canvas.box(rect, title: title, footer: footer, focused: context.isFocused)
    guard !inside.isEmpty else { return }
    let (heads, rest) = inside.split(top: min(list.heads.count, inside.rows))
    let (body, below) = rest.split(bottom: min(list.below.count, rest.rows))
    canvas.within(heads) { canvas in
      for (row, line) in list.heads.enumerated() { canvas.draw(line, row: row) }
    }
    canvas.within(below) { canvas in
      for (row, line) in list.below.enumerated() { canvas.draw(line, row: row) }
    }
    guard list.count > 0 else {
      return Sentence(list.nothing).draw(in: body, on: &canvas)
    }
    canvas.within(body) { canvas in
      for row in 0..<max(0, min(body.rows, shown.count - cursor.top)) {
        let place = cursor.top + row
        let isSelected = place == cursor.selected
        canvas.draw(
          shown.line(at: place, list.line), row: row,
          overlay: isSelected ? context.selection : nil)
        guard isSelected else { continue }
        canvas.put(
          "►", at: Point(column: 0, row: row),
          style: CellStyle(.timeCursor, overlay: context.selection))
      }
    }
    canvas.scrollbar(
      at: Point(column: rect.endColumn - 1, row: body.row), rows: body.rows, first: cursor.top,
      visible: body.rows, total: shown.count)
  }

  /// What the open tab shows.
  static func list(_ state: ToolsModel, _ context: PaneContext) -> ToolsList {
    let columns = context.inside.columns
    switch state.tab {
    case .stops: return StopsTool(context).list(columns: columns, rows: context.inside.rows)
    case .forks:
      return ForksTool(context, state.comparison).list(
        columns: columns, selected: state.list.selected)
    case .verify: return VerifyTool(context, state.verification).list(columns: columns)
    case .why: return WhyTool(context, state.why).list(columns: columns)
    case .log:
      return LogTool(context).list(columns: columns, selected: selectedLine(state, context))
    case .consumers: return ConsumersTool(context, state.last).list(columns: columns)
    }
  }

  /// The selected line of the log, which is the newest while it is followed.
  private static func selectedLine(_ state: ToolsModel, _ context: PaneContext) -> Int {
    state.followsLog ? max(0, context.log.lines.count - 1) : state.list.selected
  }

  /// What Enter does in the selected row.
  static func open(_ state: ToolsModel, _ context: PaneContext) -> [PaneRequest] {
    let row = state.list.selected
    return switch state.tab {
    case .stops: StopsTool(context).open(row)
    case .forks: ForksTool(context, state.comparison).open(row)
    case .verify: VerifyTool(context, state.verification).open(row)
    case .why: WhyTool(context, state.why).open(row)
    case .log: LogTool(context).open(row)
    case .consumers: ConsumersTool(context, state.last).open(row)
    }
  }
}
