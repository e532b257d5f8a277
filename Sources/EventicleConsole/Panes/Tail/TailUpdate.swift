import EventicleCore
import EventicleWorkbench

extension TailPane {
  static func update(
    _ input: PaneInput, _ state: inout TailModel, _ context: PaneContext
  ) -> [PaneRequest]? {
    let rows = listRows(in: context.inside)
    switch input {
    case .move(let count) where TailStart.isShown(state, context):
      TailStart.move(by: count, &state, context)
    case .click(let row) where TailStart.isShown(state, context):
      return TailStart.click(row, &state, context)
    case .move(let count): return select(&state) { $0.move(by: count) }
    case .click(let row):
      let head = hasHead(context.inside) ? 1 : 0
      guard row >= head, state.count > 0 else { return [] }
      return select(&state) { $0.move(by: $0.list.top + row - head - $0.list.selected) }
    case .reveal where TailStart.isShown(state, context): TailStart.reveal(&state, context)
    case .reveal: state.reveal(visible: rows)
    case .action(.open):
      return TailStart.isShown(state, context) ? TailStart.open(state, context) : [.focus(.event)]
    case .action(.filter): return [.prompt(.filter, state.filterText)]
    case .action(.context):
      state.showsContext.toggle()
      return rebuild(&state, context)
    case .action(.nextMatch): return findNext(forward: true, &state, context)
    case .action(.previousMatch): return findNext(forward: false, &state, context)
    case .action(.scrollLeft): state.sideways = max(0, state.sideways - 8)
    case .action(.scrollRight): state.sideways = min(400, state.sideways + 8)
    case .action(.centre): state.list.top = max(0, state.list.selected - rows / 2)
    default: return nil
    }
    return []
  }

  /// Moves the selection; the moment follows the row.
  private static func select(
    _ state: inout TailModel, _ move: (inout TailModel) -> Void
  ) -> [PaneRequest] {
    let (before, wasFollowing) = (state.selectedEntry, state.isFollowing)
    move(&state)
    return state.selectedEntry == before && state.isFollowing == wasFollowing ? [] : [.seek]
  }

  // MARK: - Filtering

  /// Filters by the typed text; an empty text clears the filter.
  ///
  /// - Throws: The reason why the text is not a filter; the tail stays as it is.
  static func filter(
    by text: String, _ state: inout TailModel, _ context: PaneContext
  ) throws(LanguageError) -> [PaneRequest] {
    let trimmed = text.trimmingSpaces
    let filter = trimmed.isEmpty ? nil : try FilterExpression(parsing: trimmed)
    return self.filter(by: filter, text: trimmed, &state, context)
  }

  /// Filters by an expression; `nil` clears the filter.
  static func filter(
    by filter: FilterExpression?, text: String, _ state: inout TailModel, _ context: PaneContext
  ) -> [PaneRequest] {
    state.filter = filter
    state.filterText = filter == nil ? "" : text
    state.showsContext = false
    return rebuild(&state, context, saysCount: true)
  }

  /// Makes all rows again and keeps the same row selected.
  private static func rebuild(
    _ state: inout TailModel, _ context: PaneContext, saysCount: Bool = false
  ) -> [PaneRequest] {
    let entry = state.isFollowing ? nil : state.selectedEntry
    state.rebuild(from: context.shown)
    state.afterReading = TailModel.AfterReading(entry: entry, saysCount: saysCount, follows: true)
    return advance(&state, context)
  }

  /// Goes on with what waits for rows, after more of them have been made.
  static func advance(_ state: inout TailModel, _ context: PaneContext) -> [PaneRequest] {
    let wasFollowing = state.isFollowing
    if wasFollowing { state.selectLast() }
    guard !state.lacksRows(of: context.shown) else { return [] }
    let after = state.afterReading
    state.endReading()
    if !wasFollowing, let entry = after.entry { select(entry, &state, context) }
    var requests: [PaneRequest] = after.follows ? [.follow] : []
    if after.saysCount {
      let message =
        state.filter == nil
        ? "no filter" : "\(state.passed) of \(state.total) events pass; C shows neighbours"
      requests.append(.report(StatusMessage(message)))
    }
    return requests
  }

  /// Selects the row of an entry and shows its neighbours.
  static func select(
    _ entry: JournalIndex, _ state: inout TailModel, _ context: PaneContext
  ) {
    state.select(entry)
    state.list.settle(visible: listRows(in: context.inside), count: state.count)
  }

  // MARK: - Searching

  /// Searches for a text, starting at the selected row.
  static func find(
    _ pattern: TextPattern, _ state: inout TailModel, _ context: PaneContext
  ) -> [PaneRequest] {
    state.search = pattern
    return findNext(forward: true, &state, context)
  }

  /// Requests the next or previous row that contains the text; the search wraps around.
  private static func findNext(
    forward: Bool, _ state: inout TailModel, _ context: PaneContext
  ) -> [PaneRequest] {
    guard let pattern = state.search, state.count > 0 else {
      return [.report(StatusMessage("nothing to search for; / asks", .warning))]
    }
    let search = TailSearch(pattern, forward: forward, in: state)
    return advance(
      search.read(state, context.shown, within: .atOnce, isForced: false), &state)
  }

  /// Goes on with a search after more rows have been looked at.
  static func advance(_ search: TailSearch, _ state: inout TailModel) -> [PaneRequest] {
    guard search.isOver else {
      state.searching = search
      return []
    }
    state.searching = nil
    let text = search.pattern.text
    guard let found = search.found, case .entry(let entry) = state.row(found) else {
      return [.report(StatusMessage("no row has \"\(text)\"", .warning))]
    }
    let once = search.isWrapped ? ", once round" : ""
    let message = "\"\(text)\" at row \(found + 1) of \(search.count)\(once)"
    return [.jump(entry), .report(StatusMessage(message))]
  }
}
