import EventicleCore

/// The state of the views pane: the rows of a view, or one of them.
struct ViewsModel: Sendable {
  /// The subject on show.
  enum Subject: Hashable, Sendable {
    case nothing
    case rows(String)
    case row(RecordKey)
  }

  /// By what the rows are sorted.
  struct Sort: Hashable, Sendable {
    /// The field; `nil` for the key.
    let field: String?
    var isDescending = false
  }

  var subject = Subject.nothing
  var list = ListCursor()
  /// The column under the cursor; 0 is the key.
  var column = 0
  var sort: Sort?
  /// What was read of the world for the screen.
  private(set) var page = ViewPage()

  /// Reads what the screen needs, unless it is known; the selection stays on its row.
  mutating func prepare(_ context: PaneContext) {
    let shown = ViewsPane.subject(self, context)
    let next = ViewPage(shown, sort, context.shown, after: page)
    guard next.key != page.key else { return }
    if next.order != page.order, next.key?.subject == page.key?.subject,
      let offset = page.offset(of: list.selected), let place = next.place(of: offset)
    {
      list.selected = place
    }
    page = next
  }

  /// The same state with what the screen needs.
  func prepared(_ context: PaneContext) -> ViewsModel {
    var state = self
    state.prepare(context)
    return state
  }
}
