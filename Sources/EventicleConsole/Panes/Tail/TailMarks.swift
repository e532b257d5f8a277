import EventicleCore
import EventicleWorkbench

/// The entries that deserve a mark: troubles by how bad they are, and fired timers.
///
/// They are noted while rows are made, whatever the filter shows.
struct TailMarks: Sendable {
  private var troubles: [[Int32]] = Array(repeating: [], count: Severity.allCases.count)
  /// The entries of fired timers.
  private(set) var timers: [Int32] = []
  /// The deliveries of events whose saga has ended.
  private(set) var unheard: [Int32] = []

  /// Notes an entry that follows those noted before.
  mutating func note(_ index: JournalIndex, _ kind: JournalEntry.Kind, in domain: Domain) {
    if let severity = Severity(kind, in: domain) {
      troubles[severity.rawValue].append(Int32(index.number))
    }
    switch kind {
    case .timerFired: timers.append(Int32(index.number))
    case .delivery(_, let consumer, _, .ignored(let reason))
    where StepReader.isUnheard(consumer, reason):
      unheard.append(Int32(index.number))
    default: break
    }
  }

  /// Notes an event that follows those noted before, with the news in its type.
  mutating func note(_ index: JournalIndex, _ severity: Severity?) {
    if let severity { troubles[severity.rawValue].append(Int32(index.number)) }
  }

  /// Adds marks that follow these.
  mutating func append(_ next: TailMarks) {
    for (place, entries) in next.troubles.enumerated() { troubles[place] += entries }
    timers += next.timers
    unheard += next.unheard
  }

  /// The entries of one severity, in order.
  subscript(severity: Severity) -> [Int32] { troubles[severity.rawValue] }

  /// The number of entries of one severity up to an entry; O(log n).
  func count(_ severity: Severity, upTo end: JournalIndex) -> Int {
    troubles[severity.rawValue].partitioningIndex { Int($0) > end.number }
  }

  /// The next failure or refusal after an entry; after the last one comes the first.
  ///
  /// Where there is none, all is well, and the next bad news or what was taken back is told.
  func trouble(after entry: JournalIndex) -> JournalIndex? {
    next(of: [self[.failed], self[.refused], unheard], after: entry)
      ?? next(of: [self[.bad], self[.undone]], after: entry)
  }

  private func next(of all: [[Int32]], after entry: JournalIndex) -> JournalIndex? {
    let next = all.compactMap { list -> Int32? in
      let place = list.partitioningIndex { Int($0) > entry.number }
      return place < list.count ? list[place] : nil
    }.min()
    return (next ?? all.compactMap(\.first).min()).map { JournalIndex(Int($0)) }
  }

  /// The first entry of a list in a range of entries; O(log n).
  static func first(of entries: [Int32], in range: Range<Int>) -> Int? {
    let place = entries.partitioningIndex { Int($0) >= range.lowerBound }
    guard place < entries.count, Int(entries[place]) < range.upperBound else { return nil }
    return Int(entries[place])
  }
}
