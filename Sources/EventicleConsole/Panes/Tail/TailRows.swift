import EventicleCore

/// Rows of the tail, made from journal entries in counted portions.
struct TailRows: Sendable {
  /// How much may be done in one go; counted, so that the outcome never depends on a clock.
  struct Budget: Sendable {
    /// The number of journal entries.
    var entries: Int
    /// The bytes of events, times what a search costs for one.
    var work: Int

    /// What a frame has time for.
    static let atOnce = Budget(entries: 4_096, work: FilterCost.key)
    /// What a look beside the terminal does in one go.
    static let look = Budget(entries: 16_384, work: 1 << 24)
  }

  /// The place at which making rows goes on.
  struct Start: Hashable, Sendable {
    var indexed = 0
    var lastInstant: Instant?
    /// Whether pauses have a row.
    var hasGaps = true
  }

  /// The rows, packed: the entry's number; negated for the idle row before it; with a bit for the
  /// sentence below it.
  private(set) var packed: [Int32] = []
  /// The rows of pauses while they are not shown.
  private var gaps: [Int32] = []
  /// What deserves a mark among all entries looked at.
  private(set) var marks = TailMarks()
  /// The bit of a row that has the sentence of the entry above it, and in a negated row that of a
  /// fold before an entry.
  static let sentence: Int32 = 1 << 30
  static let fold: Int32 = 1 << 30
  /// The number of all events.
  private(set) var total = 0
  /// The number of rows that are entries.
  private(set) var entries = 0
  /// The first and the last entry that has a row; 0 before there is one.
  private(set) var firstEntry = 0
  private(set) var lastEntry = 0
  /// The place at which the next row is made.
  private(set) var start: Start

  /// No rows yet, at a place of the journal.
  init(at start: Start = Start()) { self.start = start }

  /// The last journal entry for which rows have been made.
  var indexed: Int { start.indexed }

  /// The row of an entry, or the last row before it; O(log n).
  func index(of entry: JournalIndex) -> Int? { Self.last(upTo: entry.number, in: packed) }

  /// The last of some packed rows that belongs to an entry or to one before it; O(log n).
  static func last(upTo entry: Int, in packed: [Int32]) -> Int? {
    let end = packed.partitioningIndex { Int($0.magnitude & UInt32(sentence - 1)) > entry }
    return end > 0 ? end - 1 : nil
  }

  /// The entry with a row that is the last up to an entry; O(log n).
  func entry(upTo entry: JournalIndex) -> JournalIndex? {
    guard var place = index(of: entry) else { return nil }
    // Before an entry may stand the pause before it, which has its number.
    while place > 0, packed[place] < 0 { place -= 1 }
    guard packed[place] > 0 else { return nil }
    return JournalIndex(Int(packed[place] & (Self.sentence - 1)))
  }

  /// Whether an entry has a row.
  static func isRow(_ entry: JournalEntry) -> Bool {
    let kind = entry.kind
    switch kind {
    case .trouble: return entry.origin == .backend
    case .append, .imported, .timerFired, .acted: return true
    case .command, .delivery: return kind.problem != nil
    default: return false
    }
  }

  /// Whether an entry tells something of the connection to an attached system.
  static func isRemark(_ entry: JournalEntry) -> Bool {
    if case .trouble = entry.kind { entry.origin == .backend } else { false }
  }

  /// Whether an entry is an event.
  static func isEvent(_ kind: JournalEntry.Kind) -> Bool {
    switch kind {
    case .append, .imported: true
    default: false
    }
  }

  /// Makes rows for the entries that follow, as many as a budget allows.
  mutating func extend(from moment: MomentView, within budget: Budget) {
    var left = budget.entries
    guard left > 0 else { return }
    moment.timeline.forEachEntry(after: JournalIndex(start.indexed)) { index, entry in
      start.indexed = index.number
      left -= 1
      // The connection is no part of what happens in the system.
      if !Self.isRemark(entry) { marks.note(index, entry.kind, in: moment.domain) }
      if Self.isRow(entry) { append(index, entry) }
      return left > 0
    }
  }

  /// Adds rows that follow these.
  mutating func append(_ next: TailRows) {
    var next = next
    next.showGaps(start.hasGaps)
    gaps += next.gaps
    packed += next.packed
    marks.append(next.marks)
    total += next.total
    entries += next.entries
    if firstEntry == 0 { firstEntry = next.firstEntry }
    if next.lastEntry > 0 { lastEntry = next.lastEntry }
    start = next.start
  }

  /// Gives pauses a row, or takes it from them; O(rows).
  mutating func showGaps(_ hasGaps: Bool) {
    guard hasGaps != start.hasGaps else { return }
    start.hasGaps = hasGaps
    guard hasGaps else {
      gaps = packed.filter { $0 < 0 }
      packed.removeAll { $0 < 0 }
      return
    }
    var all: [Int32] = []
    all.reserveCapacity(packed.count + gaps.count)
    var next = gaps[...]
    for row in packed {
      if let gap = next.first, -gap == row { all.append(next.removeFirst()) }
      all.append(row)
    }
    (packed, gaps) = (all, [])
  }

  private mutating func append(_ index: JournalIndex, _ entry: JournalEntry) {
    if Self.isEvent(entry.kind) { total += 1 }
    entries += 1
    if firstEntry == 0 { firstEntry = index.number }
    lastEntry = index.number
    if let last = start.lastInstant, entry.instant - last >= TailModel.idleThreshold {
      if start.hasGaps {
        packed.append(-Int32(index.number))
      } else {
        gaps.append(-Int32(index.number))
      }
    }
    start.lastInstant = entry.instant
    packed.append(Int32(index.number))
    if entry.kind.problem != nil, !Self.isRemark(entry) {
      packed.append(Int32(index.number) | Self.sentence)
    }
  }
}

/// Asks for the next rows of the tail.
struct TailRowsRequest: Hashable, Sendable {
  let generation: Int
  let start: TailRows.Start

  /// Makes the rows; on any thread.
  func read(_ moment: MomentView) -> TailRowsAnswer {
    var rows = TailRows(at: start)
    rows.extend(from: moment, within: .look)
    return TailRowsAnswer(generation: generation, rows: rows)
  }
}

/// The next rows of the tail.
struct TailRowsAnswer: Sendable {
  let generation: Int
  let rows: TailRows
}
