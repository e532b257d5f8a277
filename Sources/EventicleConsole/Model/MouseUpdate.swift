import EventicleCore

/// Clicks and the wheel.
enum MouseUpdate {
  /// Takes in one event of the mouse.
  static func apply(_ event: MouseEvent, to model: inout Model) -> [Effect] {
    guard model.bar == nil, model.isMouseOn else { return [] }
    if model.overlay != nil { return overlay(event, &model) }
    let layout = Layout(model)
    switch event.kind {
    case .wheelUp, .wheelDown:
      guard let pane = pane(at: event.point, layout) else { return [] }
      let rows = event.kind == .wheelUp ? -3 : 3
      let focus = model.focus
      model.focus = pane
      ListUpdate.move(by: rows, &model)
      model.focus = focus
      return []
    case .press: return press(event.point, layout, &model)
    case .release: return []
    }
  }

  private static func overlay(_ event: MouseEvent, _ model: inout Model) -> [Effect] {
    switch event.kind {
    case .wheelUp: return OverlayUpdate.press(KeyPress(.up), &model)
    case .wheelDown: return OverlayUpdate.press(KeyPress(.down), &model)
    default: return []
    }
  }

  private static func pane(at point: Point, _ layout: Layout) -> PaneID? {
    layout.panes.filter { $0.value.contains(point) }.map(\.key).min { $0.rawValue < $1.rawValue }
  }

  private static func press(
    _ point: Point, _ layout: Layout, _ model: inout Model
  ) -> [Effect] {
    if layout.scrubber.contains(point) {
      let entry = ScrubberScale.entry(atColumn: point.column, in: model)
      return entry.map { [.run("goto \($0)")] } ?? []
    }
    if layout.tabs.contains(point), layout.tabs.rows > 0 {
      let width = max(1, model.size.columns / PaneID.allCases.count)
      let number = min(point.column / width + 1, PaneID.allCases.count)
      if let pane = PaneID(rawValue: number) { FocusUpdate.focus(pane, &model) }
      return []
    }
    guard let pane = pane(at: point, layout), let rect = layout.panes[pane] else { return [] }
    FocusUpdate.focus(pane, &model)
    let inside = rect.inset(by: 1)
    guard inside.contains(point) else { return [] }
    select(point.row - inside.row, pane, inside, &model)
    return []
  }

  private static func select(
    _ row: Int, _ pane: PaneID, _ inside: Rect, _ model: inout Model
  ) {
    switch pane {
    case .explore:
      let count = ExploreRows(model.explore, model.shown).rows.count
      model.explore.list.select(model.explore.list.top + row, count: count)
    case .tail:
      let head = Layout.hasTailHead(inside) ? 1 : 0
      guard row >= head, model.tail.count > 0 else { return }
      model.tail.move(by: model.tail.list.top + row - head - model.tail.list.selected)
      SubjectUpdate.follow(&model)
    case .timers:
      let count = NextRows(model.shown.world).count
      model.timers.list.select(model.timers.list.top + row, count: count)
    case .aggregate:
      guard row >= 1, ListUpdate.aggregateCount(model) > 0 else { return }
      model.aggregate.list.select(
        model.aggregate.list.top + row - 1, count: ListUpdate.aggregateCount(model))
    case .saga, .inspect: break
    }
  }
}
