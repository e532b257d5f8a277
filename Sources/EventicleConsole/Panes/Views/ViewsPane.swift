import EventicleCore

/// The rows of a view, or one of them as a tree.
enum ViewsPane: Pane {
  static let initial = ViewsModel()

  static func actions(_ state: ViewsModel, _ context: PaneContext) -> [Action] {
    let tabs: [Action] = context.shown.domain.views.count > 1 ? [.nextTab] : []
    return open(state, context).isEmpty ? tabs : [.open] + tabs
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

  static func draw(
    _ state: ViewsModel, _ context: PaneContext, in rect: Rect, on canvas: inout Canvas,
    _ meter: inout WorkMeter
  ) {
    switch subject(state, context) {
    case .nothing:
      let inside = canvas.box(rect, title: "6 Views", focused: context.isFocused)
      Sentence("This domain has no views.").draw(in: inside, on: &canvas)
    case .rows(let view):
      ViewTable(context: context, view: view, title: title(open: view, context, rect.columns - 4))
        .draw(state.list, in: rect, on: &canvas)
    case .row(let key):
      let inside = canvas.box(
        rect, title: PaneText.data("6 Views  \(key)"), focused: context.isFocused)
      guard let record = context.shown.world.record(key) else {
        return Sentence("The view has no such row at this moment.")
          .draw(in: inside, on: &canvas)
      }
      ScrolledLines(JSONTree(record.content, most: state.scroll + inside.rows + 1).lines)
        .draw(from: state.scroll, in: inside, on: &canvas)
    }
  }

  /// `6 Views  [OrderBoard] Revenue`; the open one alone when there is no room.
  private static func title(
    open: String, _ context: PaneContext, _ columns: Int
  ) -> DisplayText {
    var title: DisplayText = "6 Views "
    for view in context.shown.domain.views {
      let name = PaneText.data(view.name, limit: 40)
      title += view.name == open ? " [" + name + "]" : "  " + name
    }
    return title.width <= columns ? title : "6 Views  [" + PaneText.data(open, limit: 40) + "]"
  }
}
