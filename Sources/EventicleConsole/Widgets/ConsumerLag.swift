import EventicleCore

/// What consumers have not handled yet at a moment: what waits in the queue, and for those that do
/// not keep step what the log has after their place.
struct ConsumerLag: Hashable, Sendable {
  /// What one consumer lacks.
  struct Behind: Hashable, Sendable {
    var count = 0
    /// The first events that wait, in the order of delivery.
    var first: [Position] = []
    /// Whether more may wait than were counted.
    var isLeast = false
  }

  private var waiting: [ConsumerName: Behind] = [:]

  /// The most of the queue that is looked at, and the most events that are named.
  static let most = 4_096
  private static let named = 4

  /// Nobody lacks anything.
  init() {}

  /// - Complexity: O(the first 4,096 of the queue + consumers that do not keep step).
  init(_ moment: MomentView) {
    let world = moment.world
    let queue = world.queue
    let isCut = queue.count > Self.most
    for place in 0..<min(queue.count, Self.most) {
      let delivery = queue[place]
      waiting[delivery.consumer, default: Behind()].count += 1
      if waiting[delivery.consumer]?.first.count ?? 0 < Self.named {
        waiting[delivery.consumer]?.first.append(delivery.position)
      }
    }
    if isCut { for name in waiting.keys { waiting[name]?.isLeast = true } }
    let domain = moment.domain
    let all: [(ConsumerName, GroupName, [StreamName])] =
      domain.views.map { (ConsumerName(.view, $0.name), $0.group, $0.streams) }
      + domain.adapters.map { (ConsumerName(.adapter, $0.name), $0.group, $0.streams) }
    for (name, group, streams) in all {
      guard let state = world.group(group), !state.isInStep else { continue }
      let count = Self.count(streams, after: state.position, moment)
      if count > 0 { waiting[name] = Behind(count: count) }
    }
  }

  /// What a consumer lacks; `nil` when it is up to date.
  subscript(name: ConsumerName) -> Behind? { waiting[name] }

  /// The events of streams after a position; O(streams · log n).
  private static func count(
    _ streams: [StreamName], after position: Position, _ moment: MomentView
  ) -> Int {
    let log = moment.world.log
    return log.streamNames.filter { moment.domain.means($0, by: streams) }.reduce(0) {
      sum, stream in
      let places = 1..<(log.count(of: stream) + 1)
      let first = places.partitioningIndex { place in
        (log.position(of: stream, at: StreamPosition(place)) ?? Position(0)) > position
      }
      return sum + places.upperBound - first
    }
  }
}

extension ConsumerLag.Behind {
  /// `3 behind`.
  var text: DisplayText { "\(count)" + (isLeast ? "+" : "") + " behind" }
}
