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

  /// The rows on screen; the selection is a place among them.
  static func rows(
    of key: AggregateKey, _ state: StateModel, _ context: PaneContext, visible: Int
  ) -> ListCursor {
    var list = state.list
    let count = count(of: key, context)
    list.select(here(key, state, context) - 1, count: count)
    return ShownRows(count, context.find).cursor(list, visible: visible)
  }

  /// The visible versions, in order.
  static func shown(
    of key: AggregateKey, _ state: StateModel, _ context: PaneContext, visible: Int
  ) -> [Int] {
    let list = rows(of: key, state, context, visible: visible)
    let all = ShownRows(count(of: key, context), context.find)
    return (list.top..<list.top + max(0, visible)).compactMap { place in
      if case .row(let row) = all.row(at: place) { row + 1 } else { nil }
    }
  }

  /// The stretches of versions that follow each other.
  static func stretches(_ versions: [Int]) -> [ClosedRange<Int>] {
    versions.reduce(into: []) { stretches, version in
      if let last = stretches.last, last.upperBound + 1 == version {
        stretches[stretches.count - 1] = last.lowerBound...version
      } else {
        stretches.append(version...version)
      }
    }
  }

  /// A version as `/` reads it.
  func text(of version: Int) -> String {
    var meter = WorkMeter()
    guard let row = rows([version], &meter).first else { return "" }
    let changes = row.changes.map { HistoryColumns.changes($0).text.string } ?? ""
    return "\(version) \(row.position.map { "\($0)" } ?? "") \(row.type.string) \(changes) "
      + "\(row.time.string) \(row.author.string)"
  }

  /// Draws the visible rows and reads no other events.
  func draw(
    title: DisplayText, in rect: Rect, on canvas: inout Canvas, _ meter: inout WorkMeter
  ) {
    let visible = max(0, rect.rows - 3)
    let count = AggregateHistory.count(of: key, context)
    let here = AggregateHistory.here(key, state, context)
    let all = ShownRows(count, context.find)
    let mark = state.marked.map { "v\($0) marked · " } ?? ""
    let inside = canvas.box(
      rect, title: title,
      footer: all.footer(ListCursor(selected: here - 1))
        ?? PaneText.data("\(mark)v\(here) of \(count)"),
      focused: context.isFocused)
    guard !inside.isEmpty else { return }
    let list = AggregateHistory.rows(of: key, state, context, visible: visible)
    let rows = self.rows(
      AggregateHistory.shown(of: key, state, context, visible: visible), &meter)
    let byVersion = Dictionary(rows.map { ($0.version, $0) }) { first, _ in first }
    let columns = HistoryColumns(rows, of: count, width: inside.columns)
    canvas.within(inside) { canvas in
      canvas.put(columns.head, at: Point(column: 0, row: 0), columns: inside.columns)
      for place in 0..<max(0, min(visible, all.count - list.top)) {
        guard case .row(let index) = all.row(at: list.top + place),
          let row = byVersion[index + 1]
        else {
          canvas.draw(all.line(at: list.top + place) { _ in .empty }, row: place + 1)
          continue
        }
        let (isHere, isLater) = (row.version == here, row.version > here)
        var line = columns.line(of: row, isMarked: state.marked?.number == row.version)
        if isLater { line.pieces = line.pieces.map(\.later) }
        line = all.marked(line, index)
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
      visible: visible, total: all.count)
  }

  private func rows(_ versions: [Int], _ meter: inout WorkMeter) -> [HistoryColumns.Row] {
    let head = context.shown.timeline.head
    var changes: [Int: [Difference]] = [:]
    for stretch in AggregateHistory.stretches(versions) {
      let steps = context.folds.steps(
        key, from: Version(stretch.lowerBound), to: Version(stretch.upperBound))
      for (version, step) in zip(stretch, steps ?? []) { changes[version] = step }
    }
    return versions.compactMap { version in
      guard let (event, position) = head.event(of: key, at: Version(version)) else { return nil }
      meter.eventsRead += 1
      return HistoryColumns.Row(
        version: version, position: position, type: PaneText.data(event.type.text, limit: 60),
        changes: changes[version], time: PaneText.data(CivilTime(event.createdAt).clockText),
        author: position.map { EventAuthor.name(of: $0, context.shown, &meter) } ?? "")
    }
  }
}
