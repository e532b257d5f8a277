/// What is folded for the panes, asked for as soon as they show something else.
enum FoldUpdate {
  /// Asks for what the panes on screen need and do not have.
  static func ask(_ model: inout Model) -> [Effect] {
    let layout = model.layout
    let wanted = PaneTable.rows.filter { layout.panes[$0.id] != nil }
      .flatMap { $0.folds(model, layout.inside(of: $0.id)) }
    let missing = model.folds.ask(wanted)
    return missing.isEmpty ? [] : [.fold(missing)]
  }
}
