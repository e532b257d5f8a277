import EventicleCore
import EventicleWorkbench

/// What the tail is searched for, what was found so far, and whether the rest is folded.
struct TailFind: Sendable {
  /// Where the selection goes once it is known.
  enum Walk: Hashable, Sendable {
    /// To the first hit from an entry on, else to the last before it.
    case nearest(JournalIndex)
    case next(after: JournalIndex)
    case previous(before: JournalIndex)
  }

  /// Where a walk ended.
  struct Found: Hashable, Sendable {
    let entry: JournalIndex
    /// Whether it went past the last hit to the first, or the other way.
    var isWrapped = false
  }

  /// The text as it was typed: words, or a filter.
  let text: String
  let filter: FilterExpression
  /// Tells apart what was searched for, so that an answer to something else does not count.
  let generation: Int
  /// Whether the rows that are no hits are folded.
  var isFolded: Bool
  private(set) var hits = TailHits()
  /// Whether the next portion is asked for.
  private(set) var isAsked = false
  /// How long looking has taken so far, when it takes long.
  private(set) var took: Interval?
  /// The number of entries that have to be looked at.
  private(set) var goal = 0
  /// The walk that waits for hits.
  var walk: Walk?
  /// Whether the number of hits is to be said when all are known.
  var saysCount = false

  /// A search of which nothing is known yet.
  init(_ filter: FilterExpression, text: String, generation: Int, isFolded: Bool) {
    self.filter = filter
    self.text = text
    self.generation = generation
    self.isFolded = isFolded
  }

  /// What it costs to look at one byte of an event.
  private var cost: Int { FilterCost.perByte(text) }

  /// Whether entries of a moment were not looked at yet.
  func lacksHits(of moment: MomentView) -> Bool {
    hits.indexed < moment.timeline.count || hits.low > 0
  }

  /// Looks at new entries, as many as a frame has time for; the rest are asked for.
  mutating func extend(from moment: MomentView) {
    goal = moment.timeline.count
    if hits.indexed == 0 || goal < hits.indexed { hits = TailHits(at: .newest(of: goal)) }
    // States are folded beside the screen only.
    guard !isAsked, !filter.readsStates else { return }
    hits.extend(from: moment, passing: filter, cost: cost, within: .atOnce)
  }

  /// Asks for the next hits, if some may be lacking and none are asked for.
  mutating func ask(of moment: MomentView) -> TailHitsRequest? {
    guard !isAsked, lacksHits(of: moment) else { return nil }
    isAsked = true
    goal = moment.timeline.count
    return TailHitsRequest(
      generation: generation, start: hits.start, end: hits.indexed < goal ? nil : hits.low,
      filter: filter, cost: cost)
  }

  /// Takes hits that were asked for; `false` when they do not count any more.
  mutating func take(_ answer: TailHitsAnswer) -> Bool {
    guard isAsked, answer.generation == generation else { return false }
    isAsked = false
    // The history may have become another one meanwhile.
    guard answer.start == hits.start else { return false }
    if answer.isEarlier { hits.prepend(answer.hits) } else { hits.append(answer.hits) }
    took = (took ?? Interval(milliseconds: 0)) + answer.took
    return true
  }

  /// Whether a person waits for hits.
  var isLong: Bool { isAsked && !isDone }

  /// Whether everything was looked at.
  var isDone: Bool { hits.indexed >= goal && hits.low == 0 }

  /// How many entries were looked at.
  var looked: Int { hits.indexed - hits.low }

  // MARK: - Walking

  /// Where a walk ends; `nil` while that is not known, and when nothing was found.
  func end(of walk: Walk) -> Found? {
    func hit(_ place: Int) -> Found? {
      hits.entries.indices.contains(place)
        ? Found(entry: JournalIndex(Int(hits.entries[place]))) : nil
    }
    func around(_ place: Int) -> Found? {
      guard isDone, var found = hit(place) else { return nil }
      found.isWrapped = true
      return found
    }
    switch walk {
    case .nearest(let entry):
      guard isDone || hits.low < entry.number else { return nil }
      let place = hits.entries.partitioningIndex { Int($0) >= entry.number }
      return hit(place) ?? (isDone ? hit(place - 1) : nil)
    case .next(let entry):
      guard isDone || hits.low <= entry.number else { return nil }
      return hit(hits.count(upTo: entry)) ?? around(0)
    case .previous(let entry):
      guard isDone || hits.indexed >= entry.number else { return nil }
      let place = hits.entries.partitioningIndex { Int($0) >= entry.number }
      return hit(place - 1) ?? around(hits.count - 1)
    }
  }
}
