import EventicleCore
import EventicleWorkbench

/// The domain as a flow: what asks, what happens, who is woken, and what that asks for.
enum MapPane: Pane {
  static let initial = MapModel()

  static func actions(_ state: MapModel, _ context: PaneContext) -> [Action] {
    switch state.tab {
    case .map:
      return (state.target == nil ? [] : [.open]) + [.scrollLeft, .scrollRight, .nextTab]
    case .flow, .lanes, .gantt:
      let open: [Action] = openFlow(state, context).isEmpty ? [] : [.open]
      return open + walkingActions(state, context) + [.nextTab]
    }
  }

  static func hint(of action: Action, _ state: MapModel, _ context: PaneContext) -> String? {
    switch action {
    case .nextTab: state.tab.turned(by: 1).rawValue
    case .open where state.tab != .map: "open"
    case .scrollLeft where state.tab == .gantt: "earlier"
    case .scrollRight where state.tab == .gantt: "later"
    case .open: "the newest of it"
    case .command where state.tab != .map: nil
    case .scrollLeft: "back"
    case .scrollRight: "follow"
    case .command:
      if case .maker(.command(let type)) = state.cell?.spot { "ask \(type)" } else { nil }
    default: nil
    }
  }

  static func shows(_ subject: PaneSubject) -> Bool {
    if case .conversation = subject { true } else { false }
  }

  static func folds(_ state: MapModel, _ context: PaneContext) -> [FoldRequest] {
    guard state.tab == .map else { return [] }
    return context.shown.domain.aggregates.compactMap { root in
      latest(of: root.type, context).map { .status($0.key, $0.version) }
    }
  }

  static func findable(_ state: MapModel, _ context: PaneContext) -> FindableRows {
    guard state.tab == .map else { return findableFlow(state, context) }
    let lines = state.page.lines
    guard !lines.isEmpty else { return FindableRows(nothing: "The map is not drawn yet.") }
    // What stands in a line that nothing can be selected in is a heading.
    return FindableRows(
      lines.count, selected: state.list.selected, at: context.shown,
      content: "\(state.page.key?.columns ?? 0)", isHead: { lines[$0].cells.isEmpty },
      text: { lines[$0].parts.map(\.piece.text.string).joined(separator: " ") })
  }

  /// Draws the visible lines.
  static func draw(
    _ state: MapModel, _ context: PaneContext, in rect: Rect, on canvas: inout Canvas,
    _ meter: inout WorkMeter
  ) {
    guard state.tab == .map else { return drawFlow(state, context, in: rect, on: &canvas) }
    let isMade = state.page.key?.columns == context.inside.columns
    let lines = isMade ? state.page.lines : state.lines(context)
    let shown = ShownRows(lines.count, context.find)
    let list = shown.cursor(state.list, visible: context.inside.rows)
    let inside = canvas.box(
      rect, title: title(state, context, columns: context.inside.columns),
      footer: shown.footer(state.list) ?? footer(state, context), focused: context.isFocused)
    guard !inside.isEmpty else { return }
    let visible = list.top..<max(list.top, min(shown.count, list.top + inside.rows))
    let fires =
      visible.contains { place in
        if case .row(let index) = shown.row(at: place) { lines[index].timer != nil } else { false }
      } ? fires(context) : [:]
    canvas.within(inside) { canvas in
      for place in visible {
        let row = place - list.top
        guard case .row(let index) = shown.row(at: place) else {
          canvas.draw(shown.line(at: place) { _ in .empty }, row: row)
          continue
        }
        for part in lines[index].parts {
          let piece = shown.marked(StyledLine([part.piece]), index)
          canvas.put(
            piece, at: Point(column: part.column, row: row),
            columns: max(0, inside.columns - part.column))
        }
        drawNotes(lines[index], fires, row, context, on: &canvas)
        guard place == list.selected,
          let cell = lines[index].cells.first(where: { $0.place == state.place })
        else { continue }
        canvas.overlay(
          context.selection,
          in: Rect(column: cell.column - 1, row: row, columns: cell.width + 2, rows: 1))
      }
    }
    canvas.scrollbar(
      at: Point(column: rect.endColumn - 1, row: inside.row), rows: inside.rows, first: list.top,
      visible: inside.rows, total: shown.count)
  }

  // MARK: - Title and footer

  private static func title(
    _ state: MapModel, _ context: PaneContext, columns: Int
  ) -> DisplayText {
    let name = PaneText.data(context.shown.domain.name, limit: 40)
    guard !state.lit.title.isEmpty else { return title(state, context, about: name) }
    let lit = PaneText.data(state.lit.title, limit: 60)
    let long = name + "   lit: what " + lit + " set off"
    let isWide = title(state, context, about: .empty).width + 2 + long.width <= columns
    return title(state, context, about: isWide ? long : name + "   lit: " + lit)
  }

  private static func footer(_ state: MapModel, _ context: PaneContext) -> DisplayText {
    let domain = context.shown.domain
    let consumers = domain.views.count + domain.sagas.count + domain.adapters.count
    func count(_ number: Int, _ word: DisplayText) -> DisplayText {
      "\(number) \(word)" + (number == 1 ? "" : "s")
    }
    let long =
      count(domain.commands.count, "command") + " · " + count(state.chart.eventCount, "event")
      + " · " + count(consumers, "consumer")
    return long.width + 2 <= context.inside.columns ? long : count(state.chart.eventCount, "event")
  }

  // MARK: - What changes while time passes

  /// The next fire of each timer, and how many are armed; looks at the first thousand.
  private static func fires(_ context: PaneContext) -> [FlowTimer: (due: Instant, count: Int)] {
    var fires: [FlowTimer: (due: Instant, count: Int)] = [:]
    let table = context.shown.world.timers
    for place in 0..<min(table.count, 1_000) {
      guard let armed = table.timer(at: place),
        let timer = FlowTimer(armed.key, context.shown.domain)
      else { continue }
      fires[timer] = (fires[timer]?.due ?? armed.due, (fires[timer]?.count ?? 0) + 1)
    }
    return fires
  }

  private static func drawNotes(
    _ line: MapLine, _ fires: [FlowTimer: (due: Instant, count: Int)], _ row: Int,
    _ context: PaneContext, on canvas: inout Canvas
  ) {
    let columns = canvas.size.columns
    if let (timer, column) = line.timer {
      let text: DisplayText
      if let fire = fires[timer] {
        let wait = fire.due - context.now
        let due = PaneText.data(wait.milliseconds > 0 ? "in \(wait.brief)" : "now")
        text = fire.count > 1 ? due + ", \(fire.count) armed" : due
      } else {
        text = "not armed"
      }
      canvas.put(text, at: Point(column: column, row: row), style: CellStyle(.uiMuted))
    }
    guard let type = line.aggregate else { return }
    let note = note(of: type, context)
    let start = columns - 1 - note.width
    let used = (line.parts.map { $0.column + $0.piece.text.width }.max() ?? 0) + 1
    guard start > used else { return }
    canvas.put(note, at: Point(column: start, row: row))
  }

  /// `order-1 ▼ onHold`: the instance that an event of the stream concerned last, and its status.
  private static func note(of type: String, _ context: PaneContext) -> StyledLine {
    guard let latest = latest(of: type, context) else { return StyledLine("none yet", .uiMuted) }
    var line = StyledLine(PaneText.data(latest.key.id.text, limit: 24), .kindAggregate)
    if let status = context.folds.status(latest.key, latest.version) {
      let severity = Severity(state: status, in: context.shown.domain)
      let mark = severity.map { " " + $0.mark } ?? .empty
      line.add(mark + " " + PaneText.data(status, limit: 24), severity?.role ?? .uiText)
    }
    return line
  }

  private static func latest(
    of type: String, _ context: PaneContext
  ) -> (key: AggregateKey, version: Version)? {
    let world = context.shown.world
    guard let root = context.shown.domain.aggregate(type) else { return nil }
    let last = StreamPosition(world.log.count(of: root.stream))
    guard let position = world.log.position(of: root.stream, at: last),
      let id = world.log.domainID(at: position)
    else { return nil }
    let key = AggregateKey(type, id)
    return (key, world.histories.version(of: key))
  }
}
