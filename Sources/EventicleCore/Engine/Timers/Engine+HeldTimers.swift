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
