extension Engine {
  /// The next piece of work, or `nil` when nothing can be done at this instant.
  ///
  /// The earliest event among the queue and the lagging groups goes first.
  func nextPick() -> Pick? {
    let queued = world.deliveries.first.map { first in
      Pick(
        consumer: first.consumer, work: .delivery(world.delivery(first), instance: nil),
        source: .queue(first))
    }
    guard !world.laggingGroups.isEmpty || !world.groupsWithRedeliveries.isEmpty else {
      return queued
    }
    var best = queued
    for group in world.groupsWithRedeliveries {
      guard let pick = nextRedelivery(of: group) else { continue }
      if best.map({ pick.order < $0.order }) ?? true { best = pick }
    }
    for group in world.laggingGroups {
      guard let pick = nextPick(of: group) else { continue }
      if best.map({ pick.order < $0.order }) ?? true { best = pick }
    }
    return best
  }

  /// Whether some work can be done at this instant.
  public var hasWork: Bool {
    !world.deliveries.isEmpty || world.laggingGroups.contains { hasWork($0) }
      || world.groupsWithRedeliveries.contains { nextRedelivery(of: $0) != nil }
  }

  /// Whether a group can do something at this instant; what it would be is not found out.
  private func hasWork(_ group: GroupName) -> Bool {
    guard let state = world.storedGroup(group), state.status == .live,
      let number = registry.number(of: group), let consumer = registry.consumer(number)
    else { return false }
    guard state.lanes.isEmpty, !registry.routes(consumer) else {
      return nextPick(of: group) != nil
    }
    return Engine.nextPosition(for: consumer, after: state.position, in: world) != nil
  }

  /// The next delivery; `nil` when the step of a timer comes first or nothing waits.
  public var nextDelivery: Delivery? {
    if case .delivery(let delivery, _)? = nextPick()?.work { delivery } else { nil }
  }

  /// The next instant after now at which a group may continue with waiting work.
  public var nextWake: Instant? {
    var earliest: Instant?
    for group in world.laggingGroups {
      guard let state = world.storedGroup(group), state.status == .live else { continue }
      for lane in state.lanes where lane.until > world.clock && lane.blockedBy == nil {
        if lane.work.isEmpty, !state.hasWaiting(at: world.clock), !hasMore(group, state) {
          continue
        }
        earliest = min(earliest ?? lane.until, lane.until)
      }
    }
    for group in world.groupsWithRedeliveries {
      guard let state = world.storedGroup(group), state.status == .live,
        let due = state.redeliveries.first(where: { $0.due > world.clock })?.due
      else { continue }
      earliest = min(earliest ?? due, due)
    }
    return earliest
  }

  /// What falls due first up to an instant: a timer, or a waiting group.
  public func nextDue(upTo end: Instant) -> Input? {
    let timer = nextTimer
    let isInOrder = world.laggingGroups.isEmpty && world.groupsWithRedeliveries.isEmpty
    let wake = isInOrder ? nil : nextWake
    if let wake, wake <= end, timer.map({ wake <= $0.due }) ?? true { return .moveClock(wake) }
    // A timer beyond the years that the clock may reach never fires.
    guard let timer, timer.due <= end, timer.due.isInCommonYears else { return nil }
    return .fire(timer.key)
  }

  private func hasMore(_ group: GroupName, _ state: GroupState) -> Bool {
    guard let number = registry.number(of: group), let consumer = registry.consumer(number) else {
      return false
    }
    return Engine.nextPosition(for: consumer, after: state.position, in: world) != nil
  }

  private func nextPick(of group: GroupName) -> Pick? {
    guard let state = world.storedGroup(group), state.status == .live,
      let number = registry.number(of: group), let consumer = registry.consumer(number)
    else { return nil }
    var best: Pick?
    var isBestHot = false
    let room = LaneCapacity(state, consumer, at: world.clock)
    for (index, lane) in state.lanes.enumerated() {
      let isBusy = lane.until > world.clock || lane.blockedBy != nil
      guard !isBusy, let work = lane.work.first, room.admits(lane) else { continue }
      let pick = Pick(consumer: number, work: work, source: .lane(index), state: state)
      let isBetter = lane.isHot == isBestHot ? best.map { pick.order < $0.order } : lane.isHot
      if isBetter ?? true {
        best = pick
        isBestHot = lane.isHot
      }
    }
    if room.admitsNext, let next = frontier(of: consumer, number, state) {
      best = best.map { $0.order < next.order ? $0 : next } ?? next
    }
    return best.map { timer(inFrontOf: $0, consumer) ?? $0 }
  }

  /// The next event of a group whose key is free; events of waiting keys are passed over.
  private func frontier(
    of consumer: ConsumerDefinition, _ number: ConsumerNumber, _ state: GroupState
  ) -> Pick? {
    var absorbed: [(key: String, work: Work)] = []
    var position = state.position
    if registry.routes(consumer) { return routedFrontier(of: consumer, number, state) }
    while absorbed.count < Limits.laneWork,
      let next = Engine.nextPosition(for: consumer, after: position, in: world)
    {
      position = next
      let delivery = Delivery(
        position: next, consumer: consumer.name, cause: world.origin(of: next) ?? JournalIndex(0))
      let key = laneKey(of: consumer, at: next)
      let isTaken = state.lane(of: key).map { index in
        let lane = state.lanes[index]
        return lane.until > world.clock || lane.blockedBy != nil || !lane.work.isEmpty
      }
      if isTaken ?? false {
        absorbed.append((key, .delivery(delivery, instance: nil)))
        continue
      }
      return Pick(
        consumer: number, work: .delivery(delivery, instance: nil), source: .frontier,
        state: state, absorbed: absorbed)
    }
    return nil
  }

  /// The next event after a position that a consumer handles; O(streams · log n) and the events
  /// passed over.
  ///
  /// - Parameter all: Whether the events count that the group is not offered when it comes to them.
  static func nextPosition(
    for consumer: ConsumerDefinition, after position: Position, in world: World, all: Bool = false
  ) -> Position? {
    var best: Position?
    let isSetAside = setAside(from: consumer, in: world)
    let passedOver = all ? [] : world.storedGroup(consumer.group)?.passedOver ?? []
    if consumer.choice.isPlain {
      for name in consumer.streams { consider(name) }
      for tenant in world.tenants {
        for part in consumer.choice.parts(of: tenant) { consider(part) }
      }
    } else {
      for stream in world.log.streamNames where consumer.listens(to: stream) { consider(stream) }
    }
    func consider(_ stream: StreamName) {
      var place = world.log.place(in: stream, after: position)
      place = max(place, StreamPosition(world.trimmed(stream).number + 1))
      while let found = world.log.position(of: stream, at: place) {
        if let best, best <= found { return }
        let isHandled =
          consumer.types == nil
          || world.log.type(at: found).map({ consumer.handles($0) }) ?? false
        if isHandled, !(isSetAside?(found) ?? false), !passedOver.contains(found) {
          best = found
          return
        }
        place = place.next
      }
    }
    return best
  }

  /// Tells events that were imported as history while a consumer was behind.
  ///
  /// - Returns: `nil` when there are none, and for an idempotent consumer, which takes them for
  ///   events that it has handled.
  private static func setAside(
    from consumer: ConsumerDefinition, in world: World
  ) -> ((Position) -> Bool)? {
    guard consumer.name.kind != .view, !consumer.options.isIdempotent,
      let number = world.consumers.number(of: consumer.group),
      let entry = world.consumers[number], entry.processedCount > 0
    else { return nil }
    return { world.consumers.hasHandled($0, number) }
  }

  /// The key whose events a consumer handles in order: the event's own, or the saga instance it is
  /// for.
  ///
  /// - Parameter kept: The route of the event, if a saga that routes has been asked; without it
  ///   such an event has a key of its own.
  func laneKey(
    of consumer: ConsumerDefinition, at position: Position, _ kept: KeptRoute? = nil
  ) -> String {
    guard let event = world.log.event(at: position) else { return "" }
    if consumer.name.kind == .saga, let saga = registry.saga(consumer.name.name) {
      return mailbox(of: (try? registry.opened(event)) ?? event, in: saga, kept)
    }
    return event.ownKey
  }
}
