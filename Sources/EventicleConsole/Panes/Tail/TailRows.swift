import EventicleCore
import EventicleWorkbench

/// Rows of the tail, made from journal entries in counted portions.
struct TailRows: Sendable {
  /// How much may be done in one go; counted, so that the outcome never depends on a clock.
  struct Budget: Sendable {
    /// The number of journal entries.
    var entries: Int
    /// The bytes of events, times what the filter costs for one.
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
  }

  /// The rows, packed: the entry's number; negated for the idle row before it; with a bit for the
  /// sentence below it.
  private(set) var packed: [Int32] = []
  /// What deserves a mark among all entries looked at.
  private(set) var marks = TailMarks()
  /// The bit of a row that has the sentence of the entry above it.
  static let sentence: Int32 = 1 << 30
  /// The number of all events, and of those that pass the filter.
  private(set) var total = 0
  private(set) var passed = 0
  /// The place at which the next row is made.
  private(set) var start: Start

  /// No rows yet, at a place of the journal.
  init(at start: Start = Start()) { self.start = start }

  /// The last journal entry for which rows have been made.
  var indexed: Int { start.indexed }

  /// The row of an entry, or the last row before it; O(log n).
  func index(of entry: JournalIndex) -> Int? {
    var low = 0
    var high = packed.count
    while low < high {
      let middle = (low + high) / 2
      let number = packed[middle].magnitude & UInt32(Self.sentence - 1)
      if Int(number) > entry.number { high = middle } else { low = middle + 1 }
    }
    return low > 0 ? low - 1 : nil
  }

  /// Makes rows for the entries that follow.
  ///
  /// - Parameters:
  ///   - cost: What it costs to look at one byte of an event.
  ///   - budget: How much is done at most.
  ///   - isForced: Whether one entry is done even if it costs more than the budget.
  mutating func extend(
    from moment: MomentView, passing filter: FilterExpression?, cost: Int, within budget: Budget,
    isForced: Bool = false
  ) {
    var left = budget
    var isForced = isForced
    let folds = StateFolds(moment)
    var folded = 0
    while start.indexed < moment.timeline.count, left.entries > 0 {
      let index = JournalIndex(start.indexed + 1)
      guard let entry = moment.timeline.entry(index) else {
        start.indexed += 1
        continue
      }
      left.entries -= 1
      if filter != nil, let position = entry.kind.position {
        left.work -= cost * (moment.log.event(at: position)?.data.utf8.count ?? 0)
        left.work -= (folds.folded - folded) * TailRows.costOfFolding
        folded = folds.folded
        guard left.work > 0 || isForced else { return }
      }
      isForced = false
      start.indexed += 1
      append(index, entry, moment, filter, folds)
    }
  }

  /// What folding one event costs, as so many bytes looked at.
  private static let costOfFolding = 256

  /// Adds rows that follow these.
  mutating func append(_ next: TailRows) {
    packed += next.packed
    marks.append(next.marks)
    total += next.total
    passed += next.passed
    start = next.start
  }

  private mutating func append(
    _ index: JournalIndex, _ entry: JournalEntry, _ moment: MomentView,
    _ filter: FilterExpression?, _ folds: StateFolds
  ) {
    marks.note(index, entry.kind)
    let isShown: Bool
    switch entry.kind {
    case .append(let position, _), .imported(let position, _):
      total += 1
      if let filter {
        isShown = EventFacts(position, from: moment, folds).map { filter.matches($0) } ?? false
      } else {
        isShown = true
      }
      if isShown { passed += 1 }
    case .timerFired: isShown = filter == nil
    case .command, .delivery: isShown = filter == nil && entry.kind.problem != nil
    default: isShown = false
    }
    guard isShown else { return }
    if let last = start.lastInstant, entry.instant - last >= TailModel.idleThreshold {
      packed.append(-Int32(index.number))
    }
    start.lastInstant = entry.instant
    packed.append(Int32(index.number))
    if entry.kind.problem != nil { packed.append(Int32(index.number) | Self.sentence) }
  }
}

/// Asks for the next rows of the tail.
struct TailRowsRequest: Hashable, Sendable {
  let generation: Int
  let start: TailRows.Start
  let filter: FilterExpression?
  let cost: Int

  /// Makes the rows; on any thread.
  func read(_ moment: MomentView) -> TailRowsAnswer {
    var rows = TailRows(at: start)
    rows.extend(from: moment, passing: filter, cost: cost, within: .look, isForced: true)
    return TailRowsAnswer(generation: generation, rows: rows)
  }
}

/// The next rows of the tail.
struct TailRowsAnswer: Sendable {
  let generation: Int
  let rows: TailRows
  /// How long it took; zero when nobody measures.
  var took = Interval(milliseconds: 0)
}
