import EventicleCore

/// The list that stands in place of the tail while there are no events, or when it is asked for.
enum TailStart {
  /// Whether the list is shown; a filter that nothing passes is another reason to have no rows.
  static func isShown(_ state: TailModel, _ context: PaneContext) -> Bool {
    !context.start.isEmpty
  }

  /// The selected row: the first one that does something until the person has chosen.
  static func selected(_ state: TailModel, _ context: PaneContext) -> Int {
    let last = context.start.count - 1
    let row = max(0, min(state.start.selected, last))
    return context.start[row...].firstIndex { $0.deed != nil }
      ?? context.start.lastIndex { $0.deed != nil } ?? last
  }

  /// Moves the selection, over headings.
  static func move(by rows: Int, _ state: inout TailModel, _ context: PaneContext) {
    let count = context.start.count
    let before = selected(state, context)
    state.start.selected = before
    state.start.move(by: rows, count: count)
    let row = state.start.selected
    guard context.start[row].deed == nil else { return }
    // Above the first headings nothing is left; from others the way goes on.
    let above = rows < 0 ? context.start[..<row].lastIndex { $0.deed != nil } : nil
    let below = context.start[row...].firstIndex { $0.deed != nil }
    let next = above ?? below ?? context.start[...row].lastIndex { $0.deed != nil } ?? row
    state.start.select(next, count: count)
  }

  /// Selects the row that was clicked, and does it when it was selected before.
  static func click(
    _ row: Int, _ state: inout TailModel, _ context: PaneContext
  ) -> [PaneRequest] {
    let rows = context.inside.rows
    let top = shown(state, context, rows: rows).lowerBound
    let place = top + row - (isSpacious(context, rows: rows) ? 1 : 0)
    guard context.start.indices.contains(place), context.start[place].deed != nil else { return [] }
    guard place == selected(state, context) else {
      state.start.selected = place
      return []
    }
    return open(state, context)
  }

  /// Does what the selected row says.
  static func open(_ state: TailModel, _ context: PaneContext) -> [PaneRequest] {
    switch context.start[selected(state, context)].deed {
    case .run(let line): [.run(line)]
    case .perform(let action): [.perform(action)]
    case .fill(let line): [.prompt(.command, line)]
    case .open(let path): [.openFile(path)]
    case nil: []
    }
  }

  private static func shown(
    _ state: TailModel, _ context: PaneContext, rows: Int
  ) -> Range<Int> {
    let top = revealed(state, context, rows: rows).top
    return top..<min(top + max(0, rows), context.start.count)
  }

  /// The list with its selected row in sight.
  private static func revealed(
    _ state: TailModel, _ context: PaneContext, rows: Int
  ) -> ListCursor {
    var list = state.start
    list.selected = selected(state, context)
    list.reveal(visible: rows, count: context.start.count)
    // With the first row come its headings.
    let first = context.start.firstIndex { $0.deed != nil } ?? 0
    if list.selected == first, rows > first { list.top = 0 }
    return list
  }

  /// Scrolls as little as needed to show the selected row.
  static func reveal(_ state: inout TailModel, _ context: PaneContext) {
    state.start = revealed(state, context, rows: context.inside.rows)
  }

  /// Whether there is room for an empty row above the list.
  private static func isSpacious(_ context: PaneContext, rows: Int) -> Bool {
    rows > context.start.count + 2
  }

  /// The width of the first column in each row: that of the texts under the same heading.
  private static func width(of rows: [StartRow], upTo most: Int) -> (Int) -> Int {
    var widths: [Int] = []
    for section in rows.split(omittingEmptySubsequences: false, whereSeparator: \.isHeading)
      .dropFirst()
    {
      let texts = section.map { PaneText.data($0.text, limit: most).width }
      widths += Array(repeating: texts.max() ?? 0, count: section.count + 1)
    }
    return { widths.indices.contains($0) ? widths[$0] : most }
  }

  /// Draws the visible rows.
  static func draw(
    _ state: TailModel, _ context: PaneContext, in rect: Rect, on canvas: inout Canvas
  ) {
    let above = isSpacious(context, rows: rect.rows) ? 1 : 0
    let shown = shown(state, context, rows: rect.rows)
    let texts = context.start[shown].map { PaneText.data($0.text, limit: rect.columns) }
    let width = width(of: context.start, upTo: max(12, rect.columns * 3 / 4))
    let selected = selected(state, context)
    canvas.within(rect) { canvas in
      for (offset, index) in shown.enumerated() {
        let row = context.start[index]
        let place = offset + above
        guard row.deed != nil else {
          var line = StyledLine("   ", .uiMuted)
          line.add(
            texts[offset], index == 0 ? .uiTitle : .uiMuted,
            columns: row.isHeading
              ? texts[offset].width : width(index))
          line.add("  " + PaneText.data(row.note), .uiMuted)
          canvas.draw(line, row: place)
          continue
        }
        let isSelected = index == selected
        var line = StyledLine([StyledPiece(isSelected ? " ► " : "   ", .timeCursor)])
        line.add(texts[offset], .uiHintKey, columns: width(index))
        line.add("  " + PaneText.data(row.note), .uiMuted)
        canvas.draw(line, row: place, overlay: isSelected ? context.selection : nil)
      }
      let below = context.startClosing
      let first = shown.count + above + 1
      guard shown.count == context.start.count, first + below.count <= rect.rows else { return }
      for (place, line) in below.enumerated() { canvas.draw(line, row: first + place) }
    }
  }
}
