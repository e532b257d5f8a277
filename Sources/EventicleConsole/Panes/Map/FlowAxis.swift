import EventicleCore
import EventicleWorkbench

/// A time axis on which pauses are folded, so that what happens has the room.
struct FlowAxis: Hashable {
  /// A stretch of time in which things happen, or a pause.
  struct Stretch: Hashable {
    let start: Instant
    let end: Instant
    fileprivate(set) var columns: Range<Int>
    let isIdle: Bool
  }

  private(set) var stretches: [Stretch] = []
  let columns: Int
  /// Whether equal lengths have equal columns within a stretch; with too many stretches for the
  /// width there is only an order.
  private(set) var isToScale = true
  private var ranks: [Instant] = []

  /// Lays instants out in a number of columns.
  ///
  /// - Parameter idle: How long a pause is that is folded.
  init(_ instants: some Sequence<Instant>, columns: Int, idle: Interval) {
    self.columns = max(1, columns)
    let sorted = Array(Set(instants)).sorted()
    guard let first = sorted.first else { return }
    var groups: [[Instant]] = [[first]]
    for instant in sorted.dropFirst() {
      if let last = groups.last?.last, instant - last >= idle {
        groups.append([instant])
      } else {
        groups[groups.count - 1].append(instant)
      }
    }
    let pauses = zip(groups, groups.dropFirst()).map { before, after in
      (after.first ?? first) - (before.last ?? first)
    }
    // What a pause was is said as long as there is room for that.
    let ways: [(Interval) -> Int] = [
      { $0.brief.utf8.count + 4 }, { $0.brief.utf8.count + 2 }, { _ in 3 }, { _ in 1 },
    ]
    for way in ways {
      let folds = pauses.map(way)
      let needed = groups.reduce(0) { $0 + Self.least(of: $1) }
      let rest = self.columns - folds.reduce(0, +)
      guard rest >= needed else { continue }
      lay(groups, folds, rest: rest)
      return
    }
    (isToScale, ranks) = (false, sorted)
  }

  /// The fewest columns of a stretch: that of each instant, and one between them.
  private static func least(of group: [Instant]) -> Int { 2 * group.count + 1 }

  private mutating func lay(_ groups: [[Instant]], _ folds: [Int], rest: Int) {
    let needed = groups.reduce(0) { $0 + Self.least(of: $1) }
    var (column, spare) = (0, rest - needed)
    var left = needed
    for (place, group) in groups.enumerated() {
      let share = Self.least(of: group)
      let more = left == 0 ? 0 : spare * share / left
      (spare, left) = (spare - more, left - share)
      let start = group.first ?? Instant(milliseconds: 0)
      let end = group.last ?? start
      stretches.append(
        Stretch(start: start, end: end, columns: column..<column + share + more, isIdle: false))
      column += share + more
      guard place < folds.count, let next = groups[place + 1].first else { continue }
      stretches.append(
        Stretch(start: end, end: next, columns: column..<column + folds[place], isIdle: true))
      column += folds[place]
    }
  }

  /// The column of an instant.
  func column(of instant: Instant) -> Int {
    guard isToScale else {
      let rank = ranks.firstIndex { $0 >= instant } ?? max(0, ranks.count - 1)
      return ranks.count < 2 ? 0 : rank * (columns - 1) / (ranks.count - 1)
    }
    guard let first = stretches.first, let last = stretches.last else { return 0 }
    if instant <= first.start { return first.columns.lowerBound }
    for stretch in stretches where !stretch.isIdle && instant <= stretch.end {
      guard instant >= stretch.start else { return max(0, stretch.columns.lowerBound - 1) }
      let length = (stretch.end - stretch.start).milliseconds
      guard length > 0 else { return stretch.columns.lowerBound }
      // The last instant of a stretch keeps a column free behind it.
      let room = Int64(max(1, stretch.columns.count - 2))
      let since = (instant - stretch.start).milliseconds
      return stretch.columns.lowerBound + Int(since.multipliedSafely(by: room) / length)
    }
    return last.columns.upperBound - 1
  }

  /// Whether a column lies in a folded pause.
  func isIdle(_ column: Int) -> Bool {
    stretches.contains { $0.isIdle && $0.columns.contains(column) }
  }
}

extension Int64 {
  /// The product, or the greatest number when it does not fit.
  fileprivate func multipliedSafely(by other: Int64) -> Int64 {
    let (product, overflow) = multipliedReportingOverflow(by: other)
    return overflow ? .max : product
  }
}
