/// Moving in lists, opening the selected row, folding.
enum ListUpdate {
  /// Performs an action on lists or on the view.
  static func perform(_ action: Action, _ model: inout Model) -> [Effect] {
    let page = max(1, model.listRows(of: model.focus) - 1)
    switch action {
    case .down: return move(by: 1, &model)
    case .up: return move(by: -1, &model)
    case .halfPageDown: return move(by: max(1, page / 2), &model)
    case .halfPageUp: return move(by: -max(1, page / 2), &model)
    case .pageDown: return move(by: page, &model)
    case .pageUp: return move(by: -page, &model)
    case .top: return move(by: -Int(Int32.max), &model)
    case .bottom: return move(by: Int(Int32.max), &model)
    case .sort:
      if let effects = PaneUpdate.send(.action(.sort), to: model.focus, &model) { return effects }
      model.message = StatusMessage(
        "nothing here is sorted by \(model.keymap.label(of: .sort)); in Views and Explore it is",
        .warning)
      return []
    case .search: return FindUpdate.open(&model)
    case .nextMatch: return FindUpdate.walk(forward: true, &model)
    case .previousMatch: return FindUpdate.walk(forward: false, &model)
    case .fold, .foldAll:
      if model.focus != .explore, model.finds[model.focus] != nil {
        let isFolded = model.finds[model.focus]?.isFolded ?? false
        model.finds[model.focus]?.isFolded = action == .foldAll || !isFolded
        return []
      }
      return PaneUpdate.send(.action(action), to: model.focus, &model) ?? []
    case .unfoldAll:
      for pane in model.finds.keys { model.finds[pane]?.isFolded = false }
      PaneUpdate.sendToAll(.action(action), &model)
      return []
    case .wrap:
      model.wraps.toggle()
      model.message = StatusMessage(model.wraps ? "long lines go on below" : "long lines are cut")
      return []
    case .timeForm, .columns, .gaps:
      return PaneUpdate.send(.action(action), to: .tail, &model) ?? []
    default:
      // Actions that the focused pane does not handle apply to the rows of the tail.
      return PaneUpdate.send(.action(action), to: model.focus, &model)
        ?? PaneUpdate.send(.action(action), to: .tail, &model) ?? []
    }
  }

  /// Moves the selection or scrolls in the focused pane.
  private static func move(by rows: Int, _ model: inout Model) -> [Effect] {
    PaneUpdate.send(.move(rows), to: model.focus, &model) ?? []
  }
}
