import EventicleCore

/// Rows of the tail, made from journal entries in counted portions: the newest first, then older ones
/// in front of them.
struct TailRows: Sendable {
  /// How much may be done in one go; counted, so that the outcome never depends on a clock.
  struct Budget: Sendable {
    /// The number of journal entries.
    var entries: Int
    /// The bytes of events, times what a search costs for one.
    var work: Int

    /// What a frame has time for.
    static let atOnce = Budget(entries: 4_096, work: FilterCost.key)
    /// What of a longer history is there in the first frame.
    static let first = Budget(entries: 1_024, work: FilterCost.key)
    /// What a look beside the terminal does in one go.
    static let look = Budget(entries: 16_384, work: 1 << 24)
  }

  /// The entries that were looked at, and what stands at their ends.
  struct Start: Hashable, Sendable {
    /// The last entry before them.
    var low = 0
    var indexed = 0
    var firstInstant: Instant?
    var lastInstant: Instant?
    /// Whether pauses have a row.
    var hasGaps = true

    /// The last entries of a history that is too long for one frame, else all.
    static func newest(of count: Int, hasGaps: Bool) -> Start {
      let isLong = count > Budget.atOnce.entries
      let low = isLong ? count - Budget.first.entries : 0
      return Start(low: low, indexed: low, hasGaps: hasGaps)
    }
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
  /// The number of events up to the last row; positions count all of them.
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

  /// The last journal entry before those for which rows have been made.
  var low: Int { start.low }

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

  /// How many entries after one have a row; O(log n + rows after it).
  func count(after entry: Int) -> Int32 {
    let place = packed.partitioningIndex { Int($0.magnitude & UInt32(Self.sentence - 1)) > entry }
    let isEntry = { (row: Int32) in row > 0 && row & Self.sentence == 0 }
    return Int32(packed[place...].count(where: isEntry))
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
    var news: [EventType: Severity?] = [:]
    moment.timeline.forEachBrief(after: JournalIndex(start.indexed)) { index, entry in
      start.indexed = index.number
      left -= 1
      switch entry {
      case .event(let position, let type, let instant):
        let severity = news[type] ?? Severity(type, in: moment.domain)
        news[type] = .some(severity)
        marks.note(index, severity)
        total = max(total, position.number)
        append(index, at: instant)
      case .other(let entry):
        // The connection is no part of what happens in the system.
        if !Self.isRemark(entry) { marks.note(index, entry.kind, in: moment.domain) }
        guard Self.isRow(entry) else { break }
        append(index, at: entry.instant)
        if entry.kind.problem != nil, !Self.isRemark(entry) {
          packed.append(Int32(index.number) | Self.sentence)
        }
      }
      return left > 0
    }
  }

  /// Adds rows that follow these.
  mutating func append(_ next: TailRows) {
    var next = next
    next.showGaps(start.hasGaps)
    note(pauseBefore: next)
    gaps += next.gaps
    packed += next.packed
    marks.append(next.marks)
    total = max(total, next.total)
    entries += next.entries
    if firstEntry == 0 { firstEntry = next.firstEntry }
    if next.lastEntry > 0 { lastEntry = next.lastEntry }
    start.indexed = next.start.indexed
    start.firstInstant = start.firstInstant ?? next.start.firstInstant
    start.lastInstant = next.start.lastInstant ?? start.lastInstant
  }

  /// Adds rows that come before these.
  ///
  /// - Returns: How many rows there are now in front of those that were there.
  mutating func prepend(_ earlier: TailRows) -> Int {
    var all = earlier
    all.showGaps(start.hasGaps)
    let before = packed.count
    all.append(self)
    self = all
    return packed.count - before
  }

  /// Adds the row of the pause between these rows and ones that follow.
  private mutating func note(pauseBefore next: TailRows) {
    guard let last = start.lastInstant, let first = next.start.firstInstant,
      first - last >= TailModel.idleThreshold
    else { return }
    if start.hasGaps {
      packed.append(-Int32(next.firstEntry))
    } else {
      gaps.append(-Int32(next.firstEntry))
    }
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

  private mutating func append(_ index: JournalIndex, at instant: Instant) {
    entries += 1
    if firstEntry == 0 { firstEntry = index.number }
    lastEntry = index.number
    if start.firstInstant == nil { start.firstInstant = instant }
    if let last = start.lastInstant, instant - last >= TailModel.idleThreshold {
      if start.hasGaps {
        packed.append(-Int32(index.number))
      } else {
        gaps.append(-Int32(index.number))
      }
    }
    start.lastInstant = instant
    packed.append(Int32(index.number))
  }
}

/// Asks for the next rows of the tail, or for those before the first.
struct TailRowsRequest: Hashable, Sendable {
  let generation: Int
  /// The last entry before those that are wanted, and how many are.
  let low: Int
  let entries: Int

  /// Makes the rows; on any thread.
  func read(_ moment: MomentView) -> TailRowsAnswer {
    var rows = TailRows(at: TailRows.Start(low: low, indexed: low))
    rows.extend(
      from: moment, within: TailRows.Budget(entries: entries, work: TailRows.Budget.look.work))
    return TailRowsAnswer(generation: generation, rows: rows)
  }
}

/// Rows of the tail that were asked for.
struct TailRowsAnswer: Sendable {
  let generation: Int
  let rows: TailRows
}
