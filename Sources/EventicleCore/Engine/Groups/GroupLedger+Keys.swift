/// Work and the key under which it waits.
typealias KeyedWork = (key: String, work: Work)

extension GroupLedger {
  /// Gives the lane of the work at hand another key, because that is what its events are for now.
  mutating func goOn(as other: String) {
    if !isSameText(key, other), let index = state?.lane(of: key), let lane = state?.lanes[index] {
      state?.lanes.remove(at: index)
      if let known = state?.lane(of: other), let until = state?.lanes[known].until {
        state?.lanes[known].until = max(until, lane.until)
        for work in lane.work { insert(work, for: other, from: lane) }
      } else {
        state?.lanes.append(
          Lane(
            key: other, work: lane.work, until: lane.until, attempts: lane.attempts,
            blockedBy: lane.blockedBy, isHot: lane.isHot))
      }
    }
    key = other
  }

  /// Takes a lane apart, because its work is for other keys now.
  mutating func scatter(_ index: Int, _ works: [KeyedWork]) {
    guard let lane = state?.lanes.remove(at: index) else { return }
    for (key, work) in works { insert(work, for: key, from: lane) }
  }

  /// Puts work into the lane of a key, in front of what happened after it.
  private mutating func insert(_ work: Work, for key: String, from lane: Lane) {
    guard let index = state?.lane(of: key), let others = state?.lanes[index] else {
      state?.lanes.append(
        Lane(key: key, work: [work], until: lane.until, attempts: 0, isHot: lane.isHot))
      return
    }
    // What has been tried already stays the first.
    let start = others.attempts > 0 ? 1 : 0
    let place =
      work.position.flatMap { position in
        others.work.indices.dropFirst(start).first { index in
          others.work[index].position.map { $0 > position } ?? false
        }
      } ?? others.work.count
    state?.lanes[index].work.insert(work, at: place)
  }
}

extension Work {
  /// The place of its event; `nil` for a timer.
  fileprivate var position: Position? {
    if case .delivery(let delivery, _) = self { delivery.position } else { nil }
  }
}
