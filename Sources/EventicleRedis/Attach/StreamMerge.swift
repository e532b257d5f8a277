import EventicleCore

/// Merges the entries of several streams by when the server took them in, page by page, forwards or
/// backwards.
///
/// It asks for pages and never holds more than one of each stream.
struct StreamMerge: Sendable {
  /// One stream on the way.
  private struct Lane: Sendable {
    let stream: String
    /// What is still to be read.
    var from: EventPlace
    var to: EventPlace
    var page: ArraySlice<WireEvent> = []
    var isDone = false
    var isAsked = false
  }

  private var lanes: [Lane]
  private let isBackward: Bool
  /// How many events are still to be given; `nil` for all.
  private var missing: Int?
  private let pageSize: Int

  /// A merge of the entries of streams within their ranges.
  ///
  /// - Parameters:
  ///   - isBackward: Whether the newest comes first.
  ///   - limit: How many events are given in all; all there are when `nil`.
  init(
    _ ranges: [(stream: String, from: EventPlace, to: EventPlace)], backward isBackward: Bool,
    limit: Int? = nil
  ) {
    self.isBackward = isBackward
    missing = limit
    lanes = ranges.map {
      Lane(stream: $0.stream, from: $0.from, to: $0.to, isDone: $0.to < $0.from)
    }
    let share = limit.map { $0 * 2 / max(1, ranges.count) } ?? Self.page
    pageSize = min(Self.page, max(10, share))
  }

  private static let page = 1_000

  /// Whether all events were given.
  var isOver: Bool { missing == 0 || lanes.allSatisfy { $0.isDone && $0.page.isEmpty } }

  /// The pages that are needed to go on, which count as asked for.
  mutating func requests() -> [RedisCommand] {
    guard !isOver else { return [] }
    var commands: [RedisCommand] = []
    for index in lanes.indices {
      let lane = lanes[index]
      guard lane.page.isEmpty, !lane.isDone, !lane.isAsked else { continue }
      lanes[index].isAsked = true
      commands.append(
        .range(lane.stream, from: lane.from, to: lane.to, count: pageSize, isBackward: isBackward))
    }
    return commands
  }

  /// Forgets what was asked for, because its answers will not come.
  mutating func forgetRequests() { for index in lanes.indices { lanes[index].isAsked = false } }

  /// Takes a page.
  ///
  /// - Parameters:
  ///   - count: The number of entries of the reply, of which some may be no events.
  ///   - last: The place of the last of them.
  mutating func take(_ page: [WireEvent], of stream: String, count: Int, last: EventPlace?) {
    guard let index = lanes.firstIndex(where: { $0.stream == stream }) else { return }
    lanes[index].isAsked = false
    lanes[index].page = page[...]
    if count < pageSize { lanes[index].isDone = true }
    guard let last else { return }
    if isBackward {
      if last == .redisStart { lanes[index].isDone = true }
      lanes[index].to = last.previousRedis
    } else {
      lanes[index].from = last.nextRedis
    }
    if lanes[index].to < lanes[index].from { lanes[index].isDone = true }
  }

  /// The events that can be given already, in the order of the merge.
  mutating func ready() -> [WireEvent] {
    var events: [WireEvent] = []
    while missing != 0 {
      var best: Int?
      for index in lanes.indices {
        guard let head = lanes[index].page.first else {
          // The next of this stream may come before all others.
          guard lanes[index].isDone else { return events }
          continue
        }
        guard let known = best, let other = lanes[known].page.first else {
          best = index
          continue
        }
        let isEarlier = head.place != other.place ? head.place < other.place : index < known
        if isEarlier != isBackward { best = index }
      }
      guard let best, let next = lanes[best].page.popFirst() else { return events }
      events.append(next)
      missing = missing.map { $0 - 1 }
    }
    return events
  }
}

/// The order of events that were taken in within one millisecond by several streams.
enum CauseOrder {
  /// The same events, each behind the one that it names as its cause where that was taken in in the
  /// same millisecond; the order within a stream stays.
  static func sorted(_ events: [WireEvent]) -> [WireEvent] {
    var result: [WireEvent] = []
    result.reserveCapacity(events.count)
    var start = 0
    while start < events.count {
      var end = start + 1
      while end < events.count, events[end].place.recordTime == events[start].place.recordTime {
        end += 1
      }
      result +=
        end - start < 2 || end - start > most
        ? Array(events[start..<end]) : run(events[start..<end])
      start = end
    }
    return result
  }

  /// How many events of one millisecond are looked through.
  private static let most = 64

  private static func run(_ events: ArraySlice<WireEvent>) -> [WireEvent] {
    var waiting = Array(events)
    var ids = Set(waiting.compactMap { $0.header("id") })
    var result: [WireEvent] = []
    while !waiting.isEmpty {
      let next = waiting.indices.first { index in
        let event = waiting[index]
        let isFirst = !waiting[..<index].contains { $0.stream == event.stream }
        let cause = event.header("causedById")
        return isFirst && (cause.map { !ids.contains($0) || $0 == event.header("id") } ?? true)
      }
      let event = waiting.remove(at: next ?? 0)
      if let id = event.header("id") { ids.remove(id) }
      result.append(event)
    }
    return result
  }
}
