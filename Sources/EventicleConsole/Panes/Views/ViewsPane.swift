import EventicleCore

/// The rows of a view, or one of them as a tree.
enum ViewsPane: Pane {
  static let initial = ViewsModel()

  static func actions(_ state: ViewsModel, _ context: PaneContext) -> [Action] {
    open(state, context).isEmpty ? [] : [.open]
  }

  static func hint(of action: Action, _ state: ViewsModel, _ context: PaneContext) -> String? {
    action == .open ? "open" : nil
  }

  static func listRows(in inside: Size) -> Int { max(0, inside.rows - 1) }

  static func shows(_ subject: PaneSubject) -> Bool {
    switch subject {
    case .view, .record: true
    default: false
    }
  }

  static func draw(
    _ state: ViewsModel, _ context: PaneContext, in rect: Rect, on canvas: inout Canvas,
    _ meter: inout WorkMeter
  ) {
    switch state.subject {
    case .nothing:
      let inside = canvas.box(rect, title: "4 View", focused: context.isFocused)
      Sentence("No view is chosen. Pick one in 1 Explore.").draw(in: inside, on: &canvas)
    case .rows(let view):
      ViewTable(context: context, view: view).draw(state.list, in: rect, on: &canvas)
    case .row(let key):
      let inside = canvas.box(
        rect, title: PaneText.data("4 View \(key)"), focused: context.isFocused)
      guard let record = context.shown.world.record(key) else {
        return Sentence("The view has no such row at the time cursor.")
          .draw(in: inside, on: &canvas)
      }
      ScrolledLines(JSONTree(record.content, most: state.scroll + inside.rows + 1).lines)
        .draw(from: state.scroll, in: inside, on: &canvas)
    }
  }
}
