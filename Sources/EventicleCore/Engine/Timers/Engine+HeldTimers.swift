extension JournalEntry.Kind {
  /// Whether a group that waited goes on.
  package var letsGroupGoOn: Bool { if case .group(_, .resumed) = self { true } else { false } }
}

extension Engine {
  /// The timer that falls due next and may fire.
  ///
  /// Those of a saga whose group is paused or stopped wait with it; they fire when it goes on, as
  /// their policy for missed moments says.
  ///
  /// - Complexity: O(log n); while a saga waits, O(its timers that are due earlier) more.
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

  /// The timer of a saga that catches up which fell due before what would be done next happened.
  ///
  /// So a group that waited has its events and its timers in the order in which they came about,
  /// as it would have had them without waiting.
  ///
  /// - Complexity: O(1) while nothing is overdue; else O(the overdue timers that are in front).
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

  /// The group because of which a timer waits; `nil` when nothing keeps it from firing.
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
  /// Whether it fell due before something happened at a moment.
  ///
  /// At the same moment it comes first, because it fires as soon as the clock gets there; unless
  /// it was armed only then, or later.
  func comes(beforeEventAt moment: Instant) -> Bool {
    due < moment || due == moment && armedAt < due
  }
}
