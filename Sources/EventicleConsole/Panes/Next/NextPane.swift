import EventicleCore

/// What happens next: the waiting deliveries, the armed timers and the parked work.
enum NextPane: Pane {
  static let initial = NextModel()

  static func actions(_ state: NextModel, _ context: PaneContext) -> [Action] {
    let opens = !open(NextRows(context.shown.world).row(state.list.selected), context).isEmpty
    let acts: [Action] =
      context.shown.isAtHead && isOnDelivery(state, context.shown.world)
      ? [.delayDelivery, .dropDelivery, .doubleDelivery, .crashDelivery] : []
    return (opens ? [.open] : []) + acts
  }

  static func hint(of action: Action, _ state: NextModel, _ context: PaneContext) -> String? {
    guard action == .open else { return nil }
    switch NextRows(context.shown.world).row(state.list.selected) {
    case .timer: return "its saga"
    case .delivery: return "its event"
    default: return "open"
    }
  }

  static func findable(_ state: NextModel, _ context: PaneContext) -> FindableRows {
    let rows = NextRows(context.shown.world)
    let text = NextRowText(context, columns: 400, state.sends, [])
    return FindableRows(
      rows.count, selected: state.list.selected, at: context.shown, isHead: { rows.isHead($0) }
    ) { index in
      var meter = WorkMeter()
      return rows.row(index).map { text.line(of: $0, &meter).text.string } ?? ""
    }
  }

  /// `5 Next  queue 5 · timers 2`, in the order of the rows.
  private static func title(_ world: World) -> DisplayText {
    let queue: DisplayText = "queue \(world.queue.count)"
    let timers: DisplayText = "timers \(world.timers.count)"
    var title: DisplayText = "5 Next  "
    title += world.queue.isEmpty ? timers + " · " + queue : queue + " · " + timers
    if world.parkedCount > 0 { title += " · parked \(world.parkedCount)" }
    return title
  }

  /// Draws the visible rows and looks at no others.
  static func draw(
    _ state: NextModel, _ context: PaneContext, in rect: Rect, on canvas: inout Canvas,
    _ meter: inout WorkMeter
  ) {
    let rows = NextRows(context.shown.world)
    let shown = ShownRows(rows.count, context.find)
    let list = shown.cursor(state.list, visible: rect.rows - 2)
    let inside = canvas.box(
      rect, title: title(context.shown.world),
      footer: shown.footer(state.list) ?? footer(rows, state.list), focused: context.isFocused)
    guard !inside.isEmpty else { return }
    let places = list.top..<max(list.top, min(list.top + inside.rows, shown.count))
    let visible = places.compactMap { place in
      if case .row(let row) = shown.row(at: place) { rows.row(row) } else { nil }
    }
    let drawing = NextRowText(context, columns: inside.columns - 1, state.sends, visible)
    canvas.within(inside) { canvas in
      for place in places {
        let line = shown.line(at: place) { index in
          rows.row(index).map { drawing.line(of: $0, &meter) } ?? .empty
        }
        let isHere = place == list.selected && !rows.isHead(state.list.selected)
        canvas.draw(line, row: place - list.top, overlay: isHere ? context.selection : nil)
        guard isHere else { continue }
        canvas.put(
          "►", at: Point(column: 0, row: place - list.top),
          style: CellStyle(.timeCursor, overlay: context.selection))
      }
      let isOnDelivery = context.isFocused && isOnDelivery(state, context.shown.world)
      if let keys = keys(context, isOnDelivery: isOnDelivery), places.count + 1 < inside.rows {
        canvas.draw(keys, row: places.count + 1)
      }
    }
    canvas.scrollbar(
      at: Point(column: rect.endColumn - 1, row: inside.row), rows: inside.rows, first: list.top,
      visible: inside.rows, total: shown.count)
  }

  /// `3 of 7`, without headings.
  private static func footer(_ rows: NextRows, _ list: ListCursor) -> DisplayText {
    rows.isHead(list.selected) ? .empty : "\(list.selected + 1) of \(rows.count)"
  }

  /// The keys that do something with what waits.
  private static func keys(_ context: PaneContext, isOnDelivery: Bool) -> StyledLine? {
    let world = context.shown.world
    guard context.shown.isAtHead else { return nil }
    var line = StyledLine()
    func add(_ action: Action, _ text: DisplayText) {
      line.add(line.isEmpty ? " " : "   ")
      line.add(PaneText.data(context.keymap.label(of: action)), .uiHintKey)
      line.add(" " + text, .uiMuted)
    }
    if isOnDelivery {
      for (action, text) in [
        (.stepDelivery, "deliver now"), (.delayDelivery, "delay"), (.dropDelivery, "drop"),
        (.doubleDelivery, "twice"), (.crashDelivery, "crash in it"),
      ] as [(Action, DisplayText)] { add(action, text) }
      return line
    }
    if !world.queue.isEmpty, context.isHeld { add(.stepDelivery, "deliver next") }
    if world.timers.count > 0 { add(.fire, "fire the first timer") }
    return line.isEmpty ? nil : line
  }
}
