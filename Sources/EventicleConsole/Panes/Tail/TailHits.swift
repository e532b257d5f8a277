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

  /// The place at which looking goes on.
  struct Start: Hashable, Sendable {
    var indexed = 0
    /// What lies after the last hit.
    var gap = Gap()
    var lastInstant: Instant?
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

  /// The number of hits up to an entry; O(log n).
  func count(upTo entry: JournalIndex) -> Int {
    entries.partitioningIndex { Int($0) > entry.number }
  }

  /// Whether an entry is a hit; `nil` until it was looked at.
  func contains(_ entry: JournalIndex) -> Bool? {
    guard entry.number <= indexed else { return nil }
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
  mutating func extend(
    from moment: MomentView, passing filter: FilterExpression, cost: Int,
    within budget: TailRows.Budget, isForced: Bool = false
  ) {
    var left = budget
    var isForced = isForced
    let folds = StateFolds(moment)
    var folded = 0
    guard left.entries > 0 else { return }
    moment.timeline.forEachEntry(after: JournalIndex(start.indexed)) { index, entry in
      left.entries -= 1
      if let position = entry.kind.position {
        left.work -= cost * (moment.log.event(at: position)?.data.utf8.count ?? 0)
        left.work -= (folds.folded - folded) * TailHits.costOfFolding
        folded = folds.folded
        guard left.work > 0 || isForced else { return false }
      }
      isForced = false
      start.indexed = index.number
      if TailRows.isRow(entry) {
        append(index, entry, isHit: TailHits.isHit(entry.kind, moment, filter, folds))
      }
      return left.entries > 0
    }
  }

  /// What folding one event costs, as so many bytes looked at.
  private static let costOfFolding = 256

  /// Adds hits that follow these.
  mutating func append(_ next: TailHits) {
    entries += next.entries
    gaps += next.gaps
    packed += next.packed
    looked.events += next.looked.events
    looked.rows += next.looked.rows
    start = next.start
  }

  private mutating func append(_ index: JournalIndex, _ entry: JournalEntry, isHit: Bool) {
    let events: Int32 = TailRows.isEvent(entry.kind) ? 1 : 0
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
    } else if let last = start.lastInstant, entry.instant - last >= TailModel.idleThreshold {
      packed.append(-number)
    }
    packed.append(number)
    if entry.kind.problem != nil { packed.append(number | TailRows.sentence) }
    entries.append(number)
    gaps.append(start.gap)
    start.gap = Gap()
    start.lastInstant = entry.instant
  }

  // MARK: - What is meant

  private static func isHit(
    _ kind: JournalEntry.Kind, _ moment: MomentView, _ filter: FilterExpression,
    _ folds: StateFolds
  ) -> Bool {
    switch kind {
    case .append(let position, _), .imported(let position, _):
      EventFacts(position, from: moment, folds).map { filter.matches($0) } ?? false
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

/// Asks for the next hits of a search in the tail.
struct TailHitsRequest: Hashable, Sendable {
  let generation: Int
  let start: TailHits.Start
  let filter: FilterExpression
  let cost: Int

  /// Looks for them; on any thread.
  func read(_ moment: MomentView) -> TailHitsAnswer {
    var hits = TailHits(at: start)
    hits.extend(from: moment, passing: filter, cost: cost, within: .look, isForced: true)
    return TailHitsAnswer(generation: generation, start: start, hits: hits)
  }
}

/// The next hits of a search in the tail.
struct TailHitsAnswer: Sendable {
  let generation: Int
  let start: TailHits.Start
  let hits: TailHits
  /// How long it took; zero when nobody measures.
  var took = Interval(milliseconds: 0)
}
