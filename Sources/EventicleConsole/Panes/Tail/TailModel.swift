import EventicleCore
import EventicleWorkbench

/// The state of the live tail: its rows, the selection, the filter and the search.
struct TailModel: Sendable {
  /// One row.
  enum Row: Hashable, Sendable {
    /// An event, a fired timer, a rejected command or a failure, by its journal entry.
    case entry(JournalIndex)
    /// A pause in which nothing happened, before an entry.
    case idle(before: JournalIndex)
    /// The sentence of a rejection or failure, below its row.
    case sentence(of: JournalIndex)
  }

  /// The rows made so far.
  private(set) var rows = TailRows()
  /// Changes when all rows are made again, so that rows asked for before do not count.
  private(set) var generation = 0
  /// Whether rows are asked for that have not come yet.
  private(set) var isReading = false
  /// How long reading the rows has taken so far, when it takes long.
  private(set) var readingTime: Interval?
  /// The number of entries that reading has to reach.
  private var readingGoal = 0
  /// What is done when all rows are there.
  var afterReading = AfterReading()
  /// The search under way; `nil` when none is.
  var searching: TailSearch?
  /// Which row is selected.
  var list = ListCursor()
  /// Which row of the start list is selected, while that is shown.
  var start = ListCursor()
  /// Whether the selection stays at the end as rows arrive.
  var isFollowing = true
  /// The filter that events have to pass, and its text.
  var filter: FilterExpression?
  var filterText = ""
  /// Whether the filter is suspended to show the neighbours of a row.
  var showsContext = false
  /// The pattern for `n` and `N`.
  var search: TextPattern?
  /// The number of columns that the row text is scrolled sideways.
  var sideways = 0

  /// The shortest pause that gets a row of its own.
  static let idleThreshold = Interval.seconds(5)

  /// What waits for the last row.
  struct AfterReading: Hashable, Sendable {
    /// The entry to select again.
    var entry: JournalIndex?
    /// Whether the number of events that pass is to be said.
    var saysCount = false
    /// Whether the other panes have to follow.
    var follows = false
  }

  /// The number of rows.
  var count: Int { rows.packed.count }
  /// The number of all events, and of those that pass the filter.
  var total: Int { rows.total }
  var passed: Int { rows.passed }

  /// The row at an index.
  func row(_ index: Int) -> Row? {
    guard rows.packed.indices.contains(index) else { return nil }
    let value = Int(rows.packed[index])
    if value < 0 { return .idle(before: JournalIndex(-value)) }
    let bit = Int(TailRows.sentence)
    return value < bit ? .entry(JournalIndex(value)) : .sentence(of: JournalIndex(value - bit))
  }

  /// The journal entry of the selected row.
  var selectedEntry: JournalIndex? {
    if case .entry(let index) = row(list.selected) { index } else { nil }
  }

  /// The row of an entry, or the last row before it; O(log n).
  func index(of entry: JournalIndex) -> Int? {
    guard let index = rows.index(of: entry) else { return nil }
    if case .sentence = row(index) { return index - 1 }
    return index
  }

  // MARK: - Making rows

  /// The filter that rows have to pass now.
  private var active: FilterExpression? { showsContext ? nil : filter }

  /// Makes rows for new entries, as many as a frame has time for; the rest are asked for.
  mutating func extend(from moment: MomentView) {
    guard moment.timeline.count >= rows.indexed else { return rebuild(from: moment) }
    // States are folded beside the screen only.
    guard !isReading, active?.readsStates != true else { return }
    rows.extend(from: moment, passing: active, cost: cost, within: .atOnce)
  }

  /// Makes all rows again, for a changed filter.
  mutating func rebuild(from moment: MomentView) {
    generation += 1
    isReading = false
    readingTime = nil
    searching = nil
    afterReading = AfterReading()
    rows = TailRows()
    extend(from: moment)
  }

  /// Whether entries of a moment have no rows yet.
  func lacksRows(of moment: MomentView) -> Bool { rows.indexed < moment.timeline.count }

  /// Asks for the next rows, if some are lacking and none are asked for.
  mutating func askForRows(of moment: MomentView) -> TailRowsRequest? {
    guard !isReading, lacksRows(of: moment) else { return nil }
    isReading = true
    readingGoal = moment.timeline.count
    return TailRowsRequest(
      generation: generation, start: rows.start, filter: active, cost: cost)
  }

  /// Takes rows that were asked for; `false` when they do not count any more.
  mutating func take(_ answer: TailRowsAnswer) -> Bool {
    guard isReading, answer.generation == generation else { return false }
    isReading = false
    rows.append(answer.rows)
    readingTime = (readingTime ?? Interval(milliseconds: 0)) + answer.took
    return true
  }

  /// Forgets how long reading took, when all rows are there.
  mutating func endReading() {
    readingTime = nil
    afterReading = AfterReading()
  }

  /// What it costs to look at one byte of an event.
  private var cost: Int { active == nil ? 0 : FilterCost.perByte(filterText) }

  /// Whether a filter or a search is being read for that a person waits for.
  var isReadingLong: Bool { searching != nil || (isReading && active != nil) }

  /// How far reading is; `nil` when a person does not wait for it.
  var readingProgress: (activity: String, done: Int, total: Int, took: Interval)? {
    if let searching {
      return ("searching rows", searching.done, searching.count, searching.took)
    }
    guard isReading, active != nil, let readingTime else { return nil }
    return ("filtering entries", rows.indexed, readingGoal, readingTime)
  }

  // MARK: - Selecting

  /// Selects the newest row.
  mutating func selectLast() {
    list.select(last, count: count)
  }

  /// The last row that can be selected.
  private var last: Int {
    if case .sentence = row(count - 1) { return count - 2 }
    return count - 1
  }

  /// Moves the selection, over rows that are no entries; following starts at the end and stops
  /// elsewhere.
  mutating func move(by rows: Int) {
    list.move(by: rows, count: count)
    while !isEntry(list.selected), list.selected > 0, list.selected < last {
      list.move(by: rows < 0 ? -1 : 1, count: count)
    }
    if !isEntry(list.selected) { list.select(min(list.selected, last), count: count) }
    isFollowing = list.selected >= last
  }

  /// Scrolls as little as needed to show the selected row, and the sentence below it.
  mutating func reveal(visible: Int) {
    list.reveal(visible: visible, count: count)
    guard case .sentence = row(list.selected + 1), visible > 1,
      list.selected + 1 >= list.top + visible
    else { return }
    list.top += 1
  }

  private func isEntry(_ index: Int) -> Bool {
    if case .entry = row(index) { true } else { false }
  }

  /// Selects the row of an entry, or the nearest one before it.
  mutating func select(_ entry: JournalIndex) {
    guard let index = index(of: entry) else { return }
    list.select(index, count: count)
    if case .idle = row(list.selected) { list.move(by: -1, count: count) }
    isFollowing = list.selected >= last
  }
}
