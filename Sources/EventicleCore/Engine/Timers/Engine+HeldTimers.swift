extension Engine {
  /// The timer that falls due next and may fire.
  ///
  /// Timers of a saga whose group is paused or stopped wait with it; they fire when it is resumed,
  /// as their missed-fire policy says.
  ///
  /// - Complexity: O(log n); while a saga waits, additionally O(its timers that are due earlier).
  public var nextTimer: Timer? {
    guard !world.laggingGroups.isEmpty else { return world.timers.next }
    let sagas = waitingSagas
    guard !sagas.isEmpty else { return world.timers.next }
    var found: Timer?
    world.timers.forEach { timer in
      if sagas.contains(where: { isSameText($0, timer.key.owner.saga) }) { return true }
      found = timer
      return false
    }
    return found
  }

  /// The overdue timer of a lagging saga that fell due before its next event happened.
  ///
  /// A group that waited thereby handles its events and timers in the same order as without
  /// waiting.
  ///
  /// - Complexity: O(1) while nothing is overdue; else O(overdue timers before this one).
  func timer(inFrontOf pick: Pick, _ consumer: ConsumerDefinition) -> Pick? {
    guard consumer.name.kind == .saga, let first = world.timers.next, first.due <= world.clock,
      case .delivery(let delivery, _) = pick.work,
      let happened = world.log.createdAt(at: delivery.position)
    else { return nil }
    var found: Timer?
    world.timers.forEach { timer in
      guard timer.due <= world.clock, timer.due <= happened else { return false }
      guard isSameText(timer.key.owner.saga, consumer.name.name),
        timer.comes(beforeEventAt: happened)
      else { return true }
      found = timer
      return false
    }
    return found.map {
      Pick(consumer: pick.consumer, work: .timer($0.key, due: $0.due), source: .clock)
    }
  }

  /// The paused or stopped group that keeps a timer from firing; `nil` when it may fire.
  package func holder(of timer: TimerKey) -> GroupName? {
    guard let saga = registry.saga(timer.owner.saga), let state = world.storedGroup(saga.group),
      state.status != .live
    else { return nil }
    return saga.group
  }

  /// The sagas whose groups are paused or stopped.
  private var waitingSagas: [String] {
    domain.sagas.compactMap { saga in
      world.storedGroup(saga.group).map { $0.status == .live } ?? true ? nil : saga.name
    }
  }
}

extension Timer {
  /// Whether the timer fires before an event that happened at an instant.
  ///
  /// At the same instant the timer comes first, because it fires as soon as the clock arrives,
  /// unless it was armed at that instant or later.
  func comes(beforeEventAt moment: Instant) -> Bool {
    due < moment || due == moment && armedAt < due
  }
}
