package import EventicleCore

/// What a history shows of a domain's flow: each link with where it was seen.
///
/// It grows with the history and is kept, so that a screen never reads the history again.
package struct LearntFlow: Sendable {
  /// Where a link was seen.
  package struct Seen: Hashable, Sendable {
    package let first: JournalIndex
    package var last: JournalIndex
    package var count: Int
  }

  /// Asks for what follows the entries read so far.
  package struct Request: Hashable, Sendable {
    package let generation: Int
    /// The number of entries read so far.
    package let start: Int

    /// Asks for what follows so many entries.
    package init(generation: Int, start: Int) {
      (self.generation, self.start) = (generation, start)
    }

    /// Reads a portion; on any thread.
    package func read(_ moment: MomentView) -> Answer {
      var flow = LearntFlow(after: start)
      flow.extend(from: moment, entries: LearntFlow.portion)
      return Answer(generation: generation, flow: flow)
    }
  }

  /// What a portion shows.
  package struct Answer: Sendable {
    package let generation: Int
    package let flow: LearntFlow
  }

  /// The number of entries that a key has time for, and that one look beside the terminal reads.
  package static let atOnce = 4_096
  private static let portion = 16_384
  /// The most links kept; a domain has far fewer.
  package static let most = 4_096

  package private(set) var links: [FlowLink: Seen] = [:]
  /// The links in the order in which they were first seen.
  package private(set) var order: [FlowLink] = []
  /// The entries that appended each type of event, in order.
  package private(set) var appends: [FlowEvent: [Int32]] = [:]
  /// With what schedule a handler armed a timer last.
  package private(set) var schedules: [FlowLink: TimerSchedule] = [:]
  /// The number of entries read.
  package private(set) var indexed: Int

  /// Nothing learnt yet, from a place of the journal on.
  package init(after start: Int = 0) { indexed = start }

  /// Reads the entries that follow, at most so many.
  package mutating func extend(from moment: MomentView, entries most: Int) {
    let end = indexed + most
    guard indexed < min(moment.timeline.count, end) else { return }
    moment.timeline.forEachEntry(after: JournalIndex(indexed)) { index, entry in
      indexed = index.number
      for link in FlowLink.links(of: entry, moment) { note(link, index, entry.kind) }
      return indexed < end
    }
  }

  private mutating func note(
    _ link: FlowLink, _ index: JournalIndex, _ kind: JournalEntry.Kind
  ) {
    guard add(link, Seen(first: index, last: index, count: 1)) else { return }
    if case .makes(_, let event) = link { appends[event, default: []].append(Int32(index.number)) }
    if case .timerArmed(_, _, let schedule, _) = kind { schedules[link] = schedule }
  }

  /// Adds where a link was seen; `false` for a new link when there are too many.
  private mutating func add(_ link: FlowLink, _ seen: Seen) -> Bool {
    if var known = links[link] {
      known.last = seen.last
      known.count += seen.count
      links[link] = known
      return true
    }
    guard links.count < LearntFlow.most else { return false }
    links[link] = seen
    order.append(link)
    return true
  }

  /// Adds what the entries that follow show.
  package mutating func append(_ next: LearntFlow) {
    for link in next.order {
      guard let seen = next.links[link], add(link, seen) else { continue }
    }
    for (event, entries) in next.appends { appends[event, default: []] += entries }
    schedules.merge(next.schedules) { $1 }
    indexed = next.indexed
  }

  // MARK: - Looking

  /// Whether a link has been seen up to an entry.
  package func has(_ link: FlowLink, upTo end: JournalIndex) -> Bool {
    links[link].map { $0.first <= end } ?? false
  }

  /// How many events of a type there are up to an entry; O(log n).
  package func count(of event: FlowEvent, upTo end: JournalIndex) -> Int {
    let entries = appends[event] ?? []
    return entries.partitioningIndex { Int($0) > end.number }
  }

  /// The newest event of a type up to an entry, else the first one after it.
  package func newest(_ event: FlowEvent, upTo end: JournalIndex) -> JournalIndex? {
    let count = count(of: event, upTo: end)
    let entry = count > 0 ? appends[event]?[count - 1] : appends[event]?.first
    return entry.map { JournalIndex(Int($0)) }
  }
}
