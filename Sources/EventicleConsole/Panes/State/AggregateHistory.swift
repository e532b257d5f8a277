import EventicleCore

/// The events of one aggregate, newest at the bottom, with the changes of each.
struct AggregateHistory {
  let context: PaneContext
  let key: AggregateKey
  let version: Version

  /// The visible versions for a scroll position; `nil` when there is no room.
  static func shown(_ list: ListCursor, rows: Int, of version: Version) -> ClosedRange<Int>? {
    var list = list
    list.reveal(visible: rows, count: version.number)
    let count = min(rows, version.number - list.top)
    return count > 0 ? (list.top + 1)...(list.top + count) : nil
  }

  /// Draws the visible rows and reads no other events.
  func draw(
    _ list: ListCursor, title: DisplayText, in rect: Rect, on canvas: inout Canvas,
    _ meter: inout WorkMeter
  ) {
    let rows = max(0, rect.rows - 3)
    var list = list
    list.reveal(visible: rows, count: version.number)
    let inside = canvas.box(
      rect, title: title, footer: "\(list.selected + 1) of \(version.number)",
      focused: context.isFocused)
    guard !inside.isEmpty else { return }
    let shown = AggregateHistory.shown(list, rows: rows, of: version).map { lines(of: $0, &meter) }
    let widths = widths(to: list.top + rows)
    canvas.within(inside) { canvas in
      canvas.put(head(widths), at: Point(column: 1, row: 0), columns: inside.columns - 2)
      for (row, line) in (shown ?? []).enumerated() {
        canvas.put(line, at: Point(column: 1, row: row + 1), columns: inside.columns - 2)
        guard list.top + row == list.selected else { continue }
        canvas.overlay(
          context.selection, in: Rect(column: 0, row: row + 1, columns: inside.columns, rows: 1))
      }
    }
    canvas.scrollbar(
      at: Point(column: rect.endColumn - 1, row: inside.row + 1), rows: rows, first: list.top,
      visible: rows, total: version.number)
  }

  private func widths(to last: Int) -> (version: Int, position: Int) {
    (
      "v\(min(last, version.number))".count + 1, "\(context.shown.world.log.last)".count + 1
    )
  }

  private func head(_ widths: (version: Int, position: Int)) -> StyledLine {
    var line = StyledLine()
    line.add("v", .uiMuted, columns: widths.version)
    line.add("#", .uiMuted, columns: widths.position)
    line.add("time", .uiMuted, columns: 14)
    line.add("event, and what it changed", .uiMuted)
    return line
  }

  /// The lines of some versions, with the changes of each once they are folded.
  private func lines(of versions: ClosedRange<Int>, _ meter: inout WorkMeter) -> [StyledLine] {
    let world = context.shown.world
    let events = versions.map { world.event(of: key, at: Version($0)) }
    meter.eventsRead += events.count
    let steps = context.folds.steps(
      key, from: Version(versions.lowerBound), to: Version(versions.upperBound))
    let widths = widths(to: versions.upperBound)
    let typeWidth = min(
      22, events.map { PaneText.data($0?.event.type.text ?? "").width }.max() ?? 0)
    return zip(versions, events).enumerated().compactMap { place, row in
      guard let (event, position) = row.1 else { return nil }
      var line = StyledLine()
      line.add(PaneText.data("v\(row.0)"), .uiText, columns: widths.version)
      line.add(PaneText.data(position?.description ?? "·"), .uiMuted, columns: widths.position)
      line.add(PaneText.data(CivilTime(event.createdAt).timeText), .uiMuted, columns: 14)
      line.add(PaneText.data(event.type.text), .kindEvent, columns: typeWidth)
      if let steps, steps.indices.contains(place) { add(steps[place], to: &line) }
      return line
    }
  }

  private func add(_ changes: [Difference], to line: inout StyledLine) {
    let first = changes.filter { $0.path.description == "status" }
    let rest = changes.filter { $0.path.description != "status" }
    for change in (first + rest).prefix(8) {
      line.add("  ")
      line.add(PaneText.data(change.path.description), .jsonKey)
      line.add(" ")
      guard change.path.description == "status", let new = change.new?.string else {
        JSONText.add(change, to: &line)
        continue
      }
      if let old = change.old?.string {
        line.add(PaneText.data(old), .diffRemove)
        line.add(" → ", .diffChange)
      } else {
        line.add("+ ", .diffAdd)
      }
      line.add(PaneText.data(new), change.old == nil ? .diffAdd : .diffChange)
    }
  }
}
