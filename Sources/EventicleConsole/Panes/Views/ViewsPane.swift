import EventicleCore

/// The rows of a view, or one of them with the events that made it.
enum ViewsPane: Pane {
  static let initial = ViewsModel()

  static func actions(_ state: ViewsModel, _ context: PaneContext) -> [Action] {
    let tabs: [Action] = context.shown.domain.views.count > 1 ? [.nextTab] : []
    let open: [Action] = open(state.prepared(context), context).isEmpty ? [] : [.open]
    guard case .rows(let view) = subject(state, context),
      context.shown.world.recordCount(of: view) > 1
    else { return open + tabs }
    return open + [.sort, .scrollRight, .search] + tabs
  }

  static func hint(of action: Action, _ state: ViewsModel, _ context: PaneContext) -> String? {
    switch action {
    case .open:
      if case .row = subject(state, context) { "go to the event" } else { "what made it" }
    case .scrollRight: "next column"
    default: nil
    }
  }

  static func listRows(in inside: Size) -> Int { max(0, inside.rows - 1) }

  static func shows(_ subject: PaneSubject) -> Bool {
    switch subject {
    case .view, .record: true
    default: false
    }
  }

  /// What is shown: the first view until another one is chosen.
  static func subject(_ state: ViewsModel, _ context: PaneContext) -> ViewsModel.Subject {
    guard case .nothing = state.subject, let first = context.shown.domain.views.first else {
      return state.subject
    }
    return .rows(first.name)
  }

  static func findable(_ state: ViewsModel, _ context: PaneContext) -> FindableRows {
    let state = state.prepared(context)
    switch subject(state, context) {
    case .nothing: return FindableRows(nothing: "This domain has no views to look through.")
    case .rows(let view):
      let table = ViewTable(context: context, state: state, view: view)
      let fields = table.fields()
      let order = state.sort.map { "\($0.field ?? "") \($0.isDescending)" } ?? ""
      return FindableRows(
        table.count, selected: state.list.selected, at: context.shown, content: "\(view) \(order)",
        text: { table.text(of: $0, fields) })
    case .row(let key):
      let lines = lines(of: key, state, context)
      return FindableRows(
        lines.count, selected: state.list.selected, at: context.shown, content: "\(key)",
        text: { lines[$0].line.text.string })
    }
  }

  static func draw(
    _ state: ViewsModel, _ context: PaneContext, in rect: Rect, on canvas: inout Canvas,
    _ meter: inout WorkMeter
  ) {
    let state = state.prepared(context)
    switch subject(state, context) {
    case .nothing:
      let inside = canvas.box(rect, title: "6 Views", focused: context.isFocused)
      Sentence("This domain has no views.").draw(in: inside, on: &canvas)
    case .rows(let view):
      let table = ViewTable(context: context, state: state, view: view)
      let inside = canvas.box(
        rect, title: title(open: view, context, rect.columns - 4),
        footer: footer(table.count, state, context), focused: context.isFocused)
      guard !inside.isEmpty else { return }
      guard table.count > 0 else {
        let text = "\(view) has no row at this moment."
        return Sentence(text).draw(in: inside, on: &canvas)
      }
      table.draw(in: inside, border: rect, on: &canvas, &meter)
    case .row(let key): draw(key, state, context, in: rect, on: &canvas)
    }
  }

  private static func draw(
    _ key: RecordKey, _ state: ViewsModel, _ context: PaneContext, in rect: Rect,
    on canvas: inout Canvas
  ) {
    let lines = lines(of: key, state, context)
    let inside = canvas.box(
      rect, title: PaneText.data("6 Views  \(key)"),
      footer: lines.isEmpty ? .empty : footer(lines.count, state, context),
      focused: context.isFocused)
    guard !lines.isEmpty else {
      return Sentence("The view has no such row at this moment.").draw(in: inside, on: &canvas)
    }
    let rows = ShownRows(lines.count, context.find)
    let list = rows.cursor(state.list, visible: inside.rows)
    canvas.within(inside) { canvas in
      for place in list.top..<max(list.top, min(list.top + inside.rows, rows.count)) {
        let isHere = place == list.selected
        canvas.draw(
          rows.line(at: place) { lines[$0].line }, row: place - list.top,
          overlay: isHere ? context.selection : nil)
        guard isHere else { continue }
        canvas.put(
          "►", at: Point(column: 0, row: place - list.top),
          style: CellStyle(.timeCursor, overlay: context.selection))
      }
    }
    canvas.scrollbar(
      at: Point(column: rect.endColumn - 1, row: inside.row), rows: inside.rows, first: list.top,
      visible: inside.rows, total: rows.count)
  }

  /// The lines of an open row; none when the view has no such row.
  static func lines(
    of key: RecordKey, _ state: ViewsModel, _ context: PaneContext
  ) -> [ViewRowLines.Line] {
    context.shown.world.record(key).map { ViewRowLines($0, state.page, context.shown).lines } ?? []
  }

  // MARK: - Title and footer

  private static func footer(
    _ count: Int, _ state: ViewsModel, _ context: PaneContext
  ) -> DisplayText {
    guard count > 0 else { return .empty }
    let selected = max(0, min(state.list.selected, count - 1))
    return ShownRows(count, context.find).footer(state.list) ?? "\(selected + 1) of \(count)"
  }

  /// `6 Views  [OrderBoard] Revenue`; the open one alone when there is no room.
  private static func title(
    open: String, _ context: PaneContext, _ columns: Int
  ) -> DisplayText {
    let views = context.shown.domain.views
    let names = views.map { PaneText.data($0.name, limit: 40) }
    guard let place = views.firstIndex(where: { $0.name == open }) else {
      return "6 Views  [" + PaneText.data(open, limit: 40) + "]"
    }
    return TabTitle.text("6 Views", names, open: place, columns: columns)
  }
}
