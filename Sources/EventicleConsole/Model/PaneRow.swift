/// The console's description of one pane: a row of the table of panes.
struct PaneRow: Sendable {
  let id: PaneID
  /// The pane's title.
  let title: String
  let actions: @Sendable (Model) -> [Action]
  let hint: @Sendable (Action, Model) -> String?
  let listRows: @Sendable (Size) -> Int
  let shows: @Sendable (PaneSubject) -> Bool
  let lacksSubject: @Sendable (Model) -> Bool
  let folds: @Sendable (Model, Size) -> [FoldRequest]
  let findable: @Sendable (Model) -> FindableRows
  let update: @Sendable (PaneInput, inout Model) -> [PaneRequest]?
  let draw: @Sendable (Model, Rect, Bool, inout Canvas, inout WorkMeter) -> Void

  /// Creates the row of a pane.
  ///
  /// - Parameters:
  ///   - id: The pane's place and number.
  ///   - pane: The type of the pane.
  ///   - read: Reads the pane's state from the model.
  ///   - change: Passes an input to the pane.
  private init<P: Pane>(
    _ id: PaneID, _ title: String, _ pane: P.Type, read: @escaping @Sendable (Model) -> P.State,
    change: @escaping @Sendable (PaneInput, inout Model, PaneContext) -> [PaneRequest]?
  ) {
    self.id = id
    self.title = title
    actions = { P.actions(read($0), $0.context(of: id)) }
    hint = { P.hint(of: $0, read($1), $1.context(of: id)) }
    listRows = { P.listRows(in: $0) }
    shows = { P.shows($0) }
    lacksSubject = { P.lacksSubject(read($0)) }
    folds = { P.folds(read($0), $0.context(of: id, inside: $1)) }
    findable = { P.findable(read($0), $0.context(of: id)) }
    update = { input, model in
      let context = model.context(of: id)
      return change(input, &model, context)
    }
    draw = { model, rect, isFocused, canvas, meter in
      let context = model.context(of: id, inside: rect.inset(by: 1).size, isFocused: isFocused)
      P.draw(read(model), context, in: rect, on: &canvas, &meter)
    }
  }

  /// Creates the row of a pane whose state is among the ``Model/panes``.
  init<P: Pane>(_ id: PaneID, _ title: String, _ pane: P.Type) {
    self.init(
      id, title, pane,
      read: { $0.panes[P.self] },
      change: { P.update($0, &$1.panes[P.self], $2) })
  }

  /// The row of the tail, whose state is separate because the whole console depends on its rows.
  static func tail(_ id: PaneID, _ title: String) -> PaneRow {
    PaneRow(
      id, title, TailPane.self,
      read: { $0.tail },
      change: { TailPane.update($0, &$1.tail, $2) })
  }
}
