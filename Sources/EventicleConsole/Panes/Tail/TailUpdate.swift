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
    case .action(.nextMatch): return walk(forward: true, &state, context)
    case .action(.previousMatch): return walk(forward: false, &state, context)
    case .action(.fold) where state.find != nil: state.fold(state.find?.isFolded == false)
    case .action(.foldAll) where state.find != nil: state.fold(true)
    case .action(.unfoldAll): state.fold(false)
    case .action(.scrollLeft): state.sideways = max(0, state.sideways - 8)
    case .action(.scrollRight): state.sideways = min(400, state.sideways + 8)
    case .action(.timeForm), .action(.columns), .action(.gaps):
      return [.report(StatusMessage(lay(out: input, &state)))]
    case .action(.centre): state.list.top = max(0, state.list.selected - rows / 2)
    default: return nil
    }
    return []
  }

  /// Lays the rows out in another way, and says in which.
  private static func lay(out input: PaneInput, _ state: inout TailModel) -> String {
    switch input {
    case .action(.timeForm):
      state.form.time = state.form.time.turned(by: 1)
      return "Tail: \(state.form.time.words)"
    case .action(.columns):
      state.form.columns = state.form.columns.turned(by: 1)
      return "Tail: \(state.form.columns.words)"
    default:
      state.showGaps(!state.form.hasGaps)
      return state.form.hasGaps ? "Tail: pauses have a row" : "Tail: pauses have no row"
    }
  }

  /// Moves the selection; the moment follows the row.
  private static func select(
    _ state: inout TailModel, _ move: (inout TailModel) -> Void
  ) -> [PaneRequest] {
    let (before, wasFollowing) = (state.selectedEntry, state.isFollowing)
    move(&state)
    return state.selectedEntry == before && state.isFollowing == wasFollowing ? [] : [.seek]
  }

  // MARK: - Finding

  /// Searches for something, or for nothing when the filter is `nil`; the selection stays.
  ///
  /// - Parameter walk: Where the selection goes from there.
  static func find(
    _ filter: FilterExpression?, text: String, isFolded: Bool = false, walk: TailFind.Walk? = nil,
    saysCount: Bool = false, _ state: inout TailModel, _ context: PaneContext
  ) -> [PaneRequest] {
    state.search(for: filter, text: text, isFolded: isFolded, in: context.shown)
    state.find?.walk = walk
    state.find?.saysCount = saysCount
    return advance(&state, context)
  }

  /// Folds everything but what a text says, as it was typed; an empty text shows everything.
  ///
  /// - Throws: The reason why the text says nothing; the tail stays as it is.
  static func find(
    only text: String, _ state: inout TailModel, _ context: PaneContext
  ) throws(LanguageError) -> [PaneRequest] {
    let trimmed = text.trimmingSpaces
    let filter = trimmed.isEmpty ? nil : try FilterExpression(parsing: trimmed)
    return find(filter, text: trimmed, isFolded: true, saysCount: true, &state, context)
  }

  /// Requests the next or previous hit.
  static func walk(
    forward: Bool, _ state: inout TailModel, _ context: PaneContext
  ) -> [PaneRequest] {
    guard state.find != nil, state.count > 0 else {
      return [
        .report(
          StatusMessage(
            "nothing to search for; \(context.keymap.label(of: .search)) asks", .warning))
      ]
    }
    let entry = state.selectedEntry ?? JournalIndex(0)
    state.find?.walk = forward ? .next(after: entry) : .previous(before: entry)
    return advance(&state, context)
  }

  /// Goes on with what waits for rows or hits, after more of them have been made.
  static func advance(_ state: inout TailModel, _ context: PaneContext) -> [PaneRequest] {
    if state.isFollowing { state.selectLast() }
    guard let find = state.find else { return [] }
    var requests: [PaneRequest] = []
    if let walk = find.walk {
      if let found = find.end(of: walk) {
        state.find?.walk = nil
        requests += arrive(at: found, walk, &state, context)
      } else if find.isDone {
        state.find?.walk = nil
        requests += stay(walk, find.text, &state, context)
      }
    }
    if find.saysCount, find.isDone {
      state.find?.saysCount = false
      let hits = find.hits
      let (fold, end) = (context.keymap.label(of: .fold), context.keymap.label(of: .cancel))
      let count =
        "\(hits.count) of \(hits.looked.rows) rows; \(fold) shows the rest, \(end) ends it"
      requests.append(.report(StatusMessage(count)))
    }
    return requests
  }

  /// Nothing was found: back to where one stood.
  private static func stay(
    _ walk: TailFind.Walk, _ text: String, _ state: inout TailModel, _ context: PaneContext
  ) -> [PaneRequest] {
    guard case .nearest(let entry) = walk else {
      return [.report(StatusMessage("no row has \"\(text)\"", .warning))]
    }
    guard state.selectedEntry != entry else { return [] }
    select(entry, &state, context)
    return [.seek]
  }

  private static func arrive(
    at found: TailFind.Found, _ walk: TailFind.Walk, _ state: inout TailModel,
    _ context: PaneContext
  ) -> [PaneRequest] {
    if case .nearest = walk {
      guard state.selectedEntry != found.entry else { return [] }
      select(found.entry, &state, context)
      return [.seek]
    }
    guard let find = state.find else { return [] }
    let place = find.hits.count(upTo: found.entry)
    let all = find.isDone ? "" : " so far"
    let once = found.isWrapped ? ", once round" : ""
    let message = "\"\(find.text)\": hit \(place) of \(find.hits.count)\(all)\(once)"
    return [.jump(found.entry), .report(StatusMessage(message))]
  }

  /// Selects the row of an entry and shows its neighbours.
  static func select(
    _ entry: JournalIndex, _ state: inout TailModel, _ context: PaneContext
  ) {
    state.select(entry)
    state.list.settle(visible: listRows(in: context.inside), count: state.count)
  }
}
