/// The list of keys and verbs available here, filtered by the typed text.
enum HelpOverlay {
  /// One row: a heading, or an entry by its index.
  private enum Row {
    case head(String)
    /// A row of the card with the keys to begin with.
    case card(Int)
    case entry(Int)
    /// Entries that do not fit, while they are folded.
    case more(Int)
  }

  /// Draws the list in the middle of a rectangle.
  ///
  /// - Parameter entries: All entries.
  static func draw(
    _ model: Model, help: HelpModel, entries: [HelpEntry], in rect: Rect,
    on canvas: inout Canvas
  ) {
    let popup = TextOverlay.area(in: rect, rows: max(0, rect.rows))
    canvas.fill(popup.intersection(rect), style: CellStyle(.uiPopup))
    let hits = HelpText.hits(entries, typed: help.typed)
    let inside = canvas.box(
      popup, title: "Help  type to find, @ finds by key",
      footer: footer(help, entries.count, hits), focused: true)
    let (typed, list) = inside.split(top: 1)
    canvas.within(typed) { canvas in
      let text = PaneText.data(help.typed, limit: max(0, typed.columns - 4))
      var line = StyledLine([StyledPiece(" / ", .barPrompt), StyledPiece(text, .barText)])
      if help.typed.isEmpty { line.add("all keys and verbs", .barGhost) }
      canvas.draw(line, row: 0, overlay: .uiPopup)
    }
    draw(
      entries, help, hits, card: help.typed.isEmpty ? model.keymap : nil, in: list,
      border: popup, on: &canvas)
  }

  private static func footer(_ help: HelpModel, _ count: Int, _ hits: [Int]) -> DisplayText {
    guard !help.typed.isEmpty else {
      let number = count == 0 ? 0 : max(0, min(help.list.selected, count - 1)) + 1
      return "\(number) of \(count)  Enter runs  Esc closes"
    }
    let place = hits.firstIndex(of: help.list.selected).map { "hit \($0 + 1) of \(hits.count)" }
    let found = PaneText.data(place ?? "\(hits.count) of \(count)")
    return found + (help.isFolded ? "  Tab all rows" : "  Tab only these") + "  Enter runs  Esc all"
  }

  /// A cell of the card: actions whose keys it names, and what they do, also in fewer words.
  private struct CardCell {
    let actions: [Action]
    let meaning: DisplayText
    let short: DisplayText

    init(_ actions: [Action], _ meaning: DisplayText, short: DisplayText? = nil) {
      self.actions = actions
      self.meaning = meaning
      self.short = short ?? meaning
    }

    /// The usual keys of its actions, as they are set.
    func keys(_ keymap: Keymap) -> DisplayText {
      DisplayText(
        sanitising: actions.map { keymap.label(of: $0) }.joined(separator: " "), limit: 20)
    }
  }

  /// The keys to begin with, in two columns.
  private static let card: [[CardCell]] = [
    [CardCell([.stopOrGo], "stop or go"), CardCell([.open, .cancel], "open, back")],
    [
      CardCell([.backEvent, .stepEvent], "an event back, forward", short: "an event back, on"),
      CardCell([.nextPane, .zoom], "panes, also by number; zoom", short: "panes, zoom"),
    ],
    [
      CardCell([.stepDelivery, .backDelivery], "one delivery on, back"),
      CardCell([.command], "a command, a name, a moment", short: "command, name, moment"),
    ],
    [
      CardCell([.down, .up], "rows: where you stand is now", short: "rows: the moment you see"),
      CardCell([.palette], "everything there is"),
    ],
    [CardCell([.live], "newest, live"), CardCell([.search], "find; Tab only these")],
    [
      CardCell([.fire], "next timer now"), CardCell([.fork], "what if from here", short: "what if"),
    ],
  ]

  private static func cardLine(_ row: Int, _ keymap: Keymap, columns: Int) -> StyledLine {
    let isNarrow = columns < 84
    var line = StyledLine("   ", .uiPopup)
    for (place, cell) in card[row].enumerated() {
      let meaning = isNarrow ? cell.short : cell.meaning
      line.add(cell.keys(keymap).padded(to: place == 0 ? 7 : 10) + " ", .uiHintKey)
      line.add(meaning, .uiPopup, columns: place == 0 ? (isNarrow ? 27 : 32) : meaning.width)
    }
    return line
  }

  private static func draw(
    _ entries: [HelpEntry], _ help: HelpModel, _ hits: [Int], card keymap: Keymap?, in rect: Rect,
    border: Rect, on canvas: inout Canvas
  ) {
    let selected = help.list.selected
    guard !hits.isEmpty else {
      canvas.within(rect) { canvas in
        canvas.draw(
          StyledLine("   Nothing fits; Backspace widens the search.", .uiMuted), row: 1,
          overlay: .uiPopup)
      }
      return
    }
    let rows =
      (keymap == nil ? [] : card.indices.map { .card($0) } + [.head("")])
      + rows(entries, help.isFolded ? Set(hits) : nil)
    let place = rows.firstIndex {
      if case .entry(max(0, min(selected, entries.count - 1))) = $0 { true } else { false }
    }
    var cursor = ListCursor(selected: place ?? 0, top: 0)
    // A heading above the selected row is kept visible with it, and first the card.
    cursor.top = selected == 0 ? 0 : max(0, cursor.selected - rect.rows / 2)
    cursor.reveal(visible: rect.rows, count: rows.count)
    let keyWidth = min(rect.columns / 3, entries.map { $0.keys.utf8.count }.max() ?? 0)
    canvas.within(rect) { canvas in
      for row in 0..<rect.rows where rows.indices.contains(cursor.top + row) {
        switch rows[cursor.top + row] {
        case .head(let group):
          canvas.draw(
            StyledLine(" " + PaneText.data(group, limit: 40), .uiTitle), row: row,
            overlay: .uiPopup)
        case .card(let number):
          guard let keymap else { continue }
          canvas.draw(
            cardLine(number, keymap, columns: rect.columns), row: row, overlay: .uiPopup)
        case .more(let count):
          canvas.draw(
            StyledLine("   … \(count) more", .uiMuted), row: row, overlay: .uiPopup)
        case .entry(let index):
          canvas.draw(
            line(entries[index], keyWidth: keyWidth)
              .finding(HelpText.words(of: help.typed), isHit: hits.contains(index)), row: row,
            overlay: cursor.top + row == cursor.selected ? .uiSelection : .uiPopup)
        }
      }
    }
    canvas.scrollbar(
      at: Point(column: border.endColumn - 1, row: rect.row), rows: rect.rows, first: cursor.top,
      visible: rect.rows, total: rows.count)
  }

  /// The rows of all entries, or of those that were found, with counted rows for the rest.
  private static func rows(_ entries: [HelpEntry], _ found: Set<Int>?) -> [Row] {
    var rows: [Row] = []
    var group: String?
    var gap = 0
    func fold() {
      if gap > 0 { rows.append(.more(gap)) }
      gap = 0
    }
    for (index, entry) in entries.enumerated() {
      guard found?.contains(index) ?? true else {
        gap += 1
        continue
      }
      fold()
      if entry.group != group { rows.append(.head(entry.group)) }
      group = entry.group
      rows.append(.entry(index))
    }
    fold()
    return rows
  }

  private static func line(_ entry: HelpEntry, keyWidth: Int) -> StyledLine {
    var line = StyledLine([StyledPiece("   ", .uiPopup)])
    line.add(PaneText.data(entry.keys, limit: keyWidth), .uiHintKey, columns: keyWidth)
    line.add("  ", .uiPopup)
    line.add(PaneText.data(entry.title), .uiPopup)
    if !entry.note.isEmpty { line.add("  " + PaneText.data(entry.note), .uiMuted) }
    return line
  }
}

extension StyledLine {
  /// The line with each of some words underlined, dim when it was not found.
  fileprivate func finding(_ words: [String], isHit: Bool) -> StyledLine {
    guard isHit else { return dimmed }
    return words.reduce(self) { $0.marking($1) }
  }
}
