import EventicleCore
import EventicleWorkbench

/// A search among the rows of the tail, in counted portions.
struct TailSearch: Hashable, Sendable {
  let pattern: TextPattern
  let isForward: Bool
  /// The row from which the search starts; it is looked at last.
  let start: Int
  /// The number of rows, and of those that have been looked at.
  let count: Int
  private(set) var done = 0
  /// The row that was found.
  private(set) var found: Int?
  /// Changes with the rows, so that an answer about other rows does not count.
  let generation: Int
  /// How long it took so far; zero when nobody measures.
  var took = Interval(milliseconds: 0)
  /// Whether the next portion is asked for.
  var isAsked = false

  init(_ pattern: TextPattern, forward: Bool, in tail: TailModel) {
    self.pattern = pattern
    isForward = forward
    start = tail.list.selected
    count = tail.count
    generation = tail.generation
  }

  /// Whether nothing is left to look at.
  var isOver: Bool { found != nil || done >= count }

  /// Whether the row found lies on the other side of the end.
  var isWrapped: Bool {
    guard let found else { return false }
    return isForward ? found <= start : found >= start
  }

  /// Looks at the next rows.
  func read(
    _ tail: TailModel, _ moment: MomentView, within budget: TailRows.Budget = .look,
    isForced: Bool = true
  ) -> TailSearch {
    var next = self
    var left = budget
    var isForced = isForced
    let cost = FilterCost.perByte(pattern.text)
    while !next.isOver, left.entries > 0 {
      let step = isForward ? next.done + 1 : -(next.done + 1)
      let row = ((start + step) % count + count) % count
      left.entries -= 1
      if case .entry(let entry) = tail.row(row) {
        let position = moment.timeline.entry(entry)?.kind.position
        let event = position.flatMap { moment.log.event(at: $0) }
        left.work -= cost * (event?.data.utf8.count ?? 0)
        guard left.work > 0 || isForced else { return next }
        if matches(entry, event, moment) { next.found = row }
      }
      isForced = false
      next.done += 1
    }
    return next
  }

  private func matches(_ entry: JournalIndex, _ event: Event?, _ moment: MomentView) -> Bool {
    guard let event else {
      switch moment.timeline.entry(entry)?.kind {
      case .timerFired(let key, _, _): return pattern.matches(key.description)
      case .command(let type, _, _, _): return pattern.matches(type)
      default: return false
      }
    }
    return pattern.matches(event.type.text) || pattern.matches(event.id.text)
      || pattern.matches(event.stream.text)
      || event.domainID.map { pattern.matches($0.text) } ?? false
      || pattern.matches(utf8: event.data.utf8)
  }
}
