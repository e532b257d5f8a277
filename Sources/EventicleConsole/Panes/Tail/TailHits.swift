import EventicleCore
import EventicleWorkbench

/// The rows of the tail that a search found, made from journal entries in counted portions, and how
/// much lies between them.
struct TailHits: Sendable {
  /// What lies between two hits.
  struct Gap: Hashable, Sendable {
    var events: Int32 = 0
    /// The events, timers, refusals and failures.
    var rows: Int32 = 0
  }

  /// The entries that were looked at, and what stands at their ends.
  struct Start: Hashable, Sendable {
    /// The last entry before them.
    var low = 0
    var indexed = 0
    /// What lies after the last hit.
    var gap = Gap()
    var firstInstant: Instant?
    var lastInstant: Instant?

    /// As many of the newest entries as rows are made of at once.
    static func newest(of count: Int) -> Start {
      let low = TailRows.Start.newest(of: count, hasGaps: false).low
      return Start(low: low, indexed: low)
    }
  }

  /// The journal entries of the hits, in order.
  private(set) var entries: [Int32] = []
  /// What lies before each hit.
  private(set) var gaps: [Gap] = []
  /// The rows while all others are folded, packed as ``TailRows`` packs them.
  private(set) var packed: [Int32] = []
  /// The rows looked at, and the events among them.
  private(set) var looked = Gap()
  /// The place at which the next entry is looked at.
  private(set) var start: Start

  /// No hits yet, from a place of the journal on.
  init(at start: Start = Start()) { self.start = start }

  /// The number of hits.
  var count: Int { entries.count }

  /// The last journal entry that was looked at.
  var indexed: Int { start.indexed }

  /// The last journal entry before those that were looked at.
  var low: Int { start.low }

  /// The number of hits up to an entry; O(log n).
  func count(upTo entry: JournalIndex) -> Int {
    entries.partitioningIndex { Int($0) > entry.number }
  }

  /// Whether an entry is a hit; `nil` until it was looked at.
  func contains(_ entry: JournalIndex) -> Bool? {
    guard entry.number <= indexed, entry.number > low else { return nil }
    let place = count(upTo: entry)
    return place > 0 && Int(entries[place - 1]) == entry.number
  }

  /// What lies before a hit.
  func gap(before entry: JournalIndex) -> Gap? {
    let place = count(upTo: entry) - 1
    return gaps.indices.contains(place) ? gaps[place] : nil
  }

  /// The row of an entry among the folded rows: its own, or that of the fold it lies in; O(log n).
  func index(of entry: JournalIndex) -> Int {
    let place = entries.partitioningIndex { Int($0) >= entry.number }
    guard place < entries.count else { return packed.count }
    let hit = Int(entries[place])
    guard var row = TailRows.last(upTo: hit, in: packed) else { return 0 }
    if packed[row] & TailRows.sentence != 0, packed[row] > 0 { row -= 1 }
    return hit == entry.number ? row : row - 1
  }

  /// Looks at the entries that follow.
  ///
  /// - Parameters:
  ///   - cost: What it costs to look at one byte of an event.
  ///   - budget: How much is done at most.
  ///   - isForced: Whether one entry is looked at even if it costs more than the budget.
  ///   - folds: Remembers states from one portion to the next.
  /// - Returns: How much of the budget's work is left.
  @discardableResult
  mutating func extend(
    from moment: MomentView, passing filter: FilterExpression, cost: Int,
    within budget: TailRows.Budget, isForced: Bool = false, _ folds: StateFolds? = nil
  ) -> Int {
    var left = budget
    var isForced = isForced
    let folds = folds ?? StateFolds(moment)
    var sieve = FilterSieve(filter)
    var folded = folds.folded
    guard left.entries > 0 else { return left.work }
    moment.timeline.forEachBrief(after: JournalIndex(start.indexed)) { index, entry in
      left.entries -= 1
      if case .event(let position, let type, let instant) = entry {
        var isHit = sieve.passes(type, at: position)
        if isHit == nil {
          let facts = EventFacts(position, folds)
          left.work -= cost * (facts?.event.data.utf8.count ?? 0)
          left.work -= (folds.folded - folded) * TailHits.costOfFolding
          folded = folds.folded
          guard left.work > 0 || isForced else { return false }
          isHit = facts.map { filter.matches($0) } ?? false
        }
        isForced = false
        start.indexed = index.number
        append(index, at: instant, isEvent: true, isHit: isHit ?? false)
      } else if case .other(let entry) = entry {
        isForced = false
        start.indexed = index.number
        guard TailRows.isRow(entry) else { return left.entries > 0 }
        let isHit = TailHits.isHit(entry.kind, moment, filter)
        append(index, at: entry.instant, isEvent: false, isHit: isHit)
        if isHit, entry.kind.problem != nil, !TailRows.isRemark(entry) {
          packed.append(Int32(index.number) | TailRows.sentence)
        }
      }
      return left.entries > 0
    }
    return left.work
  }

  /// What folding one event costs, as so many bytes looked at.
  private static let costOfFolding = 256

  /// Adds hits that follow these.
  mutating func append(_ next: TailHits) {
    var next = next
    next.join(behind: start)
    entries += next.entries
    gaps += next.gaps
    packed += next.packed
    looked.events += next.looked.events
    looked.rows += next.looked.rows
    let first = start.firstInstant ?? next.start.firstInstant
    let low = start.low
    start = next.start
    (start.low, start.firstInstant) = (low, first)
    start.lastInstant = next.start.lastInstant
  }

  /// Adds hits that come before these.
  mutating func prepend(_ earlier: TailHits) {
    var all = earlier
    all.append(self)
    self = all
  }

  /// Lets what lies before the first hit be more: what lies after the last hit before these.
  private mutating func join(behind earlier: Start) {
    guard let first = entries.first else {
      start.gap.rows += earlier.gap.rows
      start.gap.events += earlier.gap.events
      start.lastInstant = earlier.lastInstant
      return
    }
    gaps[0].rows += earlier.gap.rows
    gaps[0].events += earlier.gap.events
    if packed.first.map({ $0 < 0 }) ?? false { packed.removeFirst() }
    if gaps[0].rows > 0 {
      packed.insert(-(first | TailRows.fold), at: 0)
    } else if let last = earlier.lastInstant, let instant = start.firstInstant,
      instant - last >= TailModel.idleThreshold
    {
      packed.insert(-first, at: 0)
    }
  }

  private mutating func append(
    _ index: JournalIndex, at instant: Instant, isEvent: Bool, isHit: Bool
  ) {
    let events: Int32 = isEvent ? 1 : 0
    looked.rows += 1
    looked.events += events
    guard isHit else {
      start.gap.rows += 1
      start.gap.events += events
      return
    }
    let number = Int32(index.number)
    if start.gap.rows > 0 {
      packed.append(-(number | TailRows.fold))
    } else if let last = start.lastInstant, instant - last >= TailModel.idleThreshold {
      packed.append(-number)
    }
    packed.append(number)
    entries.append(number)
    gaps.append(start.gap)
    start.gap = Gap()
    start.firstInstant = start.firstInstant ?? instant
    start.lastInstant = instant
  }

  // MARK: - What is meant

  private static func isHit(
    _ kind: JournalEntry.Kind, _ moment: MomentView, _ filter: FilterExpression
  ) -> Bool {
    switch kind {
    case .timerFired(let key, _, _):
      isNamed(
        "\(key) \(moment.timeline.head.sagas.instance(key.owner)?.correlation ?? "")",
        kind, filter.root)
    case .command(let type, _, _, _): isNamed(type, kind, filter.root)
    case .delivery(_, let consumer, _, _): isNamed(consumer.name, kind, filter.root)
    default: false
    }
  }

  /// Whether what is no event is meant: by words alone, in its name or in what went wrong.
  private static func isNamed(
    _ name: String, _ kind: JournalEntry.Kind, _ node: FilterNode
  ) -> Bool {
    switch node {
    case .and(let nodes): nodes.allSatisfy { isNamed(name, kind, $0) }
    case .or(let nodes): nodes.contains { isNamed(name, kind, $0) }
    case .term(.word(let pattern)):
      pattern.matches(name) || kind.problem.map { pattern.matches($0) } ?? false
    case .term, .not, .all: false
    }
  }
}

/// Asks for the next hits of a search in the tail, or for those before the first.
struct TailHitsRequest: Hashable, Sendable {
  let generation: Int
  /// What was looked at when it was asked.
  let start: TailHits.Start
  /// Up to which entry is looked, where that is before what was looked at; else behind it.
  let end: Int?
  let filter: FilterExpression
  let cost: Int

  /// Looks for them; on any thread.
  func read(_ moment: MomentView) -> TailHitsAnswer {
    guard let end else {
      var hits = TailHits(
        at: TailHits.Start(low: start.indexed, indexed: start.indexed))
      hits.extend(from: moment, passing: filter, cost: cost, within: .look, isForced: true)
      return TailHitsAnswer(generation: generation, start: start, hits: hits, isEarlier: false)
    }
    // The newest parts first, each from old to new, as many as the budget allows.
    var all = TailHits(at: TailHits.Start(low: end, indexed: end))
    var (left, part) = (TailRows.Budget.look, TailHitsRequest.smallest)
    let folds = StateFolds(moment)
    while all.low > 0, left.entries > 0, left.work > 0 {
      let count = min(all.low, left.entries, part)
      var hits = TailHits(at: TailHits.Start(low: all.low - count, indexed: all.low - count))
      let most = Int.max / 2
      let rest = hits.extend(
        from: moment, passing: filter, cost: cost, within: .init(entries: count, work: most), folds)
      guard hits.indexed == all.low else { break }
      all.prepend(hits)
      left.entries -= count
      left.work -= most - rest
      part = min(2 * part, TailHitsRequest.largest)
    }
    return TailHitsAnswer(generation: generation, start: start, hits: all, isEarlier: true)
  }

  /// How many entries are looked at before older ones are, at first and at most: only after a part is
  /// it known what it cost.
  private static let (smallest, largest) = (16, 1_024)
}

/// Hits of a search in the tail that were asked for.
struct TailHitsAnswer: Sendable {
  let generation: Int
  let start: TailHits.Start
  let hits: TailHits
  /// Whether they come before those that were there.
  var isEarlier = false
  /// How long it took; zero when nobody measures.
  var took = Interval(milliseconds: 0)
}
