/// The console's description of one pane: a row of the table of panes.
struct PaneRow: Sendable {
  let id: PaneID
  /// The pane's title.
  let title: String
  /// The pane's place on a large screen.
  let place: PanePlace
  /// Whether the pane shares the right side with the main pane on small screens.
  let isCompanion: Bool
  /// Whether the pane needs the full width of a small screen.
  let isWide: Bool
  private(set) var actions: @Sendable (Model) -> [Action]
  private(set) var hint: @Sendable (Action, Model) -> String?
  private(set) var listRows: @Sendable (Size) -> Int
  private(set) var shows: @Sendable (PaneSubject) -> Bool
  private(set) var lacksSubject: @Sendable (Model) -> Bool
  private(set) var folds: @Sendable (Model, Size) -> [FoldRequest]
  private(set) var update: @Sendable (PaneInput, inout Model) -> [PaneRequest]?
  private(set) var draw: @Sendable (Model, Rect, Bool, inout Canvas, inout WorkMeter) -> Void

  /// Creates the row of a pane.
  ///
  /// - Parameters:
  ///   - id: The pane's place and number.
  ///   - pane: The type of the pane.
  ///   - read: Reads the pane's state from the model.
  ///   - change: Passes an input to the pane.
  private init<P: Pane>(
    _ id: PaneID, _ title: String, _ place: PanePlace, _ pane: P.Type, isCompanion: Bool,
    isWide: Bool, read: @escaping @Sendable (Model) -> P.State,
    change: @escaping @Sendable (PaneInput, inout Model, PaneContext) -> [PaneRequest]?
  ) {
    self.id = id
    self.title = title
    self.place = place
    self.isCompanion = isCompanion
    self.isWide = isWide
    actions = { P.actions(read($0), $0.context(of: id)) }
    hint = { P.hint(of: $0, read($1), $1.context(of: id)) }
    listRows = { P.listRows(in: $0) }
    shows = { P.shows($0) }
    lacksSubject = { P.lacksSubject(read($0)) }
    folds = { P.folds(read($0), $0.context(of: id, inside: $1)) }
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
  init<P: Pane>(
    _ id: PaneID, _ title: String, _ place: PanePlace, _ pane: P.Type, isCompanion: Bool = true,
    isWide: Bool = false
  ) {
    self.init(
      id, title, place, pane, isCompanion: isCompanion, isWide: isWide,
      read: { $0.panes[P.self] },
      change: { P.update($0, &$1.panes[P.self], $2) })
  }

  /// The row of the tail, whose state is separate because the whole console depends on its rows.
  static func tail(_ id: PaneID, _ title: String, _ place: PanePlace) -> PaneRow {
    PaneRow(
      id, title, place, TailPane.self, isCompanion: false, isWide: false,
      read: { $0.tail },
      change: { TailPane.update($0, &$1.tail, $2) })
  }

  /// One row for two panes that share a place: it shows the pane whose subject was opened last.
  ///
  /// - Parameters:
  ///   - first: The pane shown at first; only this one follows the tail.
  ///   - isOther: Whether the other pane is shown.
  static func either(
    _ first: PaneRow, or other: PaneRow, isOther: any WritableKeyPath<Model, Bool> & Sendable
  ) -> PaneRow {
    var row = first
    row.actions = { ($0[keyPath: isOther] ? other : first).actions($0) }
    row.hint = { ($1[keyPath: isOther] ? other : first).hint($0, $1) }
    row.shows = { first.shows($0) || other.shows($0) }
    row.lacksSubject = { !$0[keyPath: isOther] && first.lacksSubject($0) }
    row.folds = { ($0[keyPath: isOther] ? other : first).folds($0, $1) }
    row.draw = { ($0[keyPath: isOther] ? other : first).draw($0, $1, $2, &$3, &$4) }
    row.update = { input, model in
      switch input {
      case .show(let subject):
        model[keyPath: isOther] = other.shows(subject)
        return (model[keyPath: isOther] ? other : first).update(input, &model)
      case .follow(let subject) where model[keyPath: isOther]:
        guard first.shows(subject) else { return nil }
        model[keyPath: isOther] = false
        return first.update(.show(subject), &model)
      default: return (model[keyPath: isOther] ? other : first).update(input, &model)
      }
    }
    return row
  }
}
