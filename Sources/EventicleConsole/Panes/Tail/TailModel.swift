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
  }

  /// The rows, packed: the entry's number, negated for the idle row before it.
  private(set) var packed: [Int32] = []
  /// The last journal entry for which rows have been made.
  private(set) var indexed = 0
  /// The number of all events, and of those that pass the filter.
  private(set) var total = 0
  private(set) var passed = 0
  private var lastInstant: Instant?
  /// Which row is selected.
  var list = ListCursor()
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
  static let idleThreshold = Interval.seconds(10)

  /// The number of rows.
  var count: Int { packed.count }

  /// The row at an index.
  func row(_ index: Int) -> Row? {
    guard packed.indices.contains(index) else { return nil }
    let value = Int(packed[index])
    return value > 0 ? .entry(JournalIndex(value)) : .idle(before: JournalIndex(-value))
  }

  /// The journal entry of the selected row.
  var selectedEntry: JournalIndex? {
    if case .entry(let index) = row(list.selected) { index } else { nil }
  }

  /// The row of an entry, or the last row before it; O(log n).
  func index(of entry: JournalIndex) -> Int? {
    var low = 0
    var high = packed.count
    while low < high {
      let middle = (low + high) / 2
      if Int(packed[middle].magnitude) > entry.number { high = middle } else { low = middle + 1 }
    }
    return low > 0 ? low - 1 : nil
  }

  // MARK: - Making rows

  /// Makes rows for the entries since the last call; O(new entries).
  mutating func extend(from moment: MomentView) {
    if moment.timeline.count < indexed { rebuild(from: moment) }
    while indexed < moment.timeline.count {
      indexed += 1
      let index = JournalIndex(indexed)
      guard let entry = moment.timeline.entry(index) else { continue }
      append(index, entry, moment)
    }
  }

  /// Makes all rows again, for a changed filter; O(entries).
  mutating func rebuild(from moment: MomentView) {
    packed = []
    indexed = 0
    total = 0
    passed = 0
    lastInstant = nil
    extend(from: moment)
  }

  private mutating func append(
    _ index: JournalIndex, _ entry: JournalEntry, _ moment: MomentView
  ) {
    let isShown: Bool
    let active = showsContext ? nil : filter
    switch entry.kind {
    case .append(let position, _), .imported(let position, _):
      total += 1
      if let active {
        isShown = EventFacts(position, from: moment).map { active.matches($0) } ?? false
      } else {
        isShown = true
      }
      if isShown { passed += 1 }
    case .timerFired: isShown = active == nil
    case .command, .delivery: isShown = active == nil && entry.kind.problem != nil
    default: isShown = false
    }
    guard isShown else { return }
    if let lastInstant, entry.instant - lastInstant >= TailModel.idleThreshold {
      packed.append(-Int32(indexed))
    }
    lastInstant = entry.instant
    packed.append(Int32(indexed))
  }

  // MARK: - Selecting

  /// Selects the newest row.
  mutating func selectLast() {
    list.select(count - 1, count: count)
  }

  /// Moves the selection, skipping idle rows; following starts at the end and stops elsewhere.
  mutating func move(by rows: Int) {
    list.move(by: rows, count: count)
    if case .idle = row(list.selected) {
      list.move(by: rows < 0 ? -1 : 1, count: count)
    }
    isFollowing = list.selected >= count - 1
  }

  /// Selects the row of an entry, or the nearest one before it.
  mutating func select(_ entry: JournalIndex) {
    guard let index = index(of: entry) else { return }
    list.select(index, count: count)
    if case .idle = row(list.selected) { list.move(by: -1, count: count) }
    isFollowing = list.selected >= count - 1
  }
}
