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
    case .search:
      BarUpdate.open(.search, text: "", &model)
      return []
    case .unfoldAll:
      PaneUpdate.sendToAll(.action(action), &model)
      return []
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
