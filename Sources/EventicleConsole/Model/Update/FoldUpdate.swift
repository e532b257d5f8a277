/// Requests the folds of the panes as soon as they show something new.
enum FoldUpdate {
  /// Requests the folds that the visible panes lack.
  static func ask(_ model: inout Model) -> [Effect] {
    let layout = model.layout
    let wanted = PaneTable.rows.filter { layout.panes[$0.id] != nil }
      .flatMap { $0.folds(model, layout.inside(of: $0.id)) }
    let missing = model.folds.ask(wanted)
    return missing.isEmpty ? [] : [.fold(missing)]
  }
}
