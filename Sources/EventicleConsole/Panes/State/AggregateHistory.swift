import EventicleCore

/// The events of one aggregate, a row each: the row stood on is the moment, what comes after it is
/// dim.
struct AggregateHistory {
  let context: PaneContext
  let key: AggregateKey
  let state: StateModel

  /// The number of versions in the newest history.
  static func count(of key: AggregateKey, _ context: PaneContext) -> Int {
    context.shown.timeline.head.histories.version(of: key).number
  }

  /// The version stood on: the one on its way, else that of the moment; 0 before the first one.
  ///
  /// Several events of one step have one moment; then the row selected in the tail decides.
  static func here(_ key: AggregateKey, _ state: StateModel, _ context: PaneContext) -> Int {
    if let aim = state.aim { return aim.number }
    let world = context.shown.world
    let current = world.histories.version(of: key).number
    guard let position = context.event, let event = context.shown.log.event(at: position),
      context.shown.aggregateKey(of: event) == key,
      context.shown.timeline.cursor(after: position) == context.shown.cursor
    else { return current }
    return min(current, world.version(of: key, at: position).number)
  }

  /// The rows on screen.
  static func rows(
    of key: AggregateKey, _ state: StateModel, _ context: PaneContext, visible: Int
  ) -> ListCursor {
    var list = state.list
    list.select(here(key, state, context) - 1, count: count(of: key, context))
    list.reveal(visible: visible, count: count(of: key, context))
    return list
  }

  /// The visible versions; `nil` when there is no room.
  static func shown(
    of key: AggregateKey, _ state: StateModel, _ context: PaneContext, visible: Int
  ) -> ClosedRange<Int>? {
    let list = rows(of: key, state, context, visible: visible)
    let count = min(visible, count(of: key, context) - list.top)
    return count > 0 ? (list.top + 1)...(list.top + count) : nil
  }

  /// Draws the visible rows and reads no other events.
  func draw(
    title: DisplayText, in rect: Rect, on canvas: inout Canvas, _ meter: inout WorkMeter
  ) {
    let visible = max(0, rect.rows - 3)
    let count = AggregateHistory.count(of: key, context)
    let here = AggregateHistory.here(key, state, context)
    let mark = state.marked.map { "v\($0) marked · " } ?? ""
    let inside = canvas.box(
      rect, title: title, footer: PaneText.data("\(mark)v\(here) of \(count)"),
      focused: context.isFocused)
    guard !inside.isEmpty else { return }
    let list = AggregateHistory.rows(of: key, state, context, visible: visible)
    let rows =
      AggregateHistory.shown(of: key, state, context, visible: visible)
      .map { self.rows($0, &meter) } ?? []
    let columns = HistoryColumns(rows, of: count, width: inside.columns)
    canvas.within(inside) { canvas in
      canvas.put(columns.head, at: Point(column: 0, row: 0), columns: inside.columns)
      for (place, row) in rows.enumerated() {
        let (isHere, isLater) = (row.version == here, row.version > here)
        var line = columns.line(of: row, isMarked: state.marked?.number == row.version)
        if isLater { line.pieces = line.pieces.map(\.later) }
        let edge: DisplayText = isHere ? "►" : (isLater ? "┊" : " ")
        canvas.put(
          edge, at: Point(column: 0, row: place + 1),
          style: CellStyle(isHere ? .timeCursor : .timeFuture))
        canvas.put(line, at: Point(column: 1, row: place + 1), columns: inside.columns - 2)
        guard isHere else { continue }
        canvas.overlay(
          context.selection,
          in: Rect(column: 0, row: place + 1, columns: inside.columns, rows: 1))
      }
    }
    canvas.scrollbar(
      at: Point(column: rect.endColumn - 1, row: inside.row + 1), rows: visible, first: list.top,
      visible: visible, total: count)
  }

  private func rows(
    _ versions: ClosedRange<Int>, _ meter: inout WorkMeter
  ) -> [HistoryColumns.Row] {
    let head = context.shown.timeline.head
    let steps = context.folds.steps(
      key, from: Version(versions.lowerBound), to: Version(versions.upperBound))
    return versions.enumerated().compactMap { place, version in
      guard let (event, position) = head.event(of: key, at: Version(version)) else { return nil }
      meter.eventsRead += 1
      var changes: [Difference]?
      if let steps, steps.indices.contains(place) { changes = steps[place] }
      return HistoryColumns.Row(
        version: version, position: position, type: PaneText.data(event.type.text, limit: 60),
        changes: changes, time: PaneText.data(CivilTime(event.createdAt).clockText),
        author: position.map { EventAuthor.name(of: $0, context.shown, &meter) } ?? "")
    }
  }
}
