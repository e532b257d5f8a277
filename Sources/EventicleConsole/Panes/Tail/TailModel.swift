import EventicleCore
import EventicleWorkbench

/// The state of the live tail: its rows, the selection, and what it is searched for.
struct TailModel: Sendable {
  /// One row.
  enum Row: Hashable, Sendable {
    /// An event, a fired timer, a rejected command or a failure, by its journal entry.
    case entry(JournalIndex)
    /// A pause in which nothing happened, before an entry.
    case idle(before: JournalIndex)
    /// The sentence of a rejection or failure, below its row.
    case sentence(of: JournalIndex)
    /// Rows that are no hits, before a hit; before nothing where they are the last.
    case folded(before: JournalIndex?)
  }

  /// A row that is still to come.
  enum Awaited: Hashable, Sendable {
    /// The first one of all, at which the moment is to be then.
    case start
    case entry(JournalIndex)
  }

  /// The rows made so far, the newest of everything.
  private(set) var rows = TailRows()
  /// Changes when all rows are made again, so that rows asked for before do not count.
  private(set) var generation = 0
  /// Whether rows are asked for that have not come yet.
  private(set) var isReading = false
  /// What is searched for; `nil` when nothing is.
  var find: TailFind?
  private var finds = 0
  /// Which row is selected.
  var list = ListCursor()
  /// The selected entry while it lies in a fold.
  private var hidden: JournalIndex?
  /// What is to be selected once its row is there.
  private(set) var awaited: Awaited?
  /// Which row of the start list is selected, while that is shown.
  var start = ListCursor()
  /// Whether the selection stays at the end as rows arrive.
  var isFollowing = true
  /// The number of columns that the row text is scrolled sideways.
  var sideways = 0
  /// How the rows are laid out; pauses are shown by ``showGaps(_:)``.
  var form = TailForm()

  /// The shortest pause that gets a row of its own.
  static let idleThreshold = Interval.seconds(5)

  /// The number of all events.
  var total: Int { rows.total }

  /// The search, while the rows that it did not find are folded.
  private var folding: TailFind? { find?.isFolded == true ? find : nil }

  /// The number of rows.
  var count: Int {
    guard let folding else { return rows.packed.count }
    return folding.hits.packed.count + (endsFolded(folding) ? 1 : 0)
  }

  /// Whether the last rows are no hits.
  private func endsFolded(_ find: TailFind) -> Bool {
    rows.lastEntry > Int(find.hits.entries.last ?? 0)
  }

  /// The row at an index.
  func row(_ index: Int) -> Row? {
    let packed = folding?.hits.packed ?? rows.packed
    guard packed.indices.contains(index) else {
      guard let folding, index == packed.count, endsFolded(folding) else { return nil }
      return .folded(before: nil)
    }
    let value = packed[index]
    let entry = JournalIndex(Int(value.magnitude & UInt32(TailRows.sentence - 1)))
    let isMarked = value.magnitude & UInt32(TailRows.sentence) != 0
    if value < 0 { return isMarked ? .folded(before: entry) : .idle(before: entry) }
    return isMarked ? .sentence(of: entry) : .entry(entry)
  }

  /// What lies in a fold.
  func content(ofFoldBefore entry: JournalIndex?) -> TailHits.Gap {
    guard let find else { return TailHits.Gap() }
    if let entry { return find.hits.gap(before: entry) ?? TailHits.Gap() }
    var gap = find.hits.start.gap
    // Rows that are still to be looked at are not told apart yet.
    let news = rows.count(after: find.hits.indexed)
    gap.events += news
    gap.rows += news
    return gap
  }

  /// The journal entry of the selected row, which may lie in a fold.
  var selectedEntry: JournalIndex? {
    switch row(list.selected) {
    case .entry(let index): index
    case .folded: hidden
    default: nil
    }
  }

  /// The row of an entry, of the fold that it lies in, or the last row before it; O(log n).
  func index(of entry: JournalIndex) -> Int? {
    if let folding {
      guard let entry = rows.entry(upTo: entry) else { return nil }
      let last = folding.hits.packed.count - (endsFolded(folding) ? 0 : 1)
      return min(folding.hits.index(of: entry), max(0, last))
    }
    guard let index = rows.index(of: entry) else { return nil }
    if case .sentence = row(index) { return index - 1 }
    return index
  }

  // MARK: - Making rows

  /// Makes rows for new entries, as many as a frame has time for; the rest are asked for.
  mutating func extend(from moment: MomentView) {
    if moment.timeline.count < rows.indexed {
      generation += 1
      isReading = false
      awaited = nil
      rows = TailRows()
    }
    if rows.indexed == 0 {
      let count = moment.timeline.count
      rows = TailRows(at: .newest(of: count, hasGaps: form.hasGaps))
    }
    let selected = selectedEntry
    if !isReading { rows.extend(from: moment, within: .atOnce) }
    find?.extend(from: moment)
    keep(selected)
  }

  /// Gives pauses a row or none, and keeps the same entry selected; O(rows).
  mutating func showGaps(_ hasGaps: Bool) {
    let (selected, wasFollowing) = (selectedEntry, isFollowing)
    form.hasGaps = hasGaps
    rows.showGaps(hasGaps)
    reselect(selected, following: wasFollowing)
  }

  /// Keeps an entry selected although rows have come to the folds.
  private mutating func keep(_ entry: JournalIndex?) {
    guard folding != nil, let entry, selectedEntry != entry else { return }
    let wasFollowing = isFollowing
    select(entry)
    isFollowing = wasFollowing
  }

  /// Whether new entries of a moment have no rows yet.
  func lacksNewRows(of moment: MomentView) -> Bool { rows.indexed < moment.timeline.count }

  /// Whether the row of an entry, or the one before it, is there if there is one.
  func hasRow(of entry: JournalIndex) -> Bool { entry.number > rows.low || rows.low == 0 }

  /// How many entries have no row yet, because they are old.
  var unread: Int { rows.low }

  /// Asks for rows, if some are lacking and none are asked for: for new ones first.
  mutating func askForRows(of moment: MomentView) -> TailRowsRequest? {
    guard !isReading else { return nil }
    let most = TailRows.Budget.look.entries
    if lacksNewRows(of: moment) {
      isReading = true
      return TailRowsRequest(generation: generation, low: rows.indexed, entries: most)
    }
    guard rows.low > 0 else { return nil }
    isReading = true
    let low = max(0, rows.low - most)
    return TailRowsRequest(generation: generation, low: low, entries: rows.low - low)
  }

  /// Takes rows that were asked for; `false` when they do not count any more.
  mutating func take(_ answer: TailRowsAnswer) -> Bool {
    guard isReading, answer.generation == generation else { return false }
    isReading = false
    let selected = selectedEntry
    if answer.rows.indexed == rows.low, rows.low > 0 {
      let count = rows.prepend(answer.rows)
      if folding == nil { list.shift(by: count) }
    } else if answer.rows.low == rows.indexed {
      rows.append(answer.rows)
    }
    keep(selected)
    if case .entry(let entry) = awaited, hasRow(of: entry) { select(entry) }
    return true
  }

  /// Goes to the first row of all if that is awaited and there.
  mutating func arriveAtStart() -> Bool {
    guard awaited == .start, unread == 0 else { return false }
    move(by: -count)
    return true
  }

  // MARK: - Searching

  /// Searches for something else, or for nothing, and keeps the same entry selected.
  mutating func search(
    for filter: FilterExpression?, text: String, isFolded: Bool, in moment: MomentView
  ) {
    let (selected, wasFollowing) = (selectedEntry, isFollowing)
    finds += 1
    find = filter.map { TailFind($0, text: text, generation: finds, isFolded: isFolded) }
    find?.extend(from: moment)
    reselect(selected, following: wasFollowing)
  }

  /// Takes hits that were asked for; `false` when they do not count any more.
  mutating func take(_ answer: TailHitsAnswer) -> Bool {
    let (selected, wasFollowing) = (selectedEntry, isFollowing)
    guard find?.take(answer) == true else { return false }
    if folding != nil { reselect(selected, following: wasFollowing) }
    return true
  }

  /// Folds the rows that are no hits, or unfolds them, and keeps the same entry selected.
  mutating func fold(_ isFolded: Bool) {
    guard find?.isFolded == !isFolded else { return }
    let (selected, wasFollowing) = (selectedEntry, isFollowing)
    find?.isFolded = isFolded
    reselect(selected, following: wasFollowing)
  }

  private mutating func reselect(_ entry: JournalIndex?, following: Bool) {
    if following {
      selectLast()
    } else if let entry {
      select(entry)
      isFollowing = false
    }
  }

  // MARK: - Selecting

  /// Selects the newest row.
  mutating func selectLast() {
    awaited = nil
    list.select(last, count: count)
    hidden = rows.lastEntry > 0 ? JournalIndex(rows.lastEntry) : nil
  }

  /// The last row that can be selected.
  private var last: Int {
    if case .sentence = row(count - 1) { return count - 2 }
    return count - 1
  }

  /// Moves the selection, over rows that are no entries; following starts at the end and stops
  /// elsewhere.
  mutating func move(by rows: Int) {
    // The first row of all may still have to come.
    awaited = rows <= -count && folding == nil && unread > 0 ? .start : nil
    list.move(by: rows, count: count)
    while !isEntry(list.selected), list.selected > 0, list.selected < last {
      list.move(by: rows < 0 ? -1 : 1, count: count)
    }
    if !isEntry(list.selected) { list.select(min(list.selected, last), count: count) }
    isFollowing = list.selected >= last
    // Of the folds the first and the last can be stood on: they have the beginning and the end.
    let end = isFollowing ? self.rows.lastEntry : self.rows.firstEntry
    hidden = end > 0 ? JournalIndex(end) : nil
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
    guard hasRow(of: entry) else {
      (awaited, isFollowing) = (.entry(entry), false)
      return
    }
    awaited = nil
    guard let index = index(of: entry) else { return }
    list.select(index, count: count)
    if case .idle = row(list.selected) { list.move(by: -1, count: count) }
    hidden = rows.entry(upTo: entry)
    isFollowing = list.selected >= last && selectedEntry?.number == rows.lastEntry
  }
}
