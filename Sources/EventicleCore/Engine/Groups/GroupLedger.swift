/// Collects what one step changes about the group of its work: position, lanes and status.
struct GroupLedger {
  let group: GroupName
  private let number: ConsumerNumber
  private let policy: ErrorPolicy
  private let waitsForParked: Bool
  private let isHot: Bool
  var key: String
  private let position: Position
  private let isFromQueue: Bool
  /// The stored group; `nil` while a group in step has nothing to store.
  var old: GroupState?
  var state: GroupState?
  /// The number of attempts at the current work, this one included.
  let attempts: Int

  /// Removes a pick from where it waits.
  init(
    _ pick: Pick, _ consumer: ConsumerDefinition, key: String, isFirst: Bool,
    _ transaction: Transaction
  ) {
    group = consumer.group
    number = pick.consumer
    policy = consumer.options.policy
    waitsForParked = consumer.options.waitsForParked
    if case .delivery(let delivery, _) = pick.work {
      isHot = delivery.lane == .hot
    } else {
      isHot = false
    }
    self.key = key
    switch pick.source {
    case .chosen, .redelivery: if isFirst { pick.leave(transaction) }
    case .queue, .frontier, .lane, .clock: break
    }
    // Nearly always every group is in step, and the lookup can be skipped.
    let kept =
      transaction.world.laggingGroups.isEmpty ? nil : transaction.world.storedGroup(consumer.group)
    position =
      switch pick.work {
      case .delivery(let delivery, _): delivery.position
      case .timer: transaction.world.group(consumer.group)?.position ?? Position(0)
      }
    old = kept.flatMap { $0.isInStep ? nil : $0 }
    state = old
    if case .lane(let index) = pick.source, isFirst {
      attempts = (state?.lanes[index].attempts ?? 0) + 1
    } else {
      attempts = 1
    }
    if case .queue = pick.source { isFromQueue = true } else { isFromQueue = false }
    switch pick.source {
    case .queue(let queued):
      if isFirst { transaction.make(.dequeued(queued)) }
    case .frontier:
      if isFirst { takeFromFrontier(pick, transaction.now) }
    case .lane(let index):
      if isFirst { takeFromLane(index, pick.scattered) }
    case .clock, .chosen, .redelivery: break
    }
  }

  /// Whether a key must finish other work first.
  func holds(_ key: String, _ now: Instant) -> Bool { state?.isAtWork(key, at: now) ?? false }

  /// Puts the step of a timer behind the waiting work of its key that happened before the timer
  /// fell due; work that was tried before stays first.
  ///
  /// - Returns: Whether the key is busy, so that the step was queued.
  mutating func queue(
    _ work: Work, due: Instant, behind key: String, _ transaction: Transaction
  ) -> Bool {
    guard holds(key, transaction.now), let index = state?.lane(of: key),
      let lane = state?.lanes[index]
    else { return false }
    let place = lane.work.indices.dropFirst(lane.attempts > 0 ? 1 : 0).first { place in
      guard case .delivery(let delivery, _) = lane.work[place] else { return false }
      return transaction.world.log.createdAt(at: delivery.position).map { $0 > due } ?? false
    }
    state?.lanes[index].work.insert(work, at: place ?? lane.work.count)
    return true
  }

  /// Puts events into the lanes of their keys.
  mutating func takeIn(_ events: [KeyedWork], upTo last: Position, _ now: Instant) {
    for (key, work) in events {
      if let index = state?.lane(of: key) {
        state?.lanes[index].work.append(work)
      } else {
        state?.lanes.append(Lane(key: key, work: [work], until: now, attempts: 0))
      }
    }
    state?.position = last
  }

  /// Appends work to the lane of its key.
  mutating func append(_ work: Work, _ transaction: Transaction) {
    leaveStep(transaction)
    if let index = state?.lane(of: key) {
      if let place = placeOfRouted(work, index, transaction) {
        state?.lanes[index].work.insert(work, at: place)
      } else {
        state?.lanes[index].work.append(work)
      }
    } else {
      state?.lanes.append(
        Lane(key: key, work: [work], until: transaction.now, attempts: 0, isHot: isHot))
    }
  }

  /// Lets work wait until an instant, without counting a failed attempt.
  mutating func wait(_ work: Work, until: Instant, _ transaction: Transaction) {
    leaveStep(transaction)
    putInFront(work, until: until, attempts: attempts - 1)
  }

  private mutating func takeFromFrontier(_ pick: Pick, _ now: Instant) {
    // The clock may have moved since the work was picked, and a lane may be free by now.
    takeIn(pick.absorbed.map { ($0.key, $0.work) }, upTo: position, now)
    state?.lanes.removeAll { $0.isIdle(at: now) }
  }

  private mutating func takeFromLane(_ index: Int, _ scattered: [KeyedWork]?) {
    state?.lanes[index].work.removeFirst()
    state?.lanes[index].attempts = 0
    state?.lanes[index].offer = nil
    if case .delivery(let next, _)? = state?.lanes[index].work.first, let lane = next.lane {
      state?.lanes[index].isHot = lane == .hot
    }
    if let scattered {
      scatter(index, scattered)
    } else if state?.lanes[index].work.isEmpty ?? false {
      state?.lanes.remove(at: index)
    }
  }

  /// Applies the error policy to failed work.
  mutating func decide(
    _ work: Work, _ reason: String, _ note: Int, _ transaction: Transaction
  ) -> StepOutcome {
    // The seed spreads the waits of different events but is stable for each event.
    let seed = UInt64(truncatingIfNeeded: position.number)
    switch policy.decision(afterFailures: attempts, seed: seed) {
    case .retry(let wait):
      // The wait counts from the end of the failed attempt, not from its start.
      let until = transaction.now + transaction.spent + wait
      leaveStep(transaction)
      putInFront(work, until: until, attempts: attempts)
      return .retrying(reason, attempt: attempts, until: until)
    case .giveUp(.skip): return .skipped(reason)
    case .giveUp(.stop):
      leaveStep(transaction)
      putInFront(work, until: transaction.now, attempts: 0)
      state?.status = .stopped(reason)
      return .stopped(reason)
    case .giveUp(.park):
      let known = transaction.world.parked(same: work)
      let number = known?.number ?? transaction.nextNumber(.parked)
      var parked = Parked(
        number: number, work: work, reason: reason, parkedAt: transaction.now,
        entry: transaction.entry(of: note), attempts: attempts + (known?.attempts ?? 0))
      parked.editedData = known?.editedData
      transaction.make(.parked(number, old: known, new: parked))
      if waitsForParked { block(by: number, transaction) }
      return .failed(reason)
    }
  }

  /// Takes the group out of the common queue, so that it progresses separately.
  private mutating func leaveStep(_ transaction: Transaction) {
    guard state == nil else { return }
    old = transaction.world.storedGroup(group)
    var new = old ?? GroupState(position: position)
    new.isInStep = false
    new.position = placeToLeave(transaction)
    state = new
    let queue = transaction.world.deliveries
    let rest = queue.without(number)
    if rest.count < queue.count { transaction.make(.requeued(old: queue, new: rest)) }
  }

  /// The last event offered to a group that keeps step.
  ///
  /// Only work from the queue tells by its own position. What waited in a lane or was parked
  /// may lie far behind: with its position, the group would be offered later events again.
  private func placeToLeave(_ transaction: Transaction) -> Position {
    isFromQueue ? position : transaction.world.group(group)?.position ?? position
  }

  /// Blocks later work of the key until parked work is dealt with.
  private mutating func block(by number: Int, _ transaction: Transaction) {
    leaveStep(transaction)
    if let index = state?.lane(of: key) {
      state?.lanes[index].blockedBy = number
    } else {
      state?.lanes.append(
        Lane(key: key, work: [], until: transaction.now, attempts: 0, blockedBy: number))
    }
  }

  private mutating func putInFront(_ work: Work, until: Instant, attempts: Int) {
    if let index = state?.lane(of: key) {
      state?.lanes[index].work.insert(work, at: 0)
      // Failed work may have arrived while its key was busy; the key stays busy as long as before.
      let busy = state?.lanes[index].until ?? until
      state?.lanes[index].until = max(busy, until)
      state?.lanes[index].attempts = attempts
    } else {
      state?.lanes.append(
        Lane(key: key, work: [work], until: until, attempts: attempts, isHot: isHot))
    }
  }

  /// Stores the changed group; one with nothing left to catch up with is in step again.
  mutating func close(
    _ transaction: Transaction, _ nextPosition: (Position) -> Position?
  ) {
    let spent = transaction.spent
    if spent.milliseconds > 0 {
      leaveStep(transaction)
      let until = transaction.now + spent
      if let index = state?.lane(of: key) {
        // Work that waits to be retried may be another's: a retry by a person came before it.
        if state?.lanes[index].until ?? until < until { state?.lanes[index].until = until }
      } else {
        state?.lanes.append(Lane(key: key, work: [], until: until, attempts: 0, isHot: isHot))
      }
    }
    takeOver(transaction)
    guard var new = state else { return }
    if new.status == .live, new.lanes.isEmpty, nextPosition(new.position) == nil {
      new.isInStep = true
    }
    if new != old { transaction.make(.group(group, old: old, new: new)) }
  }
}
