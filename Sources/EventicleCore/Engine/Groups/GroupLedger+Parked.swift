extension GroupLedger {
  /// Unparks work that was handled when its group was offered the event again.
  mutating func leaveParked(_ work: Work, _ transaction: Transaction) {
    guard transaction.world.parkedCount > 0, let parked = transaction.world.parked(same: work)
    else { return }
    transaction.make(.parked(parked.number, old: parked, new: nil))
    guard let lanes = state?.lanes else { return }
    state?.lanes = lanes.compactMap { lane in
      guard lane.blockedBy == parked.number else { return lane }
      var free = lane
      free.blockedBy = nil
      return free.isIdle(at: transaction.now) ? nil : free
    }
  }
}

extension GroupLedger {
  /// Takes over what the handler itself put into the lanes of its group by emitting parked events
  /// again.
  mutating func takeOver(_ transaction: Transaction) {
    guard state != nil, let now = transaction.world.storedGroup(group), now != old else { return }
    for lane in now.lanes {
      let before = old.flatMap { old in old.lane(of: lane.key).map { old.lanes[$0] } }
      if let index = state?.lane(of: lane.key) {
        state?.lanes[index].work += lane.work.dropFirst(before?.work.count ?? 0)
        if before?.blockedBy != nil, lane.blockedBy == nil { state?.lanes[index].blockedBy = nil }
      } else if before == nil {
        state?.lanes.append(lane)
      }
    }
    old = now
  }
}

extension Engine {
  /// Removes work that was parked and is now done from the lanes of its group, where it may wait a
  /// second time because the group was moved back.
  func leaveOut(_ work: Work, _ transaction: Transaction) {
    guard case .delivery(let delivery, _) = work,
      let number = transaction.world.consumers.number(of: delivery.consumer),
      let consumer = registry.consumer(number),
      let old = transaction.world.storedGroup(consumer.group), !old.lanes.isEmpty
    else { return }
    var new = old
    new.lanes = old.lanes.compactMap { lane in
      var rest = lane
      // The wait for the retry ends; time for which the key is at work does not.
      if let first = lane.work.first, first.place == work.place, rest.attempts > 0 {
        rest.attempts = 0
        rest.until = min(rest.until, transaction.now)
      }
      rest.work.removeAll { $0.place == work.place }
      if rest.work.count == lane.work.count { return lane }
      return rest.isIdle(at: transaction.now) ? nil : rest
    }
    guard new != old else { return }
    new.isInStep =
      new.status == .live && new.lanes.isEmpty
      && Engine.nextPosition(for: consumer, after: new.position, in: transaction.world) == nil
    transaction.make(.group(consumer.group, old: old, new: new))
  }
}
