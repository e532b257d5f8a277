/// Which pane has the focus, and how large it is.
enum FocusUpdate {
  /// Performs an action on panes.
  static func perform(_ action: Action, _ model: inout Model) -> [Effect] {
    switch action {
    case .pane1: focus(.explore, &model)
    case .pane2, .mainPane: focus(.tail, &model)
    case .pane3: focus(.inspect, &model)
    case .pane4: focus(.aggregate, &model)
    case .pane5: focus(.saga, &model)
    case .pane6: focus(.timers, &model)
    case .pane7: focus(.map, &model)
    case .pane9: focus(.tools, &model)
    case .nextPane: turn(by: 1, &model)
    case .previousPane: turn(by: -1, &model)
    case .paneLeft: go(columns: -1, rows: 0, &model)
    case .paneRight: go(columns: 1, rows: 0, &model)
    case .paneDown: go(columns: 0, rows: 1, &model)
    case .paneUp: go(columns: 0, rows: -1, &model)
    case .paneOnly, .fullScreen: model.screenMode = model.screenMode == .full ? .normal : .full
    case .nextScreen: resize(by: 1, &model)
    case .previousScreen: resize(by: -1, &model)
    case .nextTab, .previousTab: turnTab(action, &model)
    default: break
    }
    return []
  }

  /// Focuses a pane, and shows it where not all panes are visible.
  static func focus(_ pane: PaneID, _ model: inout Model) {
    model.focus = pane
    if PaneTable[pane]?.isCompanion ?? false { model.companion = pane }
  }

  private static func turn(by step: Int, _ model: inout Model) {
    let all = PaneID.allCases
    let place = (all.firstIndex(of: model.focus) ?? 0) + step + all.count
    focus(all[place % all.count], &model)
  }

  private static func resize(by step: Int, _ model: inout Model) {
    let all = ScreenMode.allCases
    model.screenMode = all[max(0, min(model.screenMode.rawValue + step, all.count - 1))]
  }

  /// Focuses the nearest pane in a direction.
  private static func go(columns: Int, rows: Int, _ model: inout Model) {
    let panes = model.layout.panes
    guard let here = panes[model.focus] else { return }
    func middle(_ rect: Rect) -> (Int, Int) {
      (rect.column * 2 + rect.columns, (rect.row * 2 + rect.rows) * 2)
    }
    let (column, row) = middle(here)
    let ahead = panes.filter { _, rect in
      let (otherColumn, otherRow) = middle(rect)
      return columns * (otherColumn - column) > 0 || rows * (otherRow - row) > 0
    }
    let nearest = ahead.min { left, right in
      func distance(_ rect: Rect) -> Int {
        let (otherColumn, otherRow) = middle(rect)
        return abs(otherColumn - column) + abs(otherRow - row)
      }
      return (distance(left.value), left.key.rawValue) < (distance(right.value), right.key.rawValue)
    }
    if let nearest { focus(nearest.key, &model) }
  }

  /// Switches the tab of the focused pane, or of the inspector if the focused pane has no tabs.
  private static func turnTab(_ action: Action, _ model: inout Model) {
    guard PaneUpdate.send(.action(action), to: model.focus, &model) == nil else { return }
    _ = PaneUpdate.send(.action(action), to: .inspect, &model)
    if !(PaneTable[model.focus]?.isCompanion ?? false) { model.companion = .inspect }
  }
}
