import EventicleCore
import EventicleWorkbench

extension TailPane {
  static func update(
    _ input: PaneInput, _ state: inout TailModel, _ context: PaneContext
  ) -> [PaneRequest]? {
    let rows = listRows(in: context.inside)
    switch input {
    case .move(let count):
      state.move(by: count)
      return [.follow]
    case .click(let row):
      let head = hasHead(context.inside) ? 1 : 0
      guard row >= head, state.count > 0 else { return [] }
      state.move(by: state.list.top + row - head - state.list.selected)
      return [.follow]
    case .reveal: state.list.reveal(visible: rows, count: state.count)
    case .action(.open):
      guard state.count == 0 else { return context.goToRow }
      return context.firstLine.map { [.run($0)] } ?? []
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
    let requests = rebuild(&state, context)
    let message =
      filter == nil
      ? "no filter" : "\(state.passed) of \(state.total) events pass; C shows neighbours"
    return requests + [.report(StatusMessage(message))]
  }

  /// Makes all rows again and keeps the same row selected.
  private static func rebuild(
    _ state: inout TailModel, _ context: PaneContext
  ) -> [PaneRequest] {
    let entry = state.selectedEntry
    let wasFollowing = state.isFollowing
    state.rebuild(from: context.shown)
    if wasFollowing {
      state.selectLast()
    } else if let entry {
      select(entry, &state, context)
    }
    return [.follow]
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
    let count = state.count
    for step in 1...count {
      let offset = forward ? step : -step
      let row = ((state.list.selected + offset) % count + count) % count
      guard case .entry(let entry) = state.row(row), matches(entry, pattern, context.shown)
      else { continue }
      let wrapped = forward ? row <= state.list.selected : row >= state.list.selected
      let message =
        "\"\(pattern.text)\" at row \(row + 1) of \(count)\(wrapped ? ", once round" : "")"
      return [.jump(entry), .report(StatusMessage(message))]
    }
    return [.report(StatusMessage("no row has \"\(pattern.text)\"", .warning))]
  }

  private static func matches(
    _ entry: JournalIndex, _ pattern: TextPattern, _ moment: MomentView
  ) -> Bool {
    guard let kind = moment.timeline.entry(entry)?.kind else { return false }
    guard let position = kind.position, let event = moment.log.event(at: position) else {
      switch kind {
      case .timerFired(let key, _, _): return pattern.matches(key.description)
      case .command(let type, _, _, _): return pattern.matches(type)
      default: return false
      }
    }
    return pattern.matches(event.type.text) || pattern.matches(event.id.text)
      || pattern.matches(event.stream.text)
      || event.domainID.map { pattern.matches($0.text) } ?? false
      || pattern.matches(utf8: event.data.utf8)
  }
}
