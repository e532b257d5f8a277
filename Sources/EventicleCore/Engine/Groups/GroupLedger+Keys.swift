/// Work and the key under which it waits.
typealias KeyedWork = (key: String, work: Work)

extension GroupLedger {
  /// Changes the key of the current work's lane, because its events now belong to another key.
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

  /// Splits a lane whose work now belongs to several keys.
  mutating func scatter(_ index: Int, _ works: [KeyedWork]) {
    guard let lane = state?.lanes.remove(at: index) else { return }
    for (key, work) in works { insert(work, for: key, from: lane) }
  }

  /// Puts work into the lane of a key, in front of anything that happened after it.
  private mutating func insert(_ work: Work, for key: String, from lane: Lane) {
    guard let index = state?.lane(of: key), let others = state?.lanes[index] else {
      state?.lanes.append(
        Lane(key: key, work: [work], until: lane.until, attempts: 0, isHot: lane.isHot))
      return
    }
    // Work that was tried before stays first.
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
  /// The position of the delivered event; `nil` for a timer.
  fileprivate var position: Position? {
    if case .delivery(let delivery, _) = self { delivery.position } else { nil }
  }
}
