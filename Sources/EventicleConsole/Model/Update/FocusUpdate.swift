/// Which pane has the focus, and whether it takes all the room.
enum FocusUpdate {
  /// Performs an action on panes.
  static func perform(_ action: Action, _ model: inout Model) -> [Effect] {
    switch action {
    case .pane1: focus(.tail, &model)
    case .pane2: focus(.event, &model)
    case .pane3: focus(.state, &model)
    case .pane4: focus(.saga, &model)
    case .pane5: focus(.next, &model)
    case .pane6: focus(.views, &model)
    case .pane7: focus(.map, &model)
    case .pane8: focus(.explore, &model)
    case .pane9: focus(.tools, &model)
    case .nextPane: turn(by: 1, &model)
    case .previousPane: turn(by: -1, &model)
    case .zoom: model.isZoomed.toggle()
    case .nextTab, .previousTab: turnTab(action, &model)
    default: break
    }
    return []
  }

  /// Focuses a pane, and shows it where not all panes are visible.
  static func focus(_ pane: PaneID, _ model: inout Model) {
    model.focus = pane
    prefer(pane, &model)
  }

  /// Shows a pane where not all panes are visible, without the focus.
  static func prefer(_ pane: PaneID, _ model: inout Model) {
    model.focused.removeAll { $0 == pane }
    model.focused.insert(pane, at: 0)
  }

  /// Focuses the next of the visible panes; of all panes when only one is visible.
  private static func turn(by step: Int, _ model: inout Model) {
    let visible = PaneID.allCases.filter { model.layout.panes[$0] != nil }
    let panes = visible.count > 1 ? visible : PaneID.allCases
    guard let place = panes.firstIndex(of: model.focus) else { return }
    focus(panes[(place + step + panes.count) % panes.count], &model)
  }

  /// Switches the tab of the focused pane, or of the event if the focused pane has no tabs.
  private static func turnTab(_ action: Action, _ model: inout Model) {
    guard PaneUpdate.send(.action(action), to: model.focus, &model) == nil else { return }
    _ = PaneUpdate.send(.action(action), to: .event, &model)
    prefer(.event, &model)
  }
}
