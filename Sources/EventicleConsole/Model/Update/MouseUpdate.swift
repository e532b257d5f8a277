import EventicleCore

/// Clicks and the wheel.
enum MouseUpdate {
  /// Handles one mouse event.
  static func apply(_ event: MouseEvent, to model: inout Model) -> [Effect] {
    guard model.bar == nil, model.isMouseOn else { return [] }
    if model.inspected != nil { return InspectUpdate.click(event, &model) }
    if model.overlay != nil { return overlay(event, &model) }
    let layout = model.layout
    switch event.kind {
    case .wheelUp, .wheelDown:
      guard let pane = pane(at: event.point, layout) else { return [] }
      let rows = event.kind == .wheelUp ? -3 : 3
      return PaneUpdate.send(.move(rows), to: pane, &model) ?? []
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
      let scale = ScrubberScale(
        model.shown, columns: model.size.columns, namesSteps: model.presented == nil)
      let entry = scale.entry(atColumn: point.column)
      return entry.map { [.run("goto \($0)")] } ?? []
    }
    if layout.tabs.contains(point), layout.tabs.rows > 0 {
      let count = PaneTable.rows.count
      let width = max(1, model.size.columns / count)
      FocusUpdate.focus(PaneTable.rows[min(point.column / width, count - 1)].id, &model)
      return []
    }
    guard let pane = pane(at: point, layout), let rect = layout.panes[pane] else { return [] }
    FocusUpdate.focus(pane, &model)
    let inside = rect.inset(by: 1)
    guard inside.contains(point) else { return [] }
    return PaneUpdate.send(.click(point.row - inside.row), to: pane, &model) ?? []
  }
}
