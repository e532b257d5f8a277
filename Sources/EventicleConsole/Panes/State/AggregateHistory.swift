import EventicleCore

/// The events of one aggregate, newest at the bottom, with what each changed.
struct AggregateHistory {
  let model: Model
  let key: AggregateKey
  let version: Version
  let focused: Bool

  /// Draws the pane; what lies outside of the visible rows is folded at most, never drawn.
  func draw(
    title: DisplayText, in rect: Rect, on canvas: inout Canvas, _ meter: inout WorkMeter
  ) {
    let rows = max(0, rect.rows - 3)
    var list = model.aggregate.list
    list.reveal(visible: rows, count: version.number)
    let inside = canvas.box(
      rect, title: title, footer: "\(list.selected + 1) of \(version.number)", focused: focused)
    guard !inside.isEmpty else { return }
    let shown = lines(from: list.top, count: min(rows, version.number - list.top), &meter)
    let widths = widths(to: list.top + rows)
    canvas.within(inside) { canvas in
      canvas.put(head(widths), at: Point(column: 1, row: 0), columns: inside.columns - 2)
      for (row, line) in shown.enumerated() {
        canvas.put(
          line, at: Point(column: 1, row: row + 1), columns: inside.columns - 2)
        guard list.top + row == list.selected else { continue }
        canvas.overlay(
          focused ? .uiSelection : .uiSelectionInactive,
          in: Rect(column: 0, row: row + 1, columns: inside.columns, rows: 1))
      }
    }
    canvas.scrollbar(
      at: Point(column: rect.endColumn - 1, row: inside.row + 1), rows: rows, first: list.top,
      visible: rows, total: version.number)
  }

  private func widths(to last: Int) -> (version: Int, position: Int) {
    (
      "v\(min(last, version.number))".count + 1, "\(model.shown.world.log.last)".count + 1
    )
  }

  private func head(_ widths: (version: Int, position: Int)) -> SagaText {
    var line = SagaText()
    line.add("v", .uiMuted, columns: widths.version)
    line.add("#", .uiMuted, columns: widths.position)
    line.add("time", .uiMuted, columns: 14)
    line.add("event, and what it changed", .uiMuted)
    return line
  }

  /// The lines of some versions; the states before them are folded if they are not too many.
  private func lines(from top: Int, count: Int, _ meter: inout WorkMeter) -> [SagaText] {
    guard count > 0 else { return [] }
    let root = model.shown.domain.aggregate(key.type)
    let folds = top + count <= AggregateFold.most
    var state = JSON.emptyObject
    if folds, top > 0, let root {
      model.shown.world.forEachEvent(of: key, upTo: Version(top)) { event, _ in
        root.apply(event, to: &state)
      }
      meter.eventsRead += top
    }
    let widths = widths(to: top + count)
    var lines: [SagaText] = []
    let typeWidth = min(
      22,
      (top + 1...top + count).reduce(0) { widest, number in
        let event = model.shown.world.event(of: key, at: Version(number))?.event
        return max(widest, SagaText.data(event?.type.text ?? "").width)
      })
    for number in (top + 1)...(top + count) {
      guard let (event, position) = model.shown.world.event(of: key, at: Version(number)) else {
        continue
      }
      meter.eventsRead += 1
      let before = state
      if folds { root?.apply(event, to: &state) }
      var line = SagaText()
      line.add(SagaText.data("v\(number)"), .uiText, columns: widths.version)
      line.add(
        SagaText.data(position?.description ?? "·"), .uiMuted, columns: widths.position)
      line.add(SagaText.data(CivilTime(event.createdAt).timeText), .uiMuted, columns: 14)
      line.add(SagaText.data(event.type.text), .kindEvent, columns: typeWidth)
      if folds { add(differences(from: before, to: state), to: &line) }
      lines.append(line)
    }
    return lines
  }

  private func add(_ changes: [Difference], to line: inout SagaText) {
    let first = changes.filter { $0.path.description == "status" }
    let rest = changes.filter { $0.path.description != "status" }
    for change in (first + rest).prefix(8) {
      line.add("  ")
      line.add(SagaText.data(change.path.description), .jsonKey)
      line.add(" ")
      guard change.path.description == "status", let new = change.new?.string else {
        StateTree.add(change, to: &line)
        continue
      }
      if let old = change.old?.string {
        line.add(SagaText.data(old), .diffRemove)
        line.add(" → ", .diffChange)
      } else {
        line.add("+ ", .diffAdd)
      }
      line.add(SagaText.data(new), change.old == nil ? .diffAdd : .diffChange)
    }
  }
}
